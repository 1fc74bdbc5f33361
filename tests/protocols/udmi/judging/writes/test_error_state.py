"""A point in an error state owes a status as long as it lasts; and a point of which nothing is said."""

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.words.messages import PointState, Status
from harness.protocols.udmi.words.status_levels import StatusLevel
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import APPLIED, FAILURE, INVALID, OPENED, history

WHY = Status("Point damper does not answer", "pointset.point.failure", 500, OPENED)
EXPLAINED, MUTE = PointState(FAILURE, WHY), PointState(FAILURE)


def test_status_that_every_state_repeats_passes() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=EXPLAINED).state(at=2, damper=EXPLAINED)

    told.closed(at=9).write("write").keeps_explaining_itself()


def test_status_that_is_said_once_is_accused() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=EXPLAINED).state(at=2, damper=MUTE)

    with pytest.raises(NotObserved, match="damper is failure and should explain itself in a status, but it has none"):
        told.closed(at=9).write("write").keeps_explaining_itself()


def test_status_of_another_error_state_is_another_one() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=EXPLAINED).state(at=2, damper=INVALID)

    with pytest.raises(NotApplicable, match="damper had no occasion to report its error state a second time"):
        told.closed(at=9).write("write").keeps_explaining_itself()


def test_status_that_was_never_there_is_another_clauses_question() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=MUTE).state(at=2, damper=MUTE)

    with pytest.raises(NotApplicable, match="and why"):
        told.closed(at=9).write("write").keeps_explaining_itself()


def test_refusal_is_the_first_report_that_says_so() -> None:
    told = history().sent("write", damper=30.0).state(at=1).state(at=2, damper=INVALID)

    assert told.closed(at=9).write("write").refusal().value_state is INVALID


def test_write_that_was_taken_owes_no_explanation() -> None:
    with pytest.raises(NotApplicable, match="damper was not refused"):
        history().sent("write", damper=30.0).state(at=1, damper=APPLIED).closed(at=9).write("write").refusal()


def test_refusal_without_any_report_is_undecided() -> None:
    with pytest.raises(Undecided, match="nothing was reported of damper"):
        history().sent("write", damper=30.0).closed(at=9).write("write").refusal()


def test_what_was_said_last_still_stands_where_nothing_follows() -> None:
    told = history().state(at=0).sent("write", at=1, damper=30.0).telemetry(at=2, damper=0.0)

    told.closed(at=9).write("write").remains(None)


def test_nothing_is_known_to_remain_without_a_sign_of_life() -> None:
    with pytest.raises(Undecided, match="nothing was reported of damper"):
        history().state(at=0).sent("write", at=1, damper=30.0).closed(at=9).write("write").remains(None)


def test_what_was_otherwise_before_is_not_known_to_remain() -> None:
    told = history().state(at=0, damper=APPLIED).sent("write", at=1, damper=30.0).telemetry(at=2, damper=0.0)

    with pytest.raises(Undecided, match="nothing was reported of damper"):
        told.closed(at=9).write("write").remains(None)


def test_what_remains_could_not_be_tested_where_the_scenario_was_cut_short() -> None:
    told = history().state(at=0).sent("write", at=1, damper=30.0).telemetry(at=2, damper=0.0)

    with pytest.raises(CouldNotTest, match="in vain"):
        told.closed(at=9, cut_short="in vain").write("write").remains(None)


@pytest.mark.parametrize("level", [499, 300, None])
def test_applied_point_may_tell_of_less_than_an_error(level: int | None) -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=PointState(APPLIED, Status("So", level=level)))

    told.closed(at=9).write("write").is_no_error(from_level=StatusLevel.ERROR)


@pytest.mark.parametrize("level", [500, 800])
def test_applied_point_with_an_error_is_accused(level: int) -> None:
    failed = PointState(APPLIED, Status("It did not answer", "device.trouble", level))
    told = history().sent("write", damper=30.0).state(at=1, damper=APPLIED).state(at=2, damper=failed)

    with pytest.raises(NotObserved, match=f"but has 'device.trouble' of level {level}"):
        told.closed(at=9).write("write").is_no_error(from_level=StatusLevel.ERROR)


def test_condition_that_stood_before_the_write_is_none_of_its_errors() -> None:
    worn = Status("A bearing is worn", "device.bearing", 500)
    told = history().state(at=-1, damper=PointState(None, worn)).sent("write", damper=30.0)

    told.state(at=1, damper=PointState(APPLIED, worn)).closed(at=9).write("write").is_no_error(
        from_level=StatusLevel.ERROR
    )


def test_error_of_a_point_that_was_never_applied_could_not_be_tested() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=EXPLAINED)

    with pytest.raises(CouldNotTest, match="damper was never applied"):
        told.closed(at=9).write("write").is_no_error(from_level=StatusLevel.ERROR)


def test_applied_point_in_the_category_of_an_error_is_accused() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=PointState(APPLIED, WHY))

    with pytest.raises(NotObserved, match=r"no status of an error .*, but has 'pointset\.point\.failure'"):
        told.closed(at=9).write("write").has_no_category_of(("pointset.point.failure",))
