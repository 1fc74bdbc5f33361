"""Log entries and metrics of an episode."""

from dataclasses import replace

import pytest

from harness.judging.afterwards import Afterwards
from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.values import Field, IllTyped
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.words.messages import State, Status, SystemEvent
from harness.record.kinds import Received
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history, moment

RECEIVE, PARSE, APPLY = "system.config.receive", "system.config.parse", "system.config.apply"


def entry(category: str, level: int = 100, *, at: float = 0) -> Status:
    """One that has all that belongs to an entry, written down at that moment."""
    return Status("So it was", category, level, moment(at))


def config(*, allowance: float = 0.0) -> HistoryBuilder:
    """A config that is sent at 0."""
    return history(allowance=allowance).sent("plain", at=0)


def asked(told: HistoryBuilder, category: str, level: int = 100, *, at: float = 40) -> None:
    """Whether the config was logged so, in a history that closes then."""
    episode = told.closed(at=at)
    episode.journal.tells(episode.config("plain"), category, within(30), level=level)


def test_entry_on_the_limit_is_in_time() -> None:
    asked(config().logged(entry(RECEIVE, at=29.99), at=30), RECEIVE)


def test_log_of_a_device_that_logs_elsewhere_exists() -> None:
    silent, talks = config().closed(at=40).history, config().logged(entry(APPLY), at=1).closed(at=40).history

    Episode(replace(silent, earlier=talks.records)).journal.exists()
    config().logged(entry(APPLY), at=1).closed(at=40).journal.exists()


def test_log_of_a_device_that_logs_nothing_concerns_one_clause_alone() -> None:
    with pytest.raises(NotApplicable, match="the device logs nothing"):
        config().closed(at=40).journal.exists()


def test_log_that_was_not_waited_for_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        config().closed(at=40, cut_short="in vain").journal.exists()


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
    told = config().sent("next", at=31).logged(entry(RECEIVE, at=31.9), at=32)

    with pytest.raises(NotObserved, match="but logs nothing"):
        asked(told, RECEIVE)


def test_entries_in_another_order_are_an_accusation() -> None:
    episode = config().logged(entry(PARSE), entry(RECEIVE), at=1).closed(at=2)

    with pytest.raises(NotObserved, match="in this order"):
        episode.journal.tells_in_order(episode.config("plain"), (RECEIVE, PARSE, APPLY))


def test_entries_in_their_order_may_come_one_by_one() -> None:
    episode = config().logged(entry(RECEIVE), at=1).logged(entry(APPLY, 300), at=2).closed(at=3)

    episode.journal.tells_in_order(episode.config("plain"), (RECEIVE, PARSE, APPLY))


@pytest.mark.parametrize(("at", "right"), [(5.001, True), (5.1, False)])
def test_entry_below_the_level_may_be_of_the_five_seconds_after_the_config(at: float, *, right: bool) -> None:
    episode = config().logged(entry(RECEIVE, at=at), at=at + 6).closed(at=20)
    stimulus = episode.config("plain").stimulus

    if right:
        episode.journal.tells_nothing_below(300, stimulus, takes_in=5)
    else:
        with pytest.raises(NotObserved, match=rf"'{RECEIVE}' was, at 100, of 5\.1 s after"):
            episode.journal.tells_nothing_below(300, stimulus, takes_in=5)


def quiet_for(*entries: Status, at: float, clock: float = 0.0) -> Episode:
    """An episode of 20 s that asks for less at 0. At `at` the entries come, by a clock that is so much ahead."""
    told = history().sent("quiet", at=0).message(State(moment(1 + clock), "1.5.2"), at=1)
    told = told.message(State(moment(14 + clock), "1.5.2"), at=14)
    event = SystemEvent(moment(at + clock), "1.5.2", entries)
    later = [record for _, record in history().event(event, at=at).closed(at=at).history.placed()]
    if at <= 20:
        return told.event(event, at=at).closed(at=20)
    events = [(1000, record) for record in later if isinstance(record, Received)]
    return Episode(replace(told.closed(at=20).history, afterwards=Afterwards(messages=events, ended=moment(200))))


def is_quiet(episode: Episode) -> None:
    """Nothing below 300 is of the time after the config."""
    episode.journal.tells_nothing_below(300, episode.config("quiet").stimulus, takes_in=5)


@pytest.mark.parametrize("at", [15, 18, 30, 75])
@pytest.mark.parametrize("clock", [0.0, 7200.25, -7200.5, 0.4])
def test_entry_is_of_when_it_was_written_however_long_it_was_gathered(at: float, clock: float) -> None:
    before, meanwhile = entry(RECEIVE, at=-1.1 + clock), entry(RECEIVE, at=12.1 + clock)

    is_quiet(quiet_for(before, at=at, clock=clock))
    with pytest.raises(NotObserved, match="at 100, of"):
        is_quiet(quiet_for(before, meanwhile, at=at, clock=clock))


def test_entry_of_what_came_next_is_none_of_the_episode() -> None:
    is_quiet(quiet_for(entry(RECEIVE, at=20.1), at=30))


def test_entry_by_a_clock_of_whole_seconds_is_of_a_second_more_or_less() -> None:
    told = history().sent("quiet", at=0).message(State(moment(1), "1.5.2"), at=1.9)

    is_quiet(told.event(SystemEvent(moment(9), "1.5.2", (entry(RECEIVE, at=5),)), at=9.5).closed(at=20))
    with pytest.raises(NotObserved):
        is_quiet(told.event(SystemEvent(moment(9), "1.5.2", (entry(RECEIVE, at=6),)), at=9.5).closed(at=20))


@pytest.mark.parametrize(
    ("stamp", "why"),
    [(None, "the timestamp of its entry 'system.config.receive' is"), (IllTyped("noon"), "is 'noon'")],
)
def test_entry_of_which_nobody_knows_when_it_was_written_is_undecided(stamp: Field[float], why: str) -> None:
    with pytest.raises(Undecided, match=why):
        is_quiet(quiet_for(Status("So", RECEIVE, 100, stamp), at=15))


def test_entry_of_a_device_whose_clock_is_not_known_is_undecided() -> None:
    event = SystemEvent(None, "1.5.2", (entry(RECEIVE, at=12),))
    told = history().sent("quiet", at=0).event(event, at=15).closed(at=20)

    with pytest.raises(Undecided, match="no state and no telemetry had a timestamp"):
        is_quiet(told)


@pytest.mark.parametrize(("clock", "why"), [(7200.0, "s after they came"), (-7200.0, "s before they came, every one")])
def test_entries_by_another_clock_than_that_of_messages_are_undecided(clock: float, why: str) -> None:
    with pytest.raises(Undecided, match=why):
        is_quiet(quiet_for(entry(RECEIVE, at=12.1 + clock), at=15))


def test_run_that_ends_before_gathered_entries_come_is_undecided() -> None:
    episode = quiet_for(entry(RECEIVE, 500, at=-30), at=15)

    with pytest.raises(Undecided, match=r"gathers its log for 4[45]\.\d s, and the run went on for 20\.0 s"):
        is_quiet(episode)


@pytest.mark.parametrize(("waited", "decided"), [(0.05, True), (0.4, True), (0.7, False)])
def test_entry_that_was_sent_within_a_moment_was_not_gathered(waited: float, *, decided: bool) -> None:
    """The next config is the last that happens in the run, as it may be of any device."""
    told = history().sent("quiet", at=0).message(State(moment(1), "1.5.2"), at=1)
    event = SystemEvent(moment(9), "1.5.2", (entry(APPLY, 500, at=9 - waited),))
    episode = told.event(event, at=9).sent("last", at=10).closed(at=10.02)

    if decided:
        is_quiet(episode)
    else:
        with pytest.raises(Undecided, match=r"gathers its log for 0\.7 s, and the run went on for 0\.0 s"):
            is_quiet(episode)


def test_entry_that_was_kept_for_hours_was_not_gathered() -> None:
    is_quiet(quiet_for(entry(RECEIVE, at=-7200), entry(APPLY, 500, at=14), at=15))


def test_entries_that_are_listed_newest_first_are_read_from_behind() -> None:
    newest_first = entry(APPLY, 300, at=1.2), entry(PARSE, at=1.1), entry(RECEIVE, at=1.1)
    episode = config().logged(*newest_first, at=9).closed(at=20)

    episode.journal.tells_in_order(episode.config("plain"), (RECEIVE, PARSE, APPLY))


def test_entries_are_in_the_order_of_their_stamps() -> None:
    told = config().logged(entry(PARSE, at=1.2), entry(RECEIVE, at=1.1), entry(APPLY, 300, at=1.3), at=9)
    wrong = config().logged(entry(RECEIVE, at=1.2), entry(PARSE, at=1.1), at=9)

    episode = told.closed(at=20)
    episode.journal.tells_in_order(episode.config("plain"), (RECEIVE, PARSE, APPLY))
    with pytest.raises(NotObserved, match="in this order"):
        wrong.closed(at=20).journal.tells_in_order(wrong.closed(at=20).config("plain"), (RECEIVE, PARSE, APPLY))


def test_start_may_be_stamped_by_a_clock_that_is_not_set_yet() -> None:
    told = config().message(State(moment(0.5), "1.5.2"), at=0.5).provoked("power cut", at=5)
    unset = told.logged(Status("Up", "system.base.start", 300, 12.0), at=9).closed(at=20)

    unset.journal.tells_since(unset.provocation("power cut"), ("system.base.start",))


def test_start_of_before_that_was_gathered_is_not_that_after_it() -> None:
    told = config().message(State(moment(0.5), "1.5.2"), at=0.5).provoked("power cut", at=5)
    gathered = told.logged(entry("system.base.start", 300, at=1.5), at=9).closed(at=40)

    with pytest.raises(NotObserved, match=r"should log system\.base\.start after"):
        gathered.journal.tells_since(gathered.provocation("power cut"), ("system.base.start",))


def test_device_that_logs_nothing_is_asked_for_nothing_else() -> None:
    episode = config().closed(at=20)

    with pytest.raises(NotApplicable, match="the device logs nothing"):
        episode.journal.entries_are_whole()
    with pytest.raises(NotApplicable, match="the device logs nothing"):
        episode.journal.does_not_tell(episode.config("plain"), APPLY)
    with pytest.raises(NotApplicable, match="the device logs nothing"):
        episode.journal.has_one_below(400)


def test_device_that_logs_nothing_so_slight_is_not_asked_whether_it_sends_it() -> None:
    with pytest.raises(NotApplicable, match="never logs anything below level 400"):
        config().logged(entry(APPLY, 400), at=1).closed(at=20).journal.has_one_below(400)


def test_device_that_was_not_watched_to_the_end_is_not_said_to_log_nothing() -> None:
    episode = config().closed(at=20, cut_short="in vain")

    with pytest.raises(CouldNotTest, match="in vain"):
        episode.journal.entries_are_whole()


@pytest.mark.parametrize("wrong", [Status("x", "y", 100), Status("x", "y", IllTyped("high"), moment(0)), IllTyped(3)])
def test_entry_that_lacks_something_is_an_accusation(wrong: Status | IllTyped) -> None:
    with pytest.raises(NotObserved, match="missing or malformed"):
        config().logged(entry(RECEIVE), wrong, at=1).closed(at=2).journal.entries_are_whole()


@pytest.mark.parametrize(("times", "longest"), [((5, 10, 15), None), ((5, 12), 7.0), ((8, 13), 8.0), ((5, 10), 8.0)])
def test_metrics_may_be_late_by_the_tolerance(times: tuple[float, ...], longest: float | None) -> None:
    told = config()
    for at in times:
        told.logged(at=at)
    episode = told.closed(at=18)
    stimulus = episode.config("plain").stimulus

    if longest is None:
        episode.metrics.come_every(5, stimulus, give_or_take=1.5)
    else:
        with pytest.raises(NotObserved, match=f"for {longest} s there were none"):
            episode.metrics.come_every(5, stimulus, give_or_take=1.5)


def test_metrics_that_were_not_watched_for_long_enough_are_undecided() -> None:
    episode = config().closed(at=6)

    with pytest.raises(Undecided, match=r"6\.0 s only, of 6\.5"):
        episode.metrics.come_every(5, episode.config("plain").stimulus, give_or_take=1.5)


def test_metrics_that_go_on_where_none_are_wanted_are_an_accusation() -> None:
    episode = config().logged(at=4).logged(at=9).closed(at=20)

    with pytest.raises(NotObserved, match=r"did after 9\.0 s"):
        episode.metrics.stop(episode.config("plain").stimulus, takes_in=5)


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

    assert episode.evidence.observed == [f"event_no {words}"]
