"""Progress of a drive where there is no terminal: plain lines, and not too many."""

import asyncio
from io import StringIO

from rich.console import Console

from harness.clock import Clock, new_loop
from harness.plugin.while_driving.progress_lines import Lines


def shown(*waits: tuple[str, float, float]) -> list[str]:
    """Of waits for a fact, so many seconds at most, that took so long."""
    written = StringIO()
    lines = Lines(Console(file=written), 1)

    async def drive() -> None:
        lines.scenario("many_points")
        for fact, at_most, took in waits:
            lines.waits(fact, at_most)
            await asyncio.sleep(took)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        runner.run(drive())
    return written.getvalue().splitlines()[1:]


def test_long_wait_is_told_after_ten_seconds() -> None:
    assert shown(("a state comes", 22, 15)) == ["  10 s so far: until a state comes, at most 22 s"]


def test_wait_that_is_over_sooner_is_not_told() -> None:
    assert shown(("a state comes", 22, 9), ("a telemetry comes", 22, 9)) == []


def test_wait_that_cannot_last_is_not_told() -> None:
    assert shown(("a state comes", 10, 10)) == []


def test_time_that_is_left_is_told_with_the_scenario() -> None:
    written = StringIO()
    lines = Lines(Console(file=written), 2)

    lines.left(400.0)
    lines.scenario("many_points")
    lines.left(40.0)
    lines.scenario("restart")

    told = ["driving 1/2 many_points (about 7 min left)", "driving 2/2 restart (about 40 s left)"]
    assert written.getvalue().splitlines() == told


def test_scenario_that_is_driven_again_is_no_further_one() -> None:
    written = StringIO()
    lines = Lines(Console(file=written), 2)

    for name in ("many_points", "many_points", "restart"):
        lines.scenario(name)

    told = ["driving 1/2 many_points", "driving 1/2 many_points", "driving 2/2 restart"]
    assert written.getvalue().splitlines() == told
