"""A stall of our own machine: nobody is accused of what it touches, and the rest is judged."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.protocols.udmi.judging.telemetry_window import before_telemetry_or
from tests.protocols.udmi.judging.history_builder import APPLIED, UPDATING, HistoryBuilder, history


def written() -> HistoryBuilder:
    """A write, a second into the history."""
    return history().state(at=0.5).sent("write", at=1, damper=30.0)


def test_what_was_heard_late_after_a_stall_may_have_been_in_time_and_the_story_says_why() -> None:
    told = written().state(at=7.2, damper=APPLIED).stalled(1.3, at=7.2).closed(at=9)

    with pytest.raises(Undecided, match=r"4\.900 to 6\.200 s.*our own machine stalled for 1\.3 s meanwhile, at 2026-"):
        told.write("write").becomes(APPLIED, within(5))


def test_what_was_late_by_more_than_the_stall_was_late() -> None:
    told = written().state(at=7.4, damper=APPLIED).stalled(1.3, at=7.4).closed(at=9)

    with pytest.raises(NotObserved, match=r"but after 5\.1 to 6\.4 s"):
        told.write("write").becomes(APPLIED, within(5))


def test_what_was_in_time_in_spite_of_a_stall_was_in_time() -> None:
    told = written().state(at=4, damper=APPLIED).stalled(1.3, at=4).closed(at=9)

    told.write("write").becomes(APPLIED, within(5))


@pytest.mark.parametrize("at", [0.7, 9.0])
def test_stall_before_or_after_excuses_nothing(at: float) -> None:
    told = written().state(at=7.2, damper=APPLIED).stalled(0.5, at=at).closed(at=10)

    with pytest.raises(NotObserved):
        told.write("write").becomes(APPLIED, within(5))


def test_several_stalls_add_up() -> None:
    told = written().stalled(0.6, at=3).state(at=7.1, damper=APPLIED).stalled(0.6, at=7.1).closed(at=9)

    with pytest.raises(Undecided, match=r"stalled for 1\.2 s"):
        told.write("write").becomes(APPLIED, within(5))


def test_what_piled_up_during_a_stall_may_have_come_before_what_was_sent_after_it() -> None:
    told = history(allowance=0.5).stalled(3, at=1).sent("write", at=1, damper=30.0).telemetry(at=1.6, damper=0.0)

    told.state(at=3, damper=UPDATING).closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5))


def test_without_the_stall_the_same_telemetry_came_first() -> None:
    told = history(allowance=0.5).sent("write", at=1, damper=30.0).telemetry(at=2.1, damper=0.0)

    with pytest.raises(NotObserved, match="but telemetry came first"):
        told.state(at=3, damper=UPDATING).closed(at=9).write("write").becomes(UPDATING, before_telemetry_or(5))


def test_what_never_came_was_not_watched_for_while_we_stalled() -> None:
    told = written().state(at=2).stalled(2.5, at=20).closed(at=23)

    with pytest.raises(Undecided, match=r"watched for 19\.5 s only, of 20: our own machine stalled"):
        told.write("write").becomes(APPLIED, within(20))


def test_config_that_was_not_answered_was_not_watched_either() -> None:
    told = history().sent("write", at=1, damper=30.0).stalled(2.5, at=4).closed(at=7)

    with pytest.raises(Undecided, match=r"watched for 3\.5 s only"):
        told.config("write").is_answered(within(5))


def test_states_that_a_stall_pushed_together_keep_apart() -> None:
    told = history().state(at=2, made_at=1).state(at=2.1, made_at=2).stalled(1.3, at=2.05).closed(at=9)

    told.states.keep_apart(1)


def test_stall_elsewhere_does_not_hide_two_states_that_are_too_close() -> None:
    told = history().state(at=2).state(at=2.1).stalled(1.3, at=2.05).state(at=5).state(at=5.4).closed(at=9)

    with pytest.raises(NotObserved, match=r"within 0\.400 s"):
        told.states.keep_apart(1)


def test_telemetry_that_was_a_second_too_early_only_by_our_clock_is_tolerated() -> None:
    told = written().telemetry(at=2, damper=30.0).state(at=4, damper=APPLIED).stalled(1.3, at=4).closed(at=9)

    told.write("write").is_not_shown(30.0, before=APPLIED, ahead=1)
    with pytest.raises(NotObserved):
        written().telemetry(at=2, damper=30.0).state(at=4, damper=APPLIED).closed(at=9).write("write").is_not_shown(
            30.0, before=APPLIED, ahead=1
        )
