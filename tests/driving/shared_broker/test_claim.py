"""Two runs on one device: the second is refused by name, or takes over; nothing is left of a claim."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest

import harness
from harness.broker import Account, Listener, embedded_broker
from harness.clock import Clock, new_loop
from harness.driving.shared_broker.claim import Claim, TakenOverError
from harness.driving.shared_broker.retained_config import retained_message
from harness.driving.shared_broker.run_notes import RunNote, RunNotes
from harness.errors import UsageError
from harness.mqtt.client_id import of_the_cloud
from harness.mqtt.endpoint import Endpoint, Login
from harness.mqtt.link import connect
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.topics import UDMI

TOPIC = "setpoint/runs/AHU-1"
OTHER = json.dumps({"who": "kim@bench", "since": "2026-01-01T00:00:00Z"}).encode()
T = TypeVar("T")
_MANY = 10_000  # steps of a loop: by far more than a claim takes


def _on_a_broker(drive: Callable[[Endpoint], Awaitable[T]]) -> T:
    async def main() -> T:
        async with embedded_broker() as endpoint:
            return await drive(endpoint)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(main())


def _claim(endpoint: Endpoint, told: list[str] | None = None, *, takes_over: bool = False) -> Claim:
    return Claim(endpoint, Profile("AHU-1", {}), (told if told is not None else []).append, takes_over)


def test_claim_says_who_and_since_when_and_goes_with_its_run() -> None:
    async def drive(endpoint: Endpoint) -> tuple[bytes | None, bytes | None]:
        async with _claim(endpoint).held():
            meanwhile = await retained_message(endpoint, "looker", TOPIC)
        return meanwhile, await retained_message(endpoint, "looker", TOPIC)

    meanwhile, afterwards = _on_a_broker(drive)

    said = json.loads(meanwhile or b"{}")
    assert "@" in said["who"]
    assert said["since"] == "2026-01-01T00:00:00Z"
    assert afterwards is None


def test_run_that_is_interrupted_at_any_moment_leaves_no_claim() -> None:
    async def drive(endpoint: Endpoint) -> tuple[list[int], bool]:
        left, has_held = [], False
        for steps in count():
            is_held = asyncio.Event()
            run = asyncio.create_task(_hold(_claim(endpoint), is_held))
            for _ in range(steps):
                await asyncio.sleep(0)
            has_held = is_held.is_set()
            run.cancel()
            await asyncio.wait([run])
            if await retained_message(endpoint, "looker", TOPIC):
                left.append(steps)
                await _clear(endpoint)
            if has_held or steps > _MANY:
                break
        return left, has_held

    left, has_held = _on_a_broker(drive)

    assert has_held
    assert left == []


async def _hold(claim: Claim, is_held: asyncio.Event) -> None:
    async with claim.held():
        is_held.set()
        await asyncio.sleep(3600)


async def _clear(endpoint: Endpoint) -> None:
    async with connect(endpoint, "cleaner") as link:
        await link.publish(TOPIC, b"", retain=True)


def test_second_run_is_refused_by_name_and_the_first_keeps_its_claim() -> None:
    async def drive(endpoint: Endpoint) -> tuple[str, bool]:
        async with _claim(endpoint).held():
            before = await retained_message(endpoint, "looker", TOPIC)
            with pytest.raises(UsageError) as refused:
                async with _claim(endpoint).held():
                    pass
            return str(refused.value), await retained_message(endpoint, "looker", TOPIC) == before

    words, is_kept = _on_a_broker(drive)

    assert "(since 2026-01-01T00:00:00Z) tests AHU-1" in words
    assert "--take-over" in words
    assert is_kept


def test_of_two_that_start_at_once_one_goes_on() -> None:
    async def try_it(endpoint: Endpoint) -> bool:
        try:
            async with _claim(endpoint).held():
                await asyncio.sleep(10)
        except UsageError:
            return False
        return True

    async def drive(endpoint: Endpoint) -> list[bool]:
        return sorted(await asyncio.gather(try_it(endpoint), try_it(endpoint)))

    assert _on_a_broker(drive) == [False, True]


def test_run_that_takes_over_ends_the_first_and_keeps_the_claim() -> None:
    steps: list[str] = []

    async def first(endpoint: Endpoint) -> None:
        async with _claim(endpoint).held():
            try:
                await asyncio.sleep(3600)
            finally:
                await asyncio.sleep(1)
                steps.append("the first has left")

    async def drive(endpoint: Endpoint) -> tuple[BaseException | None, bytes | None]:
        one = asyncio.create_task(first(endpoint))
        await asyncio.sleep(5)
        async with _claim(endpoint, takes_over=True).held():
            steps.append("the second begins")
            await asyncio.wait([one])
            await asyncio.sleep(1)
            return one.exception(), await retained_message(endpoint, "looker", TOPIC)

    error, lies = _on_a_broker(drive)

    assert steps == ["the first has left", "the second begins"]
    assert isinstance(error, TakenOverError)
    assert b'"takes_over": true' in (lies or b"")


def test_claim_of_a_run_that_is_long_gone_can_be_taken_over() -> None:
    async def drive(endpoint: Endpoint) -> bytes | None:
        async with connect(endpoint, "gone") as link:
            await link.publish(TOPIC, OTHER, retain=True)
        async with _claim(endpoint, takes_over=True).held():
            pass
        return await retained_message(endpoint, "looker", TOPIC)

    assert _on_a_broker(drive) is None


@pytest.mark.parametrize("claim", [b"\xff\x00", b"[]", b'{"who": "\x1b[31m"}', b'{"who": 5}'])
def test_whatever_lies_there_is_named_without_harm(claim: bytes) -> None:
    async def drive(endpoint: Endpoint) -> str:
        async with connect(endpoint, "odd") as link:
            await link.publish(TOPIC, claim, retain=True)
        with pytest.raises(UsageError) as refused:
            async with _claim(endpoint).held():
                pass
        return str(refused.value)

    assert _on_a_broker(drive).isprintable()


def test_broker_that_lets_us_claim_nothing_leaves_it_in_doubt() -> None:
    told: list[str] = []
    login = Login("cloud", "sesame")
    listener = Listener(accounts=(Account(login, ("/devices/#",)),))

    async def main() -> bool:
        async with embedded_broker(listener) as endpoint:
            claim = _claim(Endpoint(endpoint.host, endpoint.port, login), told)
            async with claim.held():
                claim.tell_doubt()
                return claim.is_certain

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        is_certain = runner.run(main())

    assert not is_certain
    assert "nobody can tell whether another run tests AHU-1" in told[0]


def test_devices_of_one_id_in_two_registries_are_claimed_noted_and_tested_side_by_side() -> None:
    schemes = (UDMI, "/r/one/d/{id}", "/r/two/d/{id}", "r/two/d/{id}")
    profiles = [Profile("AHU-1", {}, topics=scheme) for scheme in schemes]

    async def drive(endpoint: Endpoint) -> tuple[set[str], list[RunNote | None]]:
        noted, claims = [], [Claim(endpoint, profile, print) for profile in profiles]
        async with AsyncExitStack() as stack:
            for claim, profile in zip(claims, profiles, strict=True):
                await stack.enter_async_context(claim.held())
                link = await stack.enter_async_context(connect(endpoint, of_the_cloud(profile.name_on_a_broker)))
                notes = RunNotes.of(endpoint, profile)
                noted.append(await notes.read())
                for topic, message in notes.ahead_of(b"{}"):
                    await link.publish(topic, message, retain=True)
            for claim in claims:  # every session is still there, and every claim
                assert await retained_message(endpoint, "looker", claim.topic)
            return {claim.topic for claim in claims}, noted

    topics, noted = _on_a_broker(drive)

    assert len(topics) == len(profiles)
    assert noted == [None] * len(profiles)


def test_usual_topics_leave_a_device_its_plain_name() -> None:
    assert Profile("AHU-1", {}).name_on_a_broker == "AHU-1"


def test_nothing_of_ours_on_a_broker_goes_by_the_id_alone() -> None:
    files = (Path(harness.__path__[0])).rglob("*.py")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    assert [line for line in lines if re.search(r"\{(OURS|RUNS)\}.*[.]id\b|of_the_cloud\([^)]*[.]id\b", line)] == []
