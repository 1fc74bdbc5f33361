"""The value_state of a point over time: which it kept, which errors it reported, and its end."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.words.messages import PointState, Status
from tests.protocols.udmi.judging.history_builder import (
    APPLIED,
    FAILURE,
    INVALID,
    OVERRIDDEN,
    UPDATING,
    HistoryBuilder,
    history,
)

FAILED = PointState(FAILURE, Status("Point damper does not answer", level=500))
STILL_FAILED = PointState(APPLIED, FAILED.status)


def broken_and_mended() -> HistoryBuilder:
    """A write that failed, and whose point was mended after ten seconds."""
    return history().sent("write", damper=30.0).state(at=2, damper=FAILED).provoked("mended", at=10)


def test_point_that_every_report_says_the_same_of_remains_so() -> None:
    history().sent("write", damper=30.0).state(at=2).state(at=3).closed(at=9).write("write").remains(None)


def test_point_that_one_report_says_otherwise_of_does_not_remain_so() -> None:
    told = history().sent("write", damper=30.0).state(at=2).state(at=3, damper=INVALID).state(at=4)

    with pytest.raises(NotObserved, match=r"damper should remain \(absent\), but became invalid"):
        told.closed(at=9).write("write").remains(None)


def test_point_that_becomes_so_only_later_does_not_remain_so() -> None:
    told = history().sent("write", damper=30.0).state(at=2).state(at=3, damper=APPLIED)

    with pytest.raises(NotObserved, match=r"damper should remain applied, but became \(absent\)"):
        told.closed(at=9).write("write").remains(APPLIED)


def test_point_that_nobody_heard_of_may_not_remain_so() -> None:
    with pytest.raises(Undecided, match="nothing was reported of damper"):
        history().sent("write", damper=30.0).closed(at=9).write("write").remains(None)


def test_point_in_a_scenario_that_was_cut_short_may_not_remain_so() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        history().sent("write", damper=30.0).state(at=2).closed(at=9, cut_short="in vain").write("write").remains(None)


def test_state_that_may_have_left_before_the_config_arrived_is_not_held_against_the_device() -> None:
    told = history(allowance=1.0).sent("write", at=1, damper=30.0).state(at=2.9, damper=INVALID).state(at=3.5)

    told.closed(at=9).write("write").remains(None)


def test_state_that_names_the_config_had_it_however_soon_it_came() -> None:
    told = history(allowance=1.0).sent("write", at=1, damper=30.0).state(at=1.1, last_config=1, damper=INVALID)

    with pytest.raises(NotObserved, match=r"damper should remain \(absent\), but became invalid"):
        told.closed(at=9).write("write").remains(None)


def test_state_that_names_the_config_and_takes_back_what_was_applied_is_no_stay() -> None:
    told = history(allowance=1.0).sent("write", at=1, damper=30.0).state(at=1.1, last_config=1, damper=APPLIED)

    with pytest.raises(NotObserved, match="damper should stay applied, but became failure"):
        told.state(at=2.1, last_config=1, damper=FAILURE).closed(at=9).write("write").stays(APPLIED)


def test_point_that_stays_and_is_heard_of_again_passes() -> None:
    told = history().sent("write", damper=30.0).state(at=1).state(at=2, damper=APPLIED).telemetry(at=4, damper=30.0)

    told.closed(at=9).write("write").stays(APPLIED)


def test_point_that_does_not_stay_is_accused() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).state(at=4, damper=FAILURE)

    with pytest.raises(NotObserved, match="damper should stay applied, but became failure"):
        told.closed(at=9).write("write").stays(APPLIED)


def test_point_that_is_not_heard_of_again_may_not_have_stayed() -> None:
    told = history().sent("write", damper=30.0, expiry=5).state(at=2, damper=APPLIED)
    write = told.closed(at=9).write("write")

    with pytest.raises(Undecided, match="nothing was heard of damper after its expiry"):
        write.stays(APPLIED, until=write.expiry)


def test_single_report_is_no_evidence_that_it_stayed_so() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED)

    with pytest.raises(Undecided, match="nothing was heard of damper after"):
        told.closed(at=9).write("write").stays(APPLIED)


def test_point_in_a_scenario_that_was_cut_short_may_not_have_stayed() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).telemetry(at=4, damper=30.0)

    with pytest.raises(CouldNotTest, match="in vain"):
        told.closed(at=9, cut_short="in vain").write("write").stays(APPLIED)


def test_point_that_was_never_so_cannot_stay_so() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).state(at=4, damper=UPDATING)

    with pytest.raises(CouldNotTest, match="damper was never applied"):
        told.closed(at=9).write("write").stays(APPLIED)


def test_change_after_the_act_up_to_which_it_was_to_stay_is_no_matter() -> None:
    told = history().sent("write", damper=30.0, expiry=5).state(at=2, damper=APPLIED).state(at=5, damper=None)
    write = told.closed(at=9).write("write")

    write.stays(APPLIED, until=write.expiry)


def test_change_a_microsecond_before_that_act_is_accused() -> None:
    told = history().sent("write", damper=30.0, expiry=5).state(at=2, damper=APPLIED).state(at=4.999999, damper=None)
    write = told.state(at=6).closed(at=9).write("write")

    with pytest.raises(NotObserved, match=r"damper should stay applied until its expiry, but became \(absent\)"):
        write.stays(APPLIED, until=write.expiry)


def test_error_that_is_asked_for_is_the_first_of_its_kind() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=OVERRIDDEN).state(at=3, damper=FAILURE)

    assert told.closed(at=9).write("write").in_error(FAILURE).value_state is FAILURE


def test_any_error_will_do_where_none_is_named() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=OVERRIDDEN).state(at=3, damper=FAILURE)

    assert told.closed(at=9).write("write").in_error().value_state is OVERRIDDEN


def test_point_without_an_error_has_none_to_judge() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).closed(at=9)

    with pytest.raises(CouldNotTest, match="never reported an error state"):
        told.write("write").in_error()


def test_point_ends_as_what_it_reports_last() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).state(at=3, damper=APPLIED)

    told.closed(at=9).write("write").ends_as(APPLIED)


def test_point_that_reports_something_else_last_is_accused() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).state(at=3, damper=UPDATING)

    with pytest.raises(NotObserved, match="damper should end as applied, but does not"):
        told.closed(at=9).write("write").ends_as(APPLIED)


def test_end_of_a_point_that_nobody_heard_of_is_undecided() -> None:
    with pytest.raises(Undecided, match="nothing was reported"):
        history().sent("write", damper=30.0).closed(at=9).write("write").ends_as(APPLIED)


def test_status_that_is_gone_once_the_point_is_mended_clears() -> None:
    episode = broken_and_mended().state(at=12, damper=STILL_FAILED).state(at=15, damper=APPLIED).closed(at=20)

    episode.write("write").clears(within(5), since=episode.provocation("mended"))


def test_status_that_is_gone_too_late_is_accused() -> None:
    episode = broken_and_mended().state(at=12, damper=STILL_FAILED).state(at=15.000001, damper=APPLIED).closed(at=20)

    with pytest.raises(NotObserved, match=r"status of damper should clear within 5 s, but did after 5\.0 s"):
        episode.write("write").clears(within(5), since=episode.provocation("mended"))


def test_status_that_sticks_is_accused() -> None:
    episode = broken_and_mended().state(at=12, damper=STILL_FAILED).closed(at=15)

    with pytest.raises(NotObserved, match="applied again, but its status still tells of an error"):
        episode.write("write").clears(within(5), since=episode.provocation("mended"))


def test_status_that_was_not_watched_to_the_limit_is_undecided() -> None:
    episode = broken_and_mended().state(at=12, damper=STILL_FAILED).closed(at=14.999999)

    with pytest.raises(Undecided, match=r"watched for 5\.0 s only"):
        episode.write("write").clears(within(5), since=episode.provocation("mended"))
