"""Reading JSON that may be anything, field by field."""

import json
from collections.abc import Callable
from enum import StrEnum

import pytest

from harness.payload.fields import Fields, read_object
from harness.payload.values import JSON, IllTyped, PayloadProblem


class Fruit(StrEnum):
    """Words of an enumeration."""

    APPLE = "apple"
    PEAR = "pear"


READERS: dict[str, Callable[[Fields], object]] = {
    "text": lambda fields: fields.text("it"),
    "flag": lambda fields: fields.flag("it"),
    "whole": lambda fields: fields.whole("it"),
    "number": lambda fields: fields.number("it"),
    "value": lambda fields: fields.value("it"),
    "timestamp": lambda fields: fields.timestamp("it"),
    "word": lambda fields: fields.word("it", Fruit),
}


def _read(payload: bytes) -> tuple[Fields, list[PayloadProblem]]:
    problems: list[PayloadProblem] = []
    return read_object(payload, problems), problems


def _holding(raw: JSON) -> tuple[Fields, list[PayloadProblem]]:
    return _read(json.dumps({"it": raw}).encode())


@pytest.mark.parametrize(
    ("reader", "raw", "content"),
    [
        ("text", "", ""),
        ("flag", False, False),
        ("whole", 0, 0),
        ("whole", 5.0, 5),
        ("whole", -3, -3),
        ("number", 0.0, 0.0),
        ("number", 10**300, 10**300),
        ("value", False, False),
        ("value", "", ""),
        ("value", 0, 0),
        ("timestamp", "1970-01-01T00:00:00Z", 0.0),
        ("word", "pear", Fruit.PEAR),
    ],
)
def test_field_holds_what_it_promises_even_if_that_is_nothing_much(reader: str, raw: JSON, content: object) -> None:
    fields, problems = _holding(raw)

    assert (READERS[reader](fields), problems) == (content, [])


@pytest.mark.parametrize(
    ("reader", "raw", "problem"),
    [
        ("text", 3, "it is 3; expected a string"),
        ("flag", 1, "it is 1; expected true or false"),
        ("whole", 0.5, "it is 0.5; expected an integer"),
        ("whole", True, "it is True; expected an integer"),
        ("number", "3", "it is '3'; expected a number"),
        ("value", [], "it is []; expected a string, a boolean or a number"),
        ("timestamp", "soon", "it is 'soon'; expected an RFC 3339 time"),
        ("timestamp", 0, "it is 0; expected an RFC 3339 time"),
        ("word", "plum", "it is 'plum'; expected one of apple, pear"),
        ("word", 3, "it is 3; expected one of apple, pear"),
    ],
)
def test_problem_says_what_was_found_and_what_belongs_there(reader: str, raw: JSON, problem: str) -> None:
    fields, problems = _holding(raw)

    assert READERS[reader](fields) == IllTyped(raw)
    assert [str(one) for one in problems] == [problem]


@pytest.mark.parametrize("reader", READERS)
def test_field_that_is_missing_is_none(reader: str) -> None:
    fields, problems = _read(b"{}")

    assert (READERS[reader](fields), problems) == (None, [])


@pytest.mark.parametrize("reader", READERS)
def test_field_that_is_null_is_missing(reader: str) -> None:
    fields, problems = _holding(None)

    assert (READERS[reader](fields), problems) == (None, [])


@pytest.mark.parametrize("reader", ["whole", "number", "value"])
@pytest.mark.parametrize("literal", [b"1e400", b"-1e400"])
def test_number_that_no_float_holds_is_odd(reader: str, literal: bytes) -> None:
    fields, problems = _read(b'{"it": ' + literal + b"}")

    assert isinstance(READERS[reader](fields), IllTyped)
    assert [problem.path for problem in problems] == ["it"]


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity"])
def test_literal_that_json_lacks_spoils_the_message_and_no_other_field(literal: str) -> None:
    fields, problems = _read(f'{{"a": {{"b": [0, {literal}]}}, "it": {literal}, "c": "NaN"}}'.encode())

    assert [str(problem) for problem in problems] == [
        f"the message is not JSON ({literal} at a.b.1, and 1 more); expected a JSON object"
    ]
    assert (fields.number("it"), fields.text("c"), len(problems)) == (None, "NaN", 1)


@pytest.mark.parametrize("reader", ["whole", "number", "value"])
@pytest.mark.parametrize("digits", [400, 4000, 5000])
@pytest.mark.parametrize("sign", [b"", b"-"], ids=["positive", "negative"])
def test_integer_that_no_float_holds_is_odd(reader: str, digits: int, sign: bytes) -> None:
    fields, problems = _read(b'{"it": ' + sign + b"7" * digits + b"}")

    assert isinstance(READERS[reader](fields), IllTyped)
    assert [problem.path for problem in problems] == ["it"]


def test_problem_is_named_by_its_whole_path() -> None:
    fields, problems = _read(b'{"a": {"b": {"c": 3}}}')
    inner = fields.block("a")
    innermost = inner.block("b") if inner else None

    assert innermost is not None
    innermost.text("c")
    assert problems == [PayloadProblem("a.b.c", "3", "a string")]


def test_block_that_is_no_object_is_none_and_listed() -> None:
    fields, problems = _holding("x")

    assert fields.block("it") is None
    assert problems == [PayloadProblem("it", "'x'", "an object")]


def test_block_that_is_no_object_can_be_had_as_it_came() -> None:
    fields, _ = _holding("x")

    assert fields.ill_typed("it") == IllTyped("x")


@pytest.mark.parametrize("payload", [b"{}", b'{"it": {}}', b'{"it": null}'])
def test_block_that_is_missing_or_an_object_is_not_odd(payload: bytes) -> None:
    fields, _ = _read(payload)

    assert fields.ill_typed("it") is None


def test_others_are_the_fields_beside_those() -> None:
    fields, problems = _read(b'{"a": 1, "b": false, "c": [2], "d": null}')

    assert fields.others("a") == {"b": False, "c": [2]}
    assert problems == []


def test_field_that_is_null_has_no_name() -> None:
    fields, problems = _read(b'{"a": null, "b": 0, "c": null}')

    assert [*fields.names()] == ["b"]
    assert fields.unknown() == ("b",)
    assert problems == []


def test_item_that_is_null_is_no_object() -> None:
    fields, problems = _read(b'{"it": [null, {}]}')

    assert [isinstance(item, Fields) for item in fields.blocks("it")] == [False, True]
    assert [str(problem) for problem in problems] == ["it.0 is None; expected an object"]


def test_odd_field_is_kept_twenty_levels_deep() -> None:
    fields, _ = _read(b'{"it": ' + b"[" * 21 + b"]" * 21 + b"}")
    kept = json.dumps(READERS["text"](fields), default=lambda odd: odd.raw)

    assert kept == "[" * 20 + '"[]"' + "]" * 20


@pytest.mark.parametrize("raw", [["x"] * 1000, {str(number): "x" for number in range(1000)}], ids=["list", "object"])
def test_odd_field_is_kept_a_hundred_items_wide(raw: JSON) -> None:
    fields, _ = _holding(raw)
    odd = fields.text("it")

    assert isinstance(odd, IllTyped)
    assert isinstance(odd.raw, list | dict)
    assert len(odd.raw) == 100


@pytest.mark.parametrize("payload", [b"[]", b"3", b'"x"', b"null", b"true", b"NaN"])
def test_json_that_is_no_object_has_no_fields_and_one_problem(payload: bytes) -> None:
    fields, problems = _read(payload)

    assert list(fields.names()) == []
    assert [(problem.path, problem.expected) for problem in problems] == [("", "a JSON object")]


def test_byte_order_mark_in_front_is_read_over() -> None:
    fields, problems = _read(b'\xef\xbb\xbf{"it": 1}')

    assert (fields.whole("it"), problems) == (1, [])


@pytest.mark.parametrize(
    "payload", [b"", b" ", b"{", b'{"a": 1,}', b"{'a': 1}", b'{"a": 1} x', b'{"a" 1}', b"{a: 1}", b"// no\n{}", b"\x00"]
)
def test_what_is_not_json_has_no_fields_and_says_where_it_breaks(payload: bytes) -> None:
    fields, problems = _read(payload)

    assert list(fields.names()) == []
    assert [problem.found.partition(" (")[0] for problem in problems] == ["not JSON"]
    assert "line 1 column" in problems[0].found or "line 2 column" in problems[0].found


def test_problem_of_the_whole_message_names_no_field() -> None:
    _, problems = _read(b"[]")

    assert str(problems[0]) == "the message is []; expected a JSON object"


def test_first_fifty_problems_are_listed() -> None:
    fields, problems = _read(json.dumps({str(number): number for number in range(10_000)}).encode())

    odd = [fields.text(name) for name in fields.names()]

    assert odd == [IllTyped(number) for number in range(10_000)]
    assert [problem.path for problem in problems] == [str(number) for number in range(50)]
