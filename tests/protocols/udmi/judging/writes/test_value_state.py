"""When a point became what it was to become, and whether it was watched for long enough."""

import pytest

from harness.judging.history import BrokenScenarioError
from harness.judging.timing.window import at, within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided, Undocumented
from harness.payload.values import Field, IllTyped
from harness.protocols.udmi.words.messages import ValueState
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import APPLIED, FAILURE, INVALID, OVERRIDDEN, UPDATING, history


def test_report_on_the_limit_is_in_time() -> None:
    write = history().sent("write", damper=30.0).state(at=5, damper=APPLIED).closed(at=9).write("write")

    assert write.becomes(APPLIED, within(5)).value_state is APPLIED


def test_report_a_microsecond_beyond_the_limit_is_late() -> None:
    write = history().sent("write", damper=30.0).state(at=5.000001, damper=APPLIED).closed(at=9).write("write")

    with pytest.raises(NotObserved, match=r"damper should become applied within 5 s, but after 5\.0 s\."):
        write.becomes(APPLIED, within(5))


def test_report_a_microsecond_before_the_window_is_early() -> None:
    write = history().sent("write", damper=30.0).state(at=54.999999, damper=FAILURE).closed(at=70).write("write")

    with pytest.raises(NotObserved, match="at 60 s, give or take 5"):
        write.becomes(FAILURE, at(60, give_or_take=5))


def test_first_report_decides_not_a_later_one_inside_the_window() -> None:
    told = history().sent("write", damper=30.0).state(at=20, damper=FAILURE).state(at=60, damper=FAILURE)

    with pytest.raises(NotObserved, match=r"but after 20\.0 s"):
        told.closed(at=70).write("write").becomes(FAILURE, at(60, give_or_take=5))


def test_report_astride_the_limit_for_the_way_it_may_have_had_is_undecided() -> None:
    told = history(allowance=1).sent("write", damper=30.0).state(at=5.5, damper=APPLIED)

    with pytest.raises(Undecided, match=r"3\.500 to 5\.500 s"):
        told.closed(at=9).write("write").becomes(APPLIED, within(5))


def test_report_beyond_the_limit_and_both_ways_is_late() -> None:
    told = history(allowance=1).sent("write", damper=30.0).state(at=7.000001, damper=APPLIED)

    with pytest.raises(NotObserved, match=r"after 5\.0 to 7\.0 s"):
        told.closed(at=9).write("write").becomes(APPLIED, within(5))


def test_report_astride_the_limit_for_a_slow_puback_is_undecided() -> None:
    told = history().sending("write", damper=30.0).arrived(at=1).state(at=5.5, damper=APPLIED)

    with pytest.raises(Undecided, match=r"4\.500 to 5\.500 s"):
        told.closed(at=9).write("write").becomes(APPLIED, within(5))


def test_state_that_was_never_reported_in_all_the_time_is_an_accusation() -> None:
    write = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).closed(at=20).write("write")

    with pytest.raises(NotObserved, match="but never did"):
        write.becomes(APPLIED, within(20))


def test_state_that_was_not_watched_for_to_the_limit_is_undecided() -> None:
    write = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).closed(at=19.999999).write("write")

    with pytest.raises(Undecided, match=r"watched for 20\.0 s only"):
        write.becomes(APPLIED, within(20))


def test_state_that_was_not_watched_for_as_the_scenario_was_cut_short_could_not_be_tested() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING)

    with pytest.raises(CouldNotTest, match="waited in vain"):
        told.closed(at=19, cut_short="waited in vain").write("write").becomes(APPLIED, within(20))


def test_state_that_was_not_watched_for_as_our_scenario_fell_over_is_our_fault() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING)

    with pytest.raises(BrokenScenarioError, match="of ours"):
        told.closed(at=19, our_fault="ZeroDivisionError: of ours").write("write").becomes(APPLIED, within(20))


def test_state_that_was_not_watched_for_as_the_profile_lacks_a_point_is_not_applicable() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING)

    with pytest.raises(NotApplicable, match="no point is slow"):
        told.closed(at=19, not_applicable="no point is slow").write("write").becomes(APPLIED, within(20))


@pytest.mark.parametrize(("closed", "verdict"), [(20.999999, Undecided), (21, NotObserved)])
def test_time_of_watching_counts_from_when_the_config_had_surely_arrived(
    closed: float, verdict: type[Exception]
) -> None:
    told = history(allowance=1).sent("write", damper=30.0).state(at=2, damper=UPDATING)

    with pytest.raises(verdict):
        told.closed(at=closed).write("write").becomes(APPLIED, within(20))


def test_report_in_time_counts_though_the_scenario_was_cut_short() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING)
    write = told.closed(at=3, cut_short="interrupted").write("write")

    assert write.becomes(UPDATING, within(5)).value_state is UPDATING


def test_silence_is_no_evidence_however_long_it_lasts() -> None:
    with pytest.raises(Undecided):
        history().sent("write", damper=30.0).closed(at=100).write("write").becomes(APPLIED, within(20))


def test_time_since_a_provocation_is_measured_from_there() -> None:
    told = history().sent("write", damper=30.0).provoked("taken", at=10).state(at=12, damper=OVERRIDDEN)
    episode = told.closed(at=20)

    report = episode.write("write").becomes(OVERRIDDEN, within(5), since=episode.provocation("taken"))

    assert report.value_state is OVERRIDDEN


def test_failure_at_the_documented_time_passes() -> None:
    told = history(time_to_failure=30).sent("write", damper=30.0).state(at=32, damper=FAILURE)

    episode = told.closed(at=40)

    episode.write("write").fails_as_documented(episode.documented_time_to_failure, give_or_take=5)


def test_failure_that_no_profile_documents_is_not_applicable() -> None:
    told = history().sent("write", damper=30.0).state(at=32, damper=FAILURE)

    with pytest.raises(Undocumented, match="time_to_failure = SECONDS"):
        _ = told.closed(at=40).documented_time_to_failure


@pytest.mark.parametrize("said", [UPDATING, None])
def test_write_that_is_not_settled_at_once_takes_its_time(said: ValueState | None) -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=said).state(at=4, damper=APPLIED)

    told.closed(at=9).write("write").takes_its_time()


def test_write_of_which_nothing_was_said_takes_its_time_if_it_was_watched_to_the_end() -> None:
    history().sent("write", damper=30.0).closed(at=9).write("write").takes_its_time()

    with pytest.raises(CouldNotTest, match="no more"):
        history().sent("write", damper=30.0).closed(at=9, cut_short="no more").write("write").takes_its_time()


@pytest.mark.parametrize("said", [APPLIED, FAILURE, INVALID, OVERRIDDEN])
def test_write_that_settles_at_once_takes_no_time(said: ValueState) -> None:
    write = history().sent("write", damper=30.0).state(at=1, damper=said).closed(at=9).write("write")

    with pytest.raises(NotObserved, match=f"but was {said} at once"):
        write.takes_its_time()


@pytest.mark.parametrize("word", [IllTyped([1]), IllTyped({"is": "late"}), IllTyped("busy"), None])
def test_point_that_says_no_word_of_the_schema_is_accused_without_more_ado(word: Field[ValueState]) -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=word).closed(at=30)

    with pytest.raises(NotObserved, match="should become applied within 20 s, but never did"):
        told.write("write").becomes(APPLIED, within(20))
