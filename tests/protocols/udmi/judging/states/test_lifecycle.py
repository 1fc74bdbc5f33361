"""Modes and restarts of an episode."""

import pytest

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.judging.states.lifecycle import Lifecycle
from harness.protocols.udmi.words.messages import Mode, SystemState
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history, moment

ACTIVE, RESTART, INITIAL = Mode.ACTIVE, Mode.RESTART, Mode.INITIAL


def says(
    told: HistoryBuilder, mode: Mode | None, *, at: float, started: float | None, count: int | None = None
) -> HistoryBuilder:
    """A state that says this of the device itself."""
    start = None if started is None else moment(started)
    return told.system(SystemState(moment(0), mode=mode, last_start=start, restart_count=count), at=at)


def active(*, started: float | None = -100, count: int | None = None) -> HistoryBuilder:
    """A device that is active, and is told at 1 to restart."""
    return says(history().sent("active", at=0), ACTIVE, at=0.5, started=started, count=count).sent("restart", at=1)


def judged(told: HistoryBuilder, *, at: float = 30) -> tuple[Lifecycle, Stimulus]:
    """The life in a history that closes then, and the config that asked for a restart."""
    episode = told.closed(at=at)
    return episode.lifecycle, episode.config("restart").stimulus


def test_mode_on_the_limit_is_reported_in_time() -> None:
    life, stimulus = judged(says(active(), RESTART, at=21, started=-100))

    life.is_at(RESTART, within(20), stimulus)


def test_mode_that_is_never_reported_is_an_accusation() -> None:
    life, stimulus = judged(says(active(), ACTIVE, at=21, started=-100))

    with pytest.raises(NotObserved, match="that it is restart within 20 s, but says active"):
        life.is_at(RESTART, within(20), stimulus)


def test_mode_that_was_not_watched_for_is_undecided() -> None:
    life, stimulus = judged(says(active(), ACTIVE, at=10, started=-100), at=15)

    with pytest.raises(Undecided, match=r"14\.0 s only"):
        life.is_at(RESTART, within(20), stimulus)


def test_first_state_with_a_later_start_tells_the_mode_after_it() -> None:
    told = says(says(active(), RESTART, at=2, started=-100), INITIAL, at=5, started=4)

    life, stimulus = judged(says(told, ACTIVE, at=6, started=4))

    life.starts_as(INITIAL, stimulus)


def test_first_state_after_the_announcement_counts_where_no_start_is_named() -> None:
    told = says(says(active(started=None), RESTART, at=2, started=None), ACTIVE, at=5, started=None)

    life, stimulus = judged(told)

    with pytest.raises(NotObserved, match="should be initial, but says active"):
        life.starts_as(INITIAL, stimulus)


def test_start_that_shows_nowhere_does_not_apply() -> None:
    life, stimulus = judged(says(active(started=None), ACTIVE, at=5, started=None))

    with pytest.raises(NotApplicable, match="its start does not show"):
        life.starts_as(INITIAL, stimulus)


def test_start_that_never_came_could_not_be_tested() -> None:
    life, stimulus = judged(says(active(), ACTIVE, at=5, started=-100))

    with pytest.raises(CouldNotTest, match="no state told"):
        life.starts_as(INITIAL, stimulus)


def test_later_start_and_higher_count_tell_of_a_restart() -> None:
    life, stimulus = judged(says(active(count=1), INITIAL, at=5, started=4, count=2))

    life.tells_of_its_start(stimulus)


@pytest.mark.parametrize(("started", "count", "story"), [(-100, 2, "later after"), (4, 1, "was 1 and is 1")])
def test_restart_that_is_told_wrongly_is_an_accusation(started: float, count: int, story: str) -> None:
    told = says(active(count=1), RESTART, at=2, started=-100, count=1)
    life, stimulus = judged(says(told, INITIAL, at=5, started=started, count=count))

    with pytest.raises(NotObserved, match=story):
        life.tells_of_its_start(stimulus)


def test_device_that_names_no_start_owes_none() -> None:
    told = says(says(active(started=None), RESTART, at=2, started=None), INITIAL, at=5, started=None)
    life, stimulus = judged(told)

    with pytest.raises(NotApplicable, match="last_start"):
        life.tells_of_its_start(stimulus)


def test_device_that_stays_up_has_started_once() -> None:
    life, stimulus = judged(says(says(active(), INITIAL, at=5, started=4), INITIAL, at=6, started=4))

    life.starts_once(stimulus, watched_for=7)


@pytest.mark.parametrize(("mode", "started"), [(INITIAL, 8), (RESTART, 4)])
def test_device_that_starts_again_is_accused(mode: Mode, started: float) -> None:
    life, stimulus = judged(says(says(active(), INITIAL, at=5, started=4), mode, at=9, started=started))

    with pytest.raises(NotObserved, match=r"started again 4\.0 s later"):
        life.starts_once(stimulus, watched_for=7)


def test_restart_that_the_next_config_asked_for_is_another_one() -> None:
    told = says(active(), INITIAL, at=5, started=4).sent("again", at=20)

    life, stimulus = judged(says(told, RESTART, at=21, started=4))

    life.starts_once(stimulus, watched_for=7)


def test_device_that_was_watched_too_briefly_is_undecided() -> None:
    life, stimulus = judged(says(active(), INITIAL, at=5, started=4), at=11)

    with pytest.raises(Undecided, match=r"6\.0 s only"):
        life.starts_once(stimulus, watched_for=7)


def test_device_that_never_starts_anew_names_one_start() -> None:
    life, _ = judged(says(active(), ACTIVE, at=5, started=-100))

    life.is_never_started()


def test_device_that_has_started_anew_is_accused() -> None:
    life, _ = judged(says(active(), INITIAL, at=5, started=4))

    with pytest.raises(NotObserved, match="has started anew"):
        life.is_never_started()
