"""Conditions that are brought about on a device of any protocol."""

from collections.abc import Coroutine

import pytest

from harness.clock import Clock
from harness.driving.playing.provoking import ProvokedDevice, bring_about
from harness.driving.scenario import Scenario
from harness.interruption import run
from harness.provocations.provocation import CannotProvoke, NobodyAnswered, Provocation
from harness.record.kinds import Done, Provoked
from harness.record.trace import Recorder


class _Target:
    """`trouble`: raised in place of doing anything."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble, self.done = trouble, list[Provocation]()

    async def provoke(self, provocation: Provocation) -> None:
        """Done, or not."""
        if self.trouble:
            raise self.trouble
        self.done.append(provocation)


def _run(main: Coroutine[None, None, None]) -> None:
    run(main, Clock.VIRTUAL)


async def _drive() -> None:
    """Nothing."""


RESTARTING = Scenario("restarting", _drive, hangs_on=("restart",))


def _of(bench: _Target, recorder: Recorder, hanging: Scenario | None = None) -> ProvokedDevice:
    return ProvokedDevice(bench, recorder, None, hanging)


def test_condition_is_recorded_as_it_begins_and_as_it_has_come_about() -> None:
    bench, recorder = _Target(), Recorder()

    _run(_of(bench, recorder).restarts("power"))

    first, last = recorder.records
    assert isinstance(first, Provoked)
    assert (first.label, first.name) == ("power", "restart")
    assert isinstance(last, Done)
    assert last.of == 0
    assert [one.name for one in bench.done] == ["restart"]


def test_condition_that_nobody_brings_about_is_begun_and_never_done() -> None:
    recorder = Recorder()

    with pytest.raises(CannotProvoke, match="nobody answered"):
        _run(_of(_Target(NobodyAnswered()), recorder).restarts("power"))

    assert [type(one) for one in recorder.records] == [Provoked]


def test_scenario_provokes_nothing_but_what_it_hangs_on() -> None:
    device = _of(_Target(), Recorder(), RESTARTING)

    _run(device.restarts("power"))
    with pytest.raises(ValueError, match="it hangs on 'paint', and does not say so"):
        _run(device.provoke(Provocation("paint"), "red"))


def test_connection_that_is_not_ours_is_no_scenarios_to_break() -> None:
    with pytest.raises(ValueError, match="says what it needs"):
        _ = _of(_Target(), Recorder()).link


def test_target_that_has_no_way_says_so_itself() -> None:
    wish = Provocation("paint")

    with pytest.raises(CannotProvoke, match="no brush"):
        _run(bring_about(_Target(CannotProvoke(wish, "no brush")), wish))
