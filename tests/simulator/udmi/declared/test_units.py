"""Converting between units."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.payload.values import Value
from simulator.udmi.declared.units import converted, others


@pytest.mark.parametrize(
    ("value", "units", "to", "result"),
    [
        (20.0, "Degrees-Celsius", "Degrees-Fahrenheit", 68.0),
        (68.0, "Degrees-Fahrenheit", "Degrees-Celsius", 20.0),
        (-40, "Degrees-Celsius", "Degrees-Fahrenheit", -40),
        (250, "Pascals", "Kilopascals", 0.25),
        (0.25, "Kilopascals", "Pascals", 250),
    ],
)
def test_quantity_is_the_same_in_other_units(value: float, units: str, to: str, result: float) -> None:
    assert converted(value, units, to) == result


@pytest.mark.parametrize(
    ("units", "to"),
    [
        ("Percent", "Degrees-Celsius"),
        ("Degrees-Celsius", "Percent"),
        (None, "Degrees-Celsius"),
        ("Degrees-Celsius", None),
        (None, None),
        ("Pascals", "Degrees-Celsius"),
    ],
)
def test_value_without_a_scale_stays_as_it_is(units: str | None, to: str | None) -> None:
    assert converted(20.0, units, to) == 20.0


@pytest.mark.parametrize("value", [True, False, "auto"])
def test_value_that_is_no_number_stays_as_it_is(value: Value) -> None:
    assert converted(value, "Degrees-Celsius", "Degrees-Fahrenheit") is value


def test_value_in_the_same_units_keeps_its_type() -> None:
    assert repr(converted(20, "Degrees-Celsius", "Degrees-Celsius")) == "20"


@settings(derandomize=True, deadline=None, database=None)
@given(st.floats(-1000, 1000), st.sampled_from([("Degrees-Celsius", "Degrees-Fahrenheit"), ("Pascals", "Kilopascals")]))
def test_way_there_and_back_leads_home(value: float, between: tuple[str, str]) -> None:
    there = converted(value, *between)

    back = converted(there, *reversed(between))

    assert back == pytest.approx(value, abs=1e-3)


@pytest.mark.parametrize(
    ("units", "convertible"),
    [("Degrees-Celsius", ("Degrees-Fahrenheit",)), ("Kilopascals", ("Pascals",)), ("Percent", ()), (None, ())],
)
def test_other_units_are_those_of_the_same_quantity(units: str | None, convertible: tuple[str, ...]) -> None:
    assert others(units) == convertible


def test_value_that_would_be_too_large_stays_as_it_is() -> None:
    assert converted(1.5e308, "Degrees-Celsius", "Degrees-Fahrenheit") == 1.5e308
