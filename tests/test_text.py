"""Text from a device does no harm where it is shown."""

from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.text import (
    brief,
    counted,
    css_text,
    markdown_text,
    parts_by_ticks,
    plural,
    printable,
    printable_lines,
    shell_word,
)


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
def test_lines_escape_what_does_not_print(text: str, shown: str) -> None:
    assert printable_lines(text) == shown


def test_lines_that_are_cut_tell_their_length() -> None:
    assert printable_lines("x" * 1_000_000, 10) == "xxxxxxxxxx… (1,000,000 characters)"


@given(st.text(st.characters()))
@settings(derandomize=True, deadline=None, database=None)
def test_any_text_prints(text: str) -> None:
    assert printable_lines(text).replace("\n", "").isprintable()


def test_line_is_cut_at_the_length_that_is_asked_for() -> None:
    assert printable("x" * 1_000_000, 10) == "xxxxxxxxxx…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("°C ✓ 温度", "°C ✓ 温度"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\x00\x07\x7f\x9b", "\\x00\\x07\\x7f\\x9b"),
        ("\u202eevil\u2028", "\\u202eevil\\u2028"),
        ("\ud800", "\\ud800"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_line_escapes_what_does_not_print(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("length", [201, 10_000_000])
def test_line_is_cut_where_it_is_too_long(length: int) -> None:
    assert printable("x" * length) == "x" * 200 + "…"


@pytest.mark.parametrize(
    "raw",
    ["x" * 10_000, list(range(10_000)), {str(number): 0 for number in range(10_000)}, [[[[[[]]]]]] * 99, 7**4000],
    ids=["string", "list", "object", "lists", "integer"],
)
def test_huge_value_is_told_in_a_few_words(raw: object) -> None:
    assert len(brief(raw)) <= 201


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("[a](javascript:x) <b>", r"\[a\](javascript:x) \<b\>"),
        ("# no\nheading", r"\# no heading"),
        ("a|b", r"a\|b"),
        ("\x1b", r"\\x1b"),
    ],
)
def test_markdown_text_has_no_markup(text: str, shown: str) -> None:
    assert markdown_text(text) == shown


@given(st.text(st.characters()))
@settings(derandomize=True, deadline=None, database=None)
def test_any_text_is_one_line_that_prints(text: str) -> None:
    assert printable(text).isprintable()
    assert markdown_text(text).isprintable()
    assert shell_word(text).isprintable()


@given(st.text(st.characters()))
@settings(derandomize=True, deadline=None, database=None)
def test_any_text_is_text_in_xml(text: str) -> None:
    element = Element("story")
    element.text = printable_lines(text)

    assert fromstring(tostring(element)).text == (element.text or None)  # noqa: S314 - written a line before


@pytest.mark.parametrize(("count", "told"), [(0, "0 states"), (1, "1 state"), (2, "2 states")])
def test_noun_agrees_with_its_count(count: int, told: str) -> None:
    assert counted(count, "state") == told


def test_word_that_takes_no_s_is_given_for_more() -> None:
    assert [counted(count, "is", "are") for count in (1, 2)] == ["1 is", "2 are"]
    assert [plural(count, "once", "again") for count in (1, 2)] == ["once", "again"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("`setpoint doctor` looks for why", [("setpoint doctor", True), (" looks for why", False)]),
        ("either `a` or `b`", [("either ", False), ("a", True), (" or ", False), ("b", True)]),
        ("no code", [("no code", False)]),
        ("a lone ` stays", [("a lone ` stays", False)]),
        ("`a` and a lone `", [("a", True), (" and a lone `", False)]),
        ("", []),
    ],
)
def test_text_falls_into_parts_by_its_backticks(text: str, parts: list[tuple[str, bool]]) -> None:
    assert list(parts_by_ticks(text)) == parts


@given(st.text())
def test_text_within_a_string_of_css_has_nothing_that_could_end_it(text: str) -> None:
    assert set(css_text(text)) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\\ ")


def test_text_within_a_string_of_css_is_what_it_was() -> None:
    assert css_text('A-1"; }') == "A\\2d 1\\22 \\3b \\20 \\7d "
