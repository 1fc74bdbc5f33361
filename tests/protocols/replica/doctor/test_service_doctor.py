"""Each thing that spoils verdicts on a replica service, seen amiss and seen sound, on a broker, in virtual time."""

import json
from collections.abc import AsyncIterator

import pytest

from harness.doctor.problem import Party, Severity
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, connect
from harness.protocols.replica.words.spec import ReplicaSpec
from simulator.replica.targets.service import SimulatedService
from tests.protocols.replica.doctor.sites import Site, whats

SERVICE = SimulatedService()
UPDATE = "state/setpoint-doctor/update"


@pytest.mark.parametrize("spec", ReplicaSpec)
def test_service_that_is_alone_has_nothing_amiss(spec: ReplicaSpec) -> None:
    found = Site(SimulatedService(scheme=spec.scheme)).diagnosis(spec)

    assert whats(found) == []
    assert {"it answers", "one service answers: 3 requests, one answer each", "no delta but its own came"} <= set(
        found.sound
    )
    assert "no leftovers are retained" in found.sound


def test_nobody_answers() -> None:
    found = Site(SERVICE, is_on=False).diagnosis()

    assert (found.problems[0].whose, found.problems[0].weight) == (Party.SERVICE, Severity.BLOCKING)
    assert "no service said anything of it" in found.problems[0].what
    assert not {"it answers", "no delta but its own came"} & set(found.sound)


def test_two_services_answer_one_request() -> None:
    """Both have documents of their own, and so both tell version 1; the one is known by another habit."""
    other = SERVICE.varied("writes-fields-backwards")

    found = Site(SERVICE, others=(other,)).diagnosis()

    assert found.problems[0].weight is Severity.GRAVE
    assert f"a request at {UPDATE} has two answers that differ" in found.problems[0].what
    assert "Two services answer on this broker" in found.problems[0].what


def test_two_services_of_one_make_are_at_least_suspected() -> None:
    found = Site(SERVICE, others=(SimulatedService(),)).diagnosis()

    assert [problem.weight for problem in found.problems] == [Severity.MINOR]
    assert "was answered 2 times with the same message" in found.problems[0].what
    assert "two services are on this broker" in found.problems[0].mend


def test_service_that_says_everything_twice_looks_the_same() -> None:
    found = Site(SERVICE.varied("sends-everything-twice")).diagnosis()

    assert [problem.weight for problem in found.problems] == [Severity.MINOR]


def test_stranger_on_the_delta_of_a_device_that_nobody_knows() -> None:
    async def meddles(endpoint: Endpoint) -> None:
        async with connect(endpoint, "stranger") as link:
            await link.subscribe(UPDATE)
            async for _ in link.deliveries():
                content = {"state": {"\x1b[31m<b>": "on"}, "version": 9}
                await link.publish(f"{UPDATE}/delta", json.dumps(content).encode())

    found = Site(SERVICE, meanwhile=meddles).diagnosis()

    assert found.problems[0].weight is Severity.GRAVE
    assert f"a delta at {UPDATE}/delta wants {{'\\x1b[31m<b>': 'on'}}" in found.problems[0].what
    assert "no delta but its own came" not in found.sound


@pytest.mark.parametrize(
    ("topic", "weight", "words"),
    [
        ("state/LAMP-1/update", Severity.GRAVE, "a request lies retained at state/LAMP-1/update"),
        ("state/LAMP-1/get", Severity.GRAVE, "a request lies retained at state/LAMP-1/get"),
        ("state/LAMP-1/update/delta", Severity.MINOR, "what a service said lies retained at state/LAMP-1/update/delta"),
        ("state/LAMP-1/get/accepted", Severity.MINOR, "what a service said lies retained at"),
    ],
)
def test_leftovers_are_told_with_what_clears_them(topic: str, weight: Severity, words: str) -> None:
    found = Site(SERVICE, lies={topic: b'{"state": {}}', "elsewhere": b"x"}).diagnosis()

    [problem] = found.problems
    assert (problem.weight, words in problem.what) == (weight, True)
    assert f"-t {topic} -r -n" in problem.mend
    assert "no leftovers are retained" not in found.sound


def test_many_leftovers_are_told_in_few_words() -> None:
    found = Site(SERVICE, lies={f"state/L{number}/update": b"{}" for number in range(20)}).diagnosis()

    assert len(found.problems) == 4
    assert any("more requests lie retained" in problem.what for problem in found.problems)


def test_what_was_written_is_taken_away_again() -> None:
    asked: list[bytes] = []

    async def looks(endpoint: Endpoint) -> None:
        async with connect(endpoint, "ear") as link:
            await link.subscribe(UPDATE)
            asked.extend([heard.payload async for heard in _first(link.deliveries(), 2)])

    Site(SERVICE, meanwhile=looks).diagnosis()

    assert [json.loads(one)["state"] for one in asked] == [{"reported": {"says": "hello"}}, {"reported": None}]


async def _first(several: AsyncIterator[Delivery], count: int) -> AsyncIterator[Delivery]:
    async for one in several:
        yield one
        count -= 1
        if not count:
            return
