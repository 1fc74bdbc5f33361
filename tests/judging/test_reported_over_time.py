"""What a point remained or stayed, which errors it reported, and what came of it in the end."""

import pytest

from harness.judging.verdict import CouldNotTest, NotObserved, Undecided
from tests.judging.history_builder import APPLIED, FAILURE, INVALID, OVERRIDDEN, UPDATING, history


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

    with pytest.raises(Undecided, match="nothing was heard of damper after it expired"):
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

    with pytest.raises(NotObserved, match=r"damper should stay applied until it expired, but became \(absent\)"):
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


def test_outcome_is_what_was_reported_last() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).state(at=3, damper=APPLIED)

    assert told.closed(at=9).write("write").outcome() is APPLIED


def test_outcome_of_nothing_is_undecided() -> None:
    with pytest.raises(Undecided, match="nothing was reported"):
        history().sent("write", damper=30.0).closed(at=9).write("write").outcome()
