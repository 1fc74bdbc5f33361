"""The watch over our own loop."""

import asyncio
import re
import time
from collections.abc import Sequence
from io import StringIO

import pytest

from harness.clock import Clock, new_loop, utc
from harness.driving.not_reached import NotReachedError
from harness.driving.stall_recorder import STALL, stalls_recorded
from harness.errors import UsageError
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.device import Device
from harness.record.kinds import Opened, Record, Stalled
from harness.record.lines import from_line, to_line
from harness.record.trace import Recorder
from tests.protocols.udmi.driving.playing import idle, play


def recorded(clock: Clock, recorder: Recorder, told: list[str], times: int = 1) -> Sequence[Record]:
    """Of a loop that somebody blocks so many times."""

    async def blocked() -> None:
        async with stalls_recorded(clock, recorder, told.append):
            for _ in range(times):
                await asyncio.sleep(0.2)
                time.sleep(0.6)  # noqa: ASYNC251 - that it blocks is the point
                await asyncio.sleep(0.2)

    with asyncio.Runner(loop_factory=lambda: new_loop(clock)) as runner:
        runner.run(blocked())
    return recorder.records


def test_loop_that_was_blocked_is_recorded_with_how_long_and_told() -> None:
    told: list[str] = []

    longest = max(
        record.seconds for record in recorded(Clock.REAL, Recorder(StringIO()), told) if isinstance(record, Stalled)
    )

    assert longest > 0.6 > STALL
    assert told[0].startswith("this machine stalled for ")


def test_stalls_are_told_in_two_lines_however_many_they_are() -> None:
    told: list[str] = []

    recorded(Clock.REAL, Recorder(StringIO()), told, times=3)
    first, last = told

    assert first.startswith("this machine stalled for ")
    assert re.fullmatch(r"this machine stalled [3-9] times, for \d+\.\d s in all", last)


def test_virtual_loop_never_stalls() -> None:
    assert recorded(Clock.VIRTUAL, Recorder(StringIO()), []) == []


def test_stall_is_read_back() -> None:
    assert from_line(to_line(Stalled(3.5, 1.25))) == Stalled(3.5, 1.25)


def test_stall_that_cannot_be_written_down_ends_the_drive() -> None:
    class Full(StringIO):
        def write(self, _text: str) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(BaseExceptionGroup) as group:
        recorded(Clock.REAL, Recorder(Full()), [])

    assert isinstance(group.value.exceptions[0], UsageError)


@pytest.mark.parametrize(("seconds", "driven"), [(1.5, ["stalled", "stalled", "idle"]), (0.9, ["stalled", "idle"])])
def test_scenario_that_our_own_machine_stalled_in_is_driven_again_once(seconds: float, driven: list[str]) -> None:
    recorder = Recorder(StringIO())

    async def stalled(cloud: Cloud, device: Device) -> None:
        await idle(cloud, device)
        recorder.append(Stalled(utc(), seconds))

    played = play(stalled, idle, recorder=recorder)

    assert [opened.scenario for opened in played.of(Opened)] == driven


def test_scenario_that_was_driven_again_is_judged_by_what_came_last() -> None:
    recorder = Recorder(StringIO())

    async def stalled(cloud: Cloud, device: Device) -> None:
        await idle(cloud, device)
        if not any(isinstance(record, Stalled) for record in recorder.records):
            recorder.append(Stalled(utc(), 1.5))
            raise NotReachedError("slept through it")

    assert play(stalled, recorder=recorder).episode.history.closed.cut_short is None
