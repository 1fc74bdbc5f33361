"""How long a drive goes on: from what scenarios take, at the pace of those that were driven."""

from itertools import pairwise

import pytest

import suites.udmi.conftest  # noqa: F401 - it makes the scenarios known
from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS, Scenario
from harness.driving.time_left import TimeLeft, words_for
from harness.record.kinds import Ended, Opened
from harness.record.trace import Recorder
from simulator.udmi.target import SimTarget
from tests.protocols.udmi.driving.playing import idle, play, writes


async def _drive() -> None:
    """Nothing."""


def scenarios(*takes: float) -> list[Scenario]:
    """Scenarios that take so long."""
    return [Scenario(f"number {number}", _drive, takes=each) for number, each in enumerate(takes)]


def test_before_anything_is_driven_it_takes_what_scenarios_say() -> None:
    assert TimeLeft().begins(scenarios(10, 70, 6), 0.0) == 86


def test_scenarios_that_are_done_set_the_pace() -> None:
    left, every = TimeLeft(), scenarios(40, 30, 10)
    left.begins(every, 100.0)

    assert left.begins(every[1:], 180.0) == 80
    assert left.begins(every[2:], 280.0) == pytest.approx(10 * 180 / 70)
    assert left.begins([], 300.0) == 0


def test_a_few_seconds_are_no_pace() -> None:
    left, every = TimeLeft(), scenarios(5, 100)
    left.begins(every, 0.0)

    assert left.begins(every[1:], 30.0) == 100


@pytest.mark.parametrize(("took", "expected"), [(10_000.0, 600), (1.0, 50)])
def test_pace_has_bounds(took: float, expected: float) -> None:
    left, every = TimeLeft(), scenarios(60, 100)
    left.begins(every, 0.0)

    assert left.begins(every[1:], took) == expected


def test_scenario_that_is_driven_again_is_time_that_was_lost() -> None:
    left, every = TimeLeft(), scenarios(40, 20)
    left.begins(every, 0.0)
    left.begins(every, 40.0)

    assert left.begins(every[1:], 80.0) == 40


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "about 10 s left"),
        (44, "about 40 s left"),
        (89, "about 90 s left"),
        (90, "about 2 min left"),
        (400, "about 7 min left"),
    ],
)
def test_time_is_told_as_a_person_would(seconds: float, words: str) -> None:
    assert words_for(seconds) == words


def test_scenario_that_is_left_out_takes_no_time() -> None:
    assert Scenario("long", _drive, minutes=11, takes=660).left_out().takes == 0


def test_time_left_is_told_before_each_scenario() -> None:
    told: list[float | str] = []

    class Told(Unseen):
        def left(self, seconds: float) -> None:
            told.append(seconds)

        def scenario(self, name: str) -> None:
            told.append(name)

    play(idle, writes, progress=Told())

    assert told == [20, "idle", 10, "writes"]


def test_scenarios_take_about_what_they_say() -> None:
    """But for those on the connection, whose time in an hour of virtual time is another."""
    recorder = Recorder()
    gentle = [one for one in SCENARIOS.values() if one.drive.__module__.startswith("suites.udmi.") and not one.needs]
    drive_target(RunPlan(SimTarget.from_option(""), gentle, Clock.VIRTUAL), recorder, Unseen())

    times = [record.time for record in recorder.records if isinstance(record, Opened | Ended)]
    took = {scenario.name: later - one for scenario, (one, later) in zip(gentle, pairwise(times), strict=True)}
    wrong = {s.name: (s.takes, took[s.name]) for s in gentle if abs(s.takes - took[s.name]) > 2 + 0.1 * s.takes}
    assert wrong == {}
