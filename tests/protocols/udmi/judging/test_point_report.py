"""How well a point explains itself at one moment."""

from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.values import Field, IllTyped
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.words.messages import PointState, Status
from tests.protocols.udmi.judging.history_builder import APPLIED, FAILURE, OPENED, history

GOOD = Status("Point damper does not answer", "pointset.point.failure", 500, OPENED)


def report(state: PointState) -> PointReport:
    """The device's report of the damper."""
    return history().sent("write", damper=30.0).state(at=1, damper=state).closed(at=9).write("write").last_report


def test_status_with_every_field_explains_the_error() -> None:
    report(PointState(FAILURE, GOOD)).explains_itself()


@pytest.mark.parametrize("missing", ["message", "category", "level", "timestamp"])
def test_status_that_lacks_a_field_is_a_status_all_the_same(missing: str) -> None:
    report(PointState(FAILURE, replace(GOOD, **{missing: None}))).explains_itself()


@pytest.mark.parametrize(("status", "found"), [(None, "it has none"), (IllTyped("broken"), "that is 'broken'")])
def test_error_without_a_status_is_accused(status: IllTyped | None, found: str) -> None:
    with pytest.raises(NotObserved, match=f"should explain itself in a status, but {found}"):
        report(PointState(FAILURE, status)).explains_itself()


@pytest.mark.parametrize("status", [None, replace(GOOD, level=399), replace(GOOD, level=200)])
def test_point_with_a_mild_status_or_none_is_clear(status: Status | None) -> None:
    assert report(PointState(APPLIED, status)).is_clear


@pytest.mark.parametrize("status", [replace(GOOD, level=400), replace(GOOD, level=None), IllTyped("broken")])
def test_point_with_a_grave_or_odd_status_is_not_clear(status: Field[Status]) -> None:
    assert not report(PointState(APPLIED, status)).is_clear


def test_normal_level_passes() -> None:
    report(PointState(FAILURE, GOOD)).has_level(500)


@pytest.mark.parametrize("level", [400, IllTyped("ERROR")])
def test_other_level_is_accused(level: int | IllTyped) -> None:
    with pytest.raises(NotObserved, match="level of its status should be 500"):
        report(PointState(FAILURE, replace(GOOD, level=level))).has_level(500)


def test_other_category_is_accused() -> None:
    with pytest.raises(NotObserved, match=r"category of its status should be pointset\.point\.failure"):
        report(PointState(FAILURE, replace(GOOD, category="device.trouble"))).has_category("pointset.point.failure")


@pytest.mark.parametrize("status", [None, replace(GOOD, level=None)])
def test_level_that_is_not_there_could_not_be_tested(status: Status | None) -> None:
    with pytest.raises(CouldNotTest, match="has no status with a level"):
        report(PointState(FAILURE, status)).has_level(500)
