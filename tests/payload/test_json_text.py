"""JSON as devices write it: what is against RFC 8259 is found, with its place."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.payload.fields import read_one, read_raw
from harness.payload.json_text import NoNumber, has_mark, parse, repeated_names

DEEP = 5_000
PIECES = (
    *'{}[]":,\\-+.eE0123456789 \t\n\x00\x7f\u00e9\ufeff\U0001f600',
    '"it":', '"it"', '{"it":1,', '"a":{', '"\\ud83d"', '"\\ud83d\\ude00"', '"\\x"', "'", "/*", "true", "null", "NaN",
    "1e400", "1" * 400, "-0", "-0.0", "0.1", "9007199254740993", "01", "1.",
)  # fmt: skip
SOUND = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda parts: st.lists(parts) | st.dictionaries(st.sampled_from(["it", "a"]) | st.text(), parts),
).map(json.dumps)


def _with_a_piece(text: str, start: int, end: int, piece: str) -> str:
    return text[: min(start, end)] + piece + text[max(start, end) :]


TEXTS = SOUND | st.builds(_with_a_piece, SOUND, st.integers(0, 50), st.integers(0, 50), st.sampled_from(PIECES))


@given(TEXTS)
def test_text_is_read_as_python_reads_it(text: str) -> None:
    assert _told(lambda: parse(text)[0]) == _told(lambda: json.loads(text, parse_constant=lambda _: None))


@given(TEXTS, st.binary(max_size=2), st.integers(0, 100))
def test_one_field_is_read_as_with_all_others(text: str, odd: bytes, place: int) -> None:
    whole = text.encode()
    payload = whole[:place] + odd + whole[place:]

    assert repr(read_one(payload, "it")) == repr(read_raw(payload, []).get("it"))


def _told(read: Callable[[], object]) -> str:
    """Whether 1 is 1.0 or true matters, as does the sign of zero."""
    try:
        return repr(read())
    except ValueError:
        return "none"


def test_text_that_is_json_has_no_literal_that_json_lacks() -> None:
    assert parse('{"a": [1.5, "NaN", null]}') == ({"a": [1.5, "NaN", None]}, [])


def test_literals_that_json_lacks_are_named_by_their_places_in_order() -> None:
    raw, literals = parse('{"a": {"b": NaN}, "c": [0, -Infinity], "d": Infinity}')

    assert raw == {"a": {"b": None}, "c": [0, None], "d": None}
    assert literals == [
        NoNumber(("a", "b"), "NaN"),
        NoNumber(("c", "1"), "-Infinity"),
        NoNumber(("d",), "Infinity"),
    ]


def test_literal_that_is_the_whole_text_has_no_place() -> None:
    assert parse("NaN") == (None, [NoNumber((), "NaN")])


@pytest.mark.parametrize("text", ["nan", "{", "", '{"a": inf}', '{"a": +Infinity}'])
def test_what_cannot_be_read_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="line 1 column"):
        parse(text)


def test_literal_that_another_field_of_its_name_replaced_is_found_all_the_same() -> None:
    assert parse('{"a": NaN, "a": 1}') == ({"a": 1}, [NoNumber((), "NaN")])


def test_literal_deep_in_a_text_is_found() -> None:
    _, literals = parse('{"a": ' * 400 + "NaN" + "}" * 400)

    assert literals == [NoNumber(("a",) * 400, "NaN")]


@pytest.mark.parametrize(
    ("payload", "places"),
    [
        (b'{"a": 1, "b": {"a": 2}}', []),
        (b'{"a": 1, "a": 1}', [("a",)]),
        (b'{"a": 1, "a": 2, "a": 3}', [("a",)]),
        (b'{"a": 1, "\\u0061": 2}', [("a",)]),
        (b'{"x": [{"a": 1}, {"b": 1, "c": 0, "b": 2, "c": 0}]}', [("x", "1", "b"), ("x", "1", "c")]),
        (b'{"x": {"a": 1, "a": 2}, "x": {}}', [("x",)]),
        (b'\xef\xbb\xbf{"a": 1, "a": 2}', [("a",)]),
        (b'{"a": NaN, "a": 2}', [("a",)]),
        (b'{"a": 1, "a": ', []),
        (b"", []),
        (b"[" * DEEP, []),
    ],
)
def test_names_that_an_object_has_more_than_once_are_found(payload: bytes, places: list[tuple[str, ...]]) -> None:
    assert repeated_names(payload) == places


def test_of_thousands_of_names_that_stand_twice_the_first_are_named() -> None:
    pairs = ", ".join(f'"n{number}": 0, "n{number}": 1' for number in range(1_000))

    assert repeated_names(f"{{{pairs}}}".encode()) == [(f"n{number}",) for number in range(50)]


@pytest.mark.parametrize(("payload", "marked"), [(b"\xef\xbb\xbf{}", True), (b"{}", False), (b"\xff\xfe{", False)])
def test_mark_is_the_one_of_utf_8(payload: bytes, *, marked: bool) -> None:
    assert has_mark(payload) is marked


@pytest.mark.parametrize("digits", [400, 5_000])
def test_integer_of_any_length_is_read(digits: int) -> None:
    raw, literals = parse(json.dumps({"a": 0}).replace("0", "7" * digits))

    assert isinstance(raw, dict)
    assert (isinstance(raw["a"], int | float), literals) == (True, [])
