"""How the device answered a config."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.values import IllTyped
from harness.protocols.udmi.judging.configs.sent_config import SentConfig
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import APPLIED, INVALID, HistoryBuilder, history


def the_first(told: HistoryBuilder, *, at: float = 30, cut_short: str | None = None) -> SentConfig:
    """The config called first, in a history that closes then."""
    return told.closed(at=at, cut_short=cut_short).config("first")


def test_state_on_the_limit_answers_in_time() -> None:
    the_first(history().sent("first").state(at=5)).is_answered(within(5))


def test_state_a_microsecond_beyond_the_limit_answers_late() -> None:
    with pytest.raises(NotObserved, match=r"within 5 s, but was after 5\.0 s"):
        the_first(history().sent("first").state(at=5.000001)).is_answered(within(5))


def test_answer_astride_the_limit_is_undecided() -> None:
    with pytest.raises(Undecided, match=r"3\.500 to 5\.500 s"):
        the_first(history(allowance=1).sent("first").state(at=5.5)).is_answered(within(5))


def test_state_before_the_config_is_no_answer() -> None:
    with pytest.raises(NotObserved, match="but none followed"):
        the_first(history().state(at=0).sent("first")).is_answered(within(5))


def test_config_without_an_answer_in_all_the_time_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match="but none followed"):
        the_first(history().sent("first"), at=5).is_answered(within(5))


def test_config_that_was_not_watched_to_the_limit_is_undecided() -> None:
    with pytest.raises(Undecided, match=r"watched for 5\.0 s only"):
        the_first(history().sent("first"), at=4.999999).is_answered(within(5))


def test_config_that_was_not_watched_as_the_scenario_was_cut_short_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        the_first(history().sent("first"), at=4, cut_short="in vain").is_answered(within(5))


def test_state_in_flight_is_no_answer() -> None:
    with pytest.raises(NotObserved, match="but none followed"):
        the_first(history().sending("first").state(at=0.5).arrived(at=1)).is_answered(within(5))


def test_state_that_names_the_config_is_an_answer_though_its_puback_comes_later() -> None:
    the_first(history().sending("first").state(at=1, last_config=0).arrived(at=9)).is_answered(within(5))


def test_state_that_names_an_older_config_is_no_answer() -> None:
    told = history().sent("older").sent("first", at=1).state(at=2, last_config=0)

    with pytest.raises(NotObserved, match="but none followed"):
        the_first(told).is_answered(within(5))


def test_device_that_names_configs_has_answered_when_it_names_this_one() -> None:
    told = history().sent("older").sent("first", at=1).state(at=2, last_config=0).state(at=6.000001, last_config=1)

    with pytest.raises(NotObserved, match=r"within 5 s, but was after 5\.0 s"):
        the_first(told).is_answered(within(5))


def test_config_is_named_on_the_limit() -> None:
    told = history().sent("older").sent("first", at=1).state(at=2, last_config=0).state(at=6, last_config=1)

    the_first(told).is_named(within(5))


def test_config_is_named_late_a_microsecond_beyond_it() -> None:
    told = history().sent("first", at=1).state(at=6.000001, last_config=1)

    with pytest.raises(NotObserved, match=r"last_config should move within 5 s, but did after 5\.0 s"):
        the_first(told).is_named(within(5))


@pytest.mark.parametrize(
    ("last_config", "words"),
    [(0.999, r"2026-01-01T00:00:00\.999Z"), (None, r"\(absent\)"), (IllTyped("now"), "'now'")],
)
def test_name_that_no_config_ever_had_is_an_accusation_at_once(
    last_config: float | IllTyped | None, words: str
) -> None:
    told = history().sent("older").sent("first", at=1).state(at=2, last_config=last_config)

    with pytest.raises(NotObserved, match=f"2026-01-01T00:00:01Z, but is {words}"):
        the_first(told, at=3).is_named(within(5))


@pytest.mark.parametrize(("closed", "verdict"), [(5.999999, Undecided), (6, NotObserved)])
def test_name_of_an_older_config_is_an_accusation_once_it_was_watched_to_the_limit(
    closed: float, verdict: type[Exception]
) -> None:
    told = history().sent("older").sent("first", at=1).state(at=2, last_config=0)

    with pytest.raises(verdict):
        the_first(told, at=closed).is_named(within(5))


def test_name_of_a_config_that_nothing_followed_is_undecided() -> None:
    with pytest.raises(Undecided, match="no state followed the config"):
        the_first(history().sent("first")).is_named(within(5))


def test_state_after_the_next_config_does_not_answer_the_first() -> None:
    told = history().sent("first").sent("second", at=1).state(at=2, last_config=0)

    with pytest.raises(Undecided, match="no state followed the config"):
        the_first(told).is_named(within(5))


def test_config_that_the_next_one_follows_is_watched_up_to_there() -> None:
    with pytest.raises(Undecided, match=r"watched for 1\.0 s only"):
        the_first(history().sent("first").sent("second", at=1)).is_answered(within(5))


def test_burst_that_is_answered_by_its_last_config_waits_for_no_queue() -> None:
    told = history().sent("one").sent("two", at=1).sent("first", at=2).state(at=2, last_config=0)

    the_first(told.state(at=3, last_config=2)).waits_for_no_queue(longer_than=1)


def test_state_that_is_repeated_is_no_queue() -> None:
    told = history().sent("one").sent("first", at=2).state(at=2, last_config=0).state(at=3, last_config=0)

    the_first(told.state(at=4, last_config=2)).waits_for_no_queue(longer_than=1)


def test_burst_that_is_answered_config_by_config_is_an_accusation() -> None:
    told = history().sent("one").sent("two", at=1).sent("first", at=2).state(at=2, last_config=0)

    with pytest.raises(NotObserved, match="2 earlier"):
        the_first(told.state(at=3, last_config=1).state(at=4, last_config=2)).waits_for_no_queue(longer_than=1)


def test_queue_before_a_config_that_is_never_named_is_undecided() -> None:
    with pytest.raises(Undecided, match="no state named the config"):
        the_first(history().sent("first", at=2).state(at=3, last_config=0)).waits_for_no_queue(longer_than=1)


def test_point_that_is_left_alone_passes() -> None:
    the_first(history().sent("first", damper=30.0).state(at=1, damper=APPLIED)).leaves_other_points_alone()


def test_point_that_got_a_value_state_unasked_is_an_accusation() -> None:
    told = history().sent("first", damper=30.0).state(at=1, damper=INVALID, valve=INVALID)

    with pytest.raises(NotObserved, match="valve was not written and should have no value_state, but is invalid"):
        the_first(told).leaves_other_points_alone()


def test_value_state_after_the_next_config_is_no_matter() -> None:
    told = history().sent("first", damper=30.0).state(at=1, damper=APPLIED).sent("second", at=2, valve=30.0)

    the_first(told.state(at=3, damper=APPLIED, valve=APPLIED)).leaves_other_points_alone()


def test_config_that_writes_every_point_leaves_none_to_look_at() -> None:
    told = history().sent("first", damper=30.0, valve=30.0).state(at=1, damper=APPLIED, valve=APPLIED)

    with pytest.raises(NotApplicable, match="every point of the profile was written"):
        the_first(told).leaves_other_points_alone()


def test_points_that_no_state_speaks_of_are_undecided() -> None:
    with pytest.raises(Undecided, match="no state of a point that was not written"):
        the_first(history().sent("first", damper=30.0)).leaves_other_points_alone()


def test_answer_with_a_new_etag_passes() -> None:
    the_first(history().sent("first", etag="a", damper=30.0).state(at=1, etag="b")).changes_the_etag()


def test_answer_with_the_etag_of_before_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match="it is still 'a'"):
        the_first(history().sent("first", etag="a", damper=30.0).state(at=1, etag="a")).changes_the_etag()


def test_change_of_the_etag_does_not_concern_a_device_that_sends_none() -> None:
    first = the_first(history().state(at=0, etag=None).sent("first", etag=None, damper=30.0).state(at=1, etag=None))

    with pytest.raises(NotApplicable, match="the device sends no etags"):
        first.changes_the_etag()
    with pytest.raises(NotApplicable, match="the device sends no etags"):
        first.rests_on_an_etag()


def test_config_without_an_etag_could_not_be_tested_where_the_device_sends_some() -> None:
    first = the_first(history().state(at=0, etag="a").sent("first", etag=None, damper=30.0).state(at=1, etag="b"))

    with pytest.raises(CouldNotTest, match="the config carries no etag"):
        first.rests_on_an_etag()


@pytest.mark.parametrize("etag", [None, IllTyped(17)])
def test_answer_without_an_etag_could_not_be_tested(etag: IllTyped | None) -> None:
    with pytest.raises(CouldNotTest, match="its answer carries no etag"):
        the_first(history().sent("first", etag="a", damper=30.0).state(at=1, etag=etag)).changes_the_etag()


@pytest.mark.parametrize(("etag", "observed"), [("a", "the etag stays"), ("b", "the etag changes")])
def test_etag_after_a_config_is_written_down(etag: str, observed: str) -> None:
    episode = history().state(at=0, etag="a").sent("first", at=1).state(at=2, etag=etag).closed(at=9)

    episode.config("first").observes_its_etag()

    assert episode.evidence.observed == [observed]


def test_etag_after_a_config_is_undecided_without_one_before() -> None:
    with pytest.raises(Undecided, match="no state came before the config"):
        the_first(history().sent("first").state(at=1)).observes_its_etag()


def test_config_that_rests_on_an_etag_of_before_is_outdated() -> None:
    the_first(history().state(at=0, etag="b").sent("first", at=1, etag="a", damper=30.0)).is_outdated()


@pytest.mark.parametrize("told", ["a", None])
def test_config_is_not_outdated_as_long_as_no_other_etag_was_told(told: str | None) -> None:
    with pytest.raises(NotObserved, match="should have told of another etag, but 'a' was the latest"):
        the_first(history().state(at=0, etag=told).sent("first", at=1, etag="a", damper=30.0)).is_outdated()


def test_config_is_not_outdated_by_what_is_told_later() -> None:
    with pytest.raises(NotObserved, match="should have told of another etag"):
        the_first(history().sent("first", etag="a", damper=30.0).state(at=1, etag="b")).is_outdated()


@pytest.mark.parametrize("etag", [None, IllTyped(17)])
def test_config_without_the_etag_of_a_state_is_not_outdated(etag: IllTyped | None) -> None:
    with pytest.raises(NotObserved, match="The config should carry the etag of a state"):
        the_first(history().state(at=0, etag="b").sent("first", at=1, etag=etag, damper=30.0)).is_outdated()


def test_config_that_met_what_it_rests_on_says_so() -> None:
    episode = history().state(at=0.5, etag="a").sending("write", at=1, etag="a", damper=30.0)
    episode = episode.state(at=1.5, etag="a").arrived(at=2).state(at=3, etag="b", last_config=1, damper=APPLIED)

    episode.closed(at=5).config("write").met_what_it_rests_on()


def test_config_that_was_overtaken_by_a_change_is_told() -> None:
    episode = history().state(at=0.5, etag="a").sending("write", at=1, etag="a", damper=30.0)
    episode = episode.state(at=1.5, etag="b").arrived(at=2).state(at=3, etag="c", last_config=1, damper=INVALID)

    with pytest.raises(NotObserved, match="that had become 'b'"):
        episode.closed(at=5).config("write").met_what_it_rests_on()


def test_config_that_every_later_state_names_is_named_from_then_on() -> None:
    told = history().sent("first").state(at=0.5).state(at=1, last_config=0).state(at=9, last_config=0)

    the_first(told).is_named_from_then_on()


def test_state_that_names_another_config_unasked_is_an_accusation() -> None:
    told = history().sent("zeroth", at=-5).sent("first").state(at=1, last_config=0).state(at=9, last_config=-5)

    with pytest.raises(NotObserved, match="every state should name the same"):
        the_first(told).is_named_from_then_on()


def test_device_that_says_no_more_names_no_other() -> None:
    with pytest.raises(NotApplicable, match="no more to say"):
        the_first(history().sent("first").state(at=1, last_config=0)).is_named_from_then_on()
