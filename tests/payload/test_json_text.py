"""JSON as devices write it: what is against RFC 8259 is found, with its place."""

import json

import pytest

from harness.payload.json_text import NoNumber, has_mark, parse, repeated_names

DEEP = 5_000


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
