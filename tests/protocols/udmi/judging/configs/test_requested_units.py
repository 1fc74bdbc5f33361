"""The units that a config asked for, and those that the device took."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.values import Value
from harness.protocols.udmi.judging.configs.requested_units import RequestedUnits
from harness.protocols.udmi.words.messages import PointState, Status
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history

IN_TIME = within(10)


def asked(before: Value | None = 20.0, units: str | None = "Fahrenheit") -> HistoryBuilder:
    """The damper showed this before it was asked for in these units."""
    told = history() if before is None else history().telemetry(at=0, damper=before)
    return told.asked("units", at=1, units=units)


def units(told: HistoryBuilder) -> RequestedUnits:
    """In a history that closes then."""
    return told.closed(at=30).units("units")


@pytest.mark.parametrize("named", ["Fahrenheit", None, ""])
def test_units_may_be_named_or_left_out(named: str | None) -> None:
    units(asked().point_list(at=2, damper=PointState(units=named))).are_named(IN_TIME)


def test_other_units_are_an_accusation() -> None:
    with pytest.raises(NotObserved, match="should be in Fahrenheit within 10 s, but one says 'Celsius'"):
        units(asked().point_list(at=2, damper=PointState(units="Celsius"))).are_named(IN_TIME)


def test_value_that_changes_is_in_other_units() -> None:
    units(asked().telemetry(at=2, damper=68.0)).change_the_value()


def test_value_that_stays_is_not_in_other_units() -> None:
    with pytest.raises(NotObserved, match=r"still shows 20\.0"):
        units(asked().telemetry(at=2, damper=20.0)).change_the_value()


@pytest.mark.parametrize("value", [0, 0.0, True, "auto"])
def test_value_that_no_units_change_proves_nothing(value: Value) -> None:
    with pytest.raises(NotApplicable, match="which no units change"):
        units(asked(value).telemetry(at=2, damper=value)).change_the_value()


def test_value_that_was_never_shown_is_undecided() -> None:
    with pytest.raises(Undecided, match="no telemetry of damper"):
        units(asked(None).telemetry(at=2, damper=68.0)).change_the_value()


def test_units_that_are_invalid_are_refused() -> None:
    status = Status("Point damper does not come in these", "pointset.point.invalid", 500, 0.0)

    units(asked().point_list(at=2, damper=PointState(status=status))).are_refused()


def test_units_that_nothing_is_said_of_are_not_refused() -> None:
    with pytest.raises(NotObserved, match=r"has category \(absent\)"):
        units(asked().point_list(at=2, damper=PointState())).are_refused()


def test_config_without_units_asks_for_none() -> None:
    with pytest.raises(CouldNotTest, match="asks for no units"):
        units(asked(units=None)).are_named(IN_TIME)
