"""How the values of telemetry are spelt."""

import pytest

from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.values import Field, IllTyped, Value
from harness.protocols.udmi.judging.telemetry.reported_values import ReportedValues
from tests.protocols.udmi.judging.history_builder import history


def values(**readings: Field[Value]) -> ReportedValues:
    """Of one telemetry."""
    return history().telemetry(at=1, **readings).closed(at=9).values


@pytest.mark.parametrize("text", ["21.5", "-3", "+3", "1e3", ".5", " 7 ", "0"])
def test_number_in_quotes_is_an_accusation(text: str) -> None:
    with pytest.raises(NotObserved, match="damper shows a number"):
        values(damper=text).are_no_quoted_numbers()


@pytest.mark.parametrize("value", [21.5, True, "auto", "", "nan", "1.2.3", "10:30", "0x10"])
def test_anything_else_is_no_number_in_quotes(value: Value) -> None:
    values(damper=value).are_no_quoted_numbers()


def test_third_decimal_is_noticed() -> None:
    with pytest.raises(NotObserved, match="two decimals at most"):
        values(damper=21.555).have_at_most_two_decimals()


@pytest.mark.parametrize("value", [21, 21.55, 1e300, True, "21.555"])
def test_other_values_have_no_third_decimal(value: Value) -> None:
    values(damper=value).have_at_most_two_decimals()


def test_without_a_value_there_is_nothing_to_judge() -> None:
    with pytest.raises(Undecided, match="no telemetry showed a value"):
        values(damper=IllTyped({})).are_no_quoted_numbers()
