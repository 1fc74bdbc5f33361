"""The part of a number that four bytes keep."""

import math

import pytest

from harness.payload.single_precision import in_single, is_single, looks_single, survivor, tolerance_for
from harness.protocols.udmi.profile_values import advice

SHOWN = 21.299999237060547  # what is left of 21.3


@pytest.mark.parametrize("number", [0, 0.0, 21.5, -18.25, 300, 2**24, 2.0**100, -0.0])
def test_number_that_fits_comes_back_as_it_was(number: float) -> None:
    assert in_single(number) == number
    assert tolerance_for(number) == 0
    assert not is_single(number, number)
    assert not looks_single(number)


def test_fraction_comes_back_a_little_less_or_more() -> None:
    assert in_single(21.3) == SHOWN
    assert is_single(SHOWN, 21.3)
    assert looks_single(SHOWN)


@pytest.mark.parametrize("number", [1e39, -1e300])
def test_number_that_is_too_large_is_infinite(number: float) -> None:
    assert in_single(number) == math.copysign(math.inf, number)


@pytest.mark.parametrize(("shown", "number"), [(21.3, 21.3), (21.29, 21.3), (SHOWN, 21.4), (True, 1), ("21.3", 21.3)])
def test_number_that_is_another_is_not_the_same_in_single_precision(shown: object, number: object) -> None:
    assert not is_single(shown, number)


@pytest.mark.parametrize("shown", [21.3, 0.1, 1 / 3, 20, "20", True, None, 1e300])
def test_number_of_double_precision_does_not_look_single(shown: object) -> None:
    assert not looks_single(shown)


@pytest.mark.parametrize(("number", "tolerance"), [(21.3, 1e-6), (0.1, 1e-8), (1234.56, 1e-4)])
def test_tolerance_takes_in_what_is_lost_and_little_more(number: float, tolerance: float) -> None:
    assert tolerance_for(number) == pytest.approx(tolerance)
    assert abs(in_single(number) - number) <= tolerance_for(number) <= 10 * abs(in_single(number) - number)


def test_advice_can_be_followed() -> None:
    assert advice("setpoint", 21.3) == (
        "in [points.setpoint], write tolerance = 1e-06, or good values that survive single precision, such as 21.25"
    )
    assert in_single(survivor(21.3)) == survivor(21.3)
