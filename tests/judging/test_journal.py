"""Log entries and metrics of an episode."""

import pytest

from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved, Undecided
from harness.judging.window import within
from harness.wire.udmi import Odd, Status
from tests.judging.history_builder import HistoryBuilder, history, moment

RECEIVE, PARSE, APPLY = "system.config.receive", "system.config.parse", "system.config.apply"


def entry(category: str, level: int = 100) -> Status:
    """One that has all that belongs to an entry."""
    return Status("So it was", category, level, moment(0))


def config(*, allowance: float = 0.0) -> HistoryBuilder:
    """A config that is sent at 0."""
    return history(allowance=allowance).sent("plain", at=0)


def asked(told: HistoryBuilder, category: str, level: int = 100, *, at: float = 40) -> None:
    """Whether the config was logged so, in a history that closes then."""
    episode = told.closed(at=at)
    episode.journal.tells(episode.config("plain"), category, within(30), level=level)


def test_entry_on_the_limit_is_in_time() -> None:
    asked(config().logged(entry(RECEIVE), at=30), RECEIVE)


def test_entry_of_another_level_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match="at level 100, but does at 200"):
        asked(config().logged(entry(RECEIVE, 200), at=1), RECEIVE)


def test_entry_that_was_not_watched_for_is_undecided() -> None:
    told = config().logged(entry(RECEIVE), at=1)

    with pytest.raises(Undecided, match=r"watched for 20\.0 s only"):
        asked(told, APPLY, at=20)


def test_entry_that_should_have_come_before_another_is_too_late_at_once() -> None:
    told = config().logged(entry(PARSE), at=1)

    with pytest.raises(NotObserved, match=f"but logs '{PARSE}'"):
        asked(told, RECEIVE, at=2)


def test_entry_of_the_next_config_is_not_taken_for_one_of_this() -> None:
    told = config().sent("next", at=31).logged(entry(RECEIVE), at=32)

    with pytest.raises(NotObserved, match="but logs nothing"):
        asked(told, RECEIVE)


def test_entries_in_another_order_are_an_accusation() -> None:
    episode = config().logged(entry(PARSE), entry(RECEIVE), at=1).closed(at=2)

    with pytest.raises(NotObserved, match="in this order"):
        episode.journal.tells_in_order(episode.config("plain"), (RECEIVE, PARSE, APPLY))


def test_entries_in_their_order_may_come_one_by_one() -> None:
    episode = config().logged(entry(RECEIVE), at=1).logged(entry(APPLY, 300), at=2).closed(at=3)

    episode.journal.tells_in_order(episode.config("plain"), (RECEIVE, PARSE, APPLY))


@pytest.mark.parametrize(("at", "right"), [(5, True), (5.1, False)])
def test_entry_below_the_level_may_have_waited_for_five_seconds(at: float, *, right: bool) -> None:
    episode = config().logged(entry(RECEIVE), at=at).closed(at=20)
    act = episode.config("plain").act

    if right:
        episode.journal.tells_nothing_below(300, act)
    else:
        with pytest.raises(NotObserved, match=rf"'{RECEIVE}' was, at 100, 5\.1 s after"):
            episode.journal.tells_nothing_below(300, act)


def test_device_that_logs_nothing_is_asked_for_nothing_else() -> None:
    episode = config().closed(at=20)

    with pytest.raises(NotApplicable, match="the device logs nothing"):
        episode.journal.entries_are_whole()
    with pytest.raises(NotApplicable, match="the device logs nothing"):
        episode.journal.does_not_tell(episode.config("plain"), APPLY)
    with pytest.raises(NotApplicable, match="never logs anything below level 400"):
        episode.journal.has_one_below(400)


def test_device_that_was_not_watched_to_the_end_is_not_said_to_log_nothing() -> None:
    episode = config().closed(at=20, cut_short="in vain")

    with pytest.raises(CouldNotTest, match="in vain"):
        episode.journal.entries_are_whole()


@pytest.mark.parametrize("wrong", [Status("x", "y", 100), Status("x", "y", Odd("high"), moment(0)), Odd(3)])
def test_entry_that_lacks_something_is_an_accusation(wrong: Status | Odd) -> None:
    with pytest.raises(NotObserved, match="missing or malformed"):
        config().logged(entry(RECEIVE), wrong, at=1).closed(at=2).journal.entries_are_whole()


@pytest.mark.parametrize(("times", "longest"), [((5, 10, 15), None), ((5, 12), 7.0), ((8, 13), 8.0), ((5, 10), 8.0)])
def test_metrics_may_be_late_by_the_tolerance(times: tuple[float, ...], longest: float | None) -> None:
    told = config()
    for at in times:
        told.logged(at=at)
    episode = told.closed(at=18)
    act = episode.config("plain").act

    if longest is None:
        episode.metrics.come_every(5, act, give_or_take=1.5)
    else:
        with pytest.raises(NotObserved, match=f"for {longest} s there were none"):
            episode.metrics.come_every(5, act, give_or_take=1.5)


def test_metrics_that_were_not_watched_for_long_enough_are_undecided() -> None:
    episode = config().closed(at=6)

    with pytest.raises(Undecided, match=r"6\.0 s only, of 6\.5"):
        episode.metrics.come_every(5, episode.config("plain").act, give_or_take=1.5)


def test_metrics_that_go_on_where_none_are_wanted_are_an_accusation() -> None:
    episode = config().logged(at=4).logged(at=9).closed(at=20)

    with pytest.raises(NotObserved, match=r"did after 9\.0 s"):
        episode.metrics.stop(episode.config("plain").act)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((1, 2, 3), "goes on by 1"), ((1, 3, 4), "goes on by 1, 2"), ((None, None), "is not there")],
)
def test_numbers_of_events_are_written_down(numbers: tuple[int | None, ...], words: str) -> None:
    told = config()
    for at, number in enumerate(numbers, start=1):
        told.logged(at=at, event_no=number)
    episode = told.closed(at=20)

    episode.metrics.observe_their_numbers()

    assert episode.ledger.observed == [f"event_no {words}"]
