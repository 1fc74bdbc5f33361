"""Each fault that spoils verdicts on a device behind a replica, amiss and sound, on a broker, in virtual time."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest

from harness.doctor.diagnosis import at_first_contact
from harness.doctor.problem import Party, Severity
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.record.kinds import Began, Opened, Provoked, Received, Record
from harness.record.lines import FORMAT
from simulator.replica.targets.service import SimulatedService
from tests.protocols.replica.doctor.sites import Site, lamp, quiet_lamp, whats

DELTA = "state/LAMP-1/update/delta"
SOUND = {
    "it speaks",
    "nobody else answers for LAMP-1",
    "no report contradicts another",
    f"nobody else publishes at {DELTA}",
    "no leftovers are retained",
}


@pytest.mark.parametrize("spec", ReplicaSpec)
def test_device_that_is_alone_with_us_has_nothing_amiss(spec: ReplicaSpec) -> None:
    found = Site(lamp(spec)).diagnosis(spec)

    assert whats(found) == []
    assert len(SOUND & set(found.sound)) == len(SOUND) - (spec is ReplicaSpec.AWS)  # whose topics are others


def test_device_that_is_silent() -> None:
    found = Site(lamp(), is_on=False).diagnosis()

    assert found.problems[0].weight is Severity.BLOCKING
    assert "LAMP-1 asked for nothing" in found.problems[0].what
    assert not {"it speaks", "no report contradicts another"} & set(found.sound)


def test_device_that_says_nothing_of_what_is_so_already_is_heard_of_another_value() -> None:
    found = Site(quiet_lamp()).diagnosis()

    assert whats(found) == []
    assert "it speaks" in found.sound


def test_device_of_which_nothing_can_be_desired_is_not_told_to_be_mute() -> None:
    found = Site(quiet_lamp(is_settable=False)).diagnosis()

    assert (found.problems[0].whose, found.problems[0].weight) == (Party.PROFILE, Severity.GRAVE)
    assert "no property may be set" in found.problems[0].what


def test_replica_that_answers_already_is_named_and_none_is_played_beside_it() -> None:
    found = Site(lamp(), others=(SimulatedService(),)).diagnosis()

    assert [problem.weight for problem in found.problems] == [Severity.BLOCKING]
    assert "a replica answers for LAMP-1 on this broker already, at state/LAMP-1/" in found.problems[0].what
    assert "nobody else answers for LAMP-1" not in found.sound


def test_two_replicas_that_answer_already_are_told_as_two() -> None:
    others = (SimulatedService(), SimulatedService().varied("writes-fields-backwards"))

    assert "two replicas answer for LAMP-1" in Site(lamp(), others=others).diagnosis().problems[0].what


def _publishing(topic: str, *contents: object, every: float = 1.0) -> Callable[[Endpoint], Awaitable[None]]:
    async def go_on(endpoint: Endpoint) -> None:
        async with connect(endpoint, "stranger") as link:
            while True:
                for content in contents:
                    await asyncio.sleep(every)
                    await link.publish(topic, json.dumps(content).encode())

    return go_on


def test_stranger_on_delta() -> None:
    found = Site(lamp(), meanwhile=_publishing(DELTA, {"state": {"\x1b<b>": 1}, "version": 99})).diagnosis()

    [problem] = found.problems
    assert problem.weight is Severity.GRAVE
    assert f"somebody else publishes at {DELTA}" in problem.what
    assert "\x1b" not in problem.what
    assert f"nobody else publishes at {DELTA}" not in found.sound


def test_two_devices_of_one_id_contradict_each_other() -> None:
    reports = [{"state": {"reported": {"brightness": value}}} for value in (40, 80)]

    found = Site(lamp(), meanwhile=_publishing("state/LAMP-1/update", *reports, every=0.5)).diagnosis()

    assert [problem.weight for problem in found.problems] == [Severity.GRAVE]
    assert "reports contradict each other: brightness is 40, then 80, then 40 again" in found.problems[0].what
    assert "no report contradicts another" not in found.sound


def test_what_the_device_measures_may_go_to_and_fro() -> None:
    reports = [{"state": {"reported": {"temperature": value}}} for value in (24.5, 25.0)]

    assert whats(Site(lamp(), meanwhile=_publishing("state/LAMP-1/update", *reports)).diagnosis()) == []


@pytest.mark.parametrize(
    ("topic", "weight", "words"),
    [
        (DELTA, Severity.GRAVE, f"a delta lies retained at {DELTA}, "),
        ("state/LAMP-1/get/accepted", Severity.GRAVE, "an answer lies retained at state/LAMP-1/get/accepted"),
        ("state/LAMP-1/update", Severity.MINOR, "a request of the device lies retained at state/LAMP-1/update"),
    ],
)
def test_leftovers_are_told_with_what_clears_them(topic: str, weight: Severity, words: str) -> None:
    found = Site(lamp(), lies={topic: b'{"state": {}}', "state/LAMP-2/update": b"{}"}).diagnosis()

    [problem] = found.problems
    assert (problem.weight, words in problem.what) == (weight, True)
    assert f"-t {topic} -r -n" in problem.mend
    assert "no leftovers are retained" not in found.sound


BEGAN = Began(
    0.0, FORMAT, "0", ReplicaSpec.SEED, "virtual", "mqtt://", lamp().profile.as_dict(), subject="replica-device"
)


def _report(value: int) -> Record:
    payload = json.dumps({"state": {"reported": {"brightness": value}}}).encode()
    return Received(1.0, "state/LAMP-1/update", payload, retain=False, connection="replica")


def test_what_we_desired_may_go_to_and_fro() -> None:
    wish = Provoked(1.0, "rest", "rest", detail={"brightness": 40})

    assert not at_first_contact([BEGAN, _report(40), wish, _report(80), wish, _report(40), Opened(2.0, "x")])
    assert at_first_contact([BEGAN, _report(40), _report(80), _report(40), Opened(2.0, "x")])


def test_only_what_came_before_the_first_scenario_is_looked_at() -> None:
    assert not at_first_contact([BEGAN, _report(40), _report(80), Opened(2.0, "x"), _report(40)])
