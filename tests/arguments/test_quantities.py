"""Seconds and counts that an operator types."""

import argparse

import pytest

from harness.arguments.quantities import count_of, seconds


@pytest.mark.parametrize(("typed", "read"), [("20", 20.0), ("0.5", 0.5), ("1e3", 1000.0)])
def test_seconds_are_read(typed: str, read: float) -> None:
    assert seconds(typed) == read


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("soon", "'soon' is no number"),
        ("0", "0 is not more"),
        ("-1", "-1 is not more"),
        ("inf", "inf is"),
        ("nan", "nan"),
    ],
)
def test_seconds_that_are_none_are_refused(typed: str, problem: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=problem):
        seconds(typed)


@pytest.mark.parametrize("typed", ["1", "1000"])
def test_count_is_read(typed: str) -> None:
    assert count_of("devices", at_most=1000)(typed) == int(typed)


@pytest.mark.parametrize("typed", ["0", "1001", "-1", "1.5", "many", "", "²"])
def test_count_out_of_its_range_is_refused(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is no number of devices; expected 1 to 1000"):
        count_of("devices", at_most=1000)(typed)


def test_count_without_an_end_says_so() -> None:
    assert count_of("sequences")("1000000") == 1_000_000
    with pytest.raises(argparse.ArgumentTypeError, match="'0' is no number of sequences; expected 1 or more"):
        count_of("sequences")("0")
