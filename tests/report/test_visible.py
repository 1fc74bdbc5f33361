"""Text of a device's does no harm to who reads it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.report.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("damper_position 21.5 °C ✓ 温度", "damper_position 21.5 °C ✓ 温度"),
        ("a\x00b\x1b[31m", "a\\x00b\\x1b[31m"),
        ("ab\u202ecd\u2066e", "ab\\u202ecd\\u2066e"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\ud800", "\\ud800"),
        ("one\r\ntwo", "one\\r\ntwo"),
        ("e\u0301", "e\u0301"),
        ("e" + "\u0301" * 5, "e" + "\u0301" * 3 + "\\u0301\\u0301"),
    ],
    ids=ascii,
)
def test_what_does_not_print_is_written_as_its_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_long_text_is_cut_and_its_length_told() -> None:
    assert visible("x" * 1_000_000, 10) == "xxxxxxxxxx… (1,000,000 characters)"


@given(st.text(st.characters()))
@settings(derandomize=True, deadline=None, database=None)
def test_any_text_prints(text: str) -> None:
    assert visible(text).replace("\n", "").isprintable()
