"""JSON in other words, which says the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.udmi.json_style import JsonStyle

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_spelling_that_changes_nothing_changes_nothing(raw: object) -> None:
    payload = json.dumps(raw, separators=(",", ":")).encode()

    assert JsonStyle().respell(payload) == payload


@given(JSON)
def test_what_is_respelt_says_the_same(raw: object) -> None:
    spelling = JsonStyle(
        order=lambda names: sorted(names, reverse=True),
        gap=" \t\r\n",
        number=lambda number: f"{json.dumps(number)} ",
        text=lambda text: json.dumps(text, ensure_ascii=False) if text.isprintable() else json.dumps(text),
    )

    assert json.loads(spelling.respell(json.dumps(raw).encode())) == raw


def test_fields_come_in_the_order_that_is_asked_for() -> None:
    assert JsonStyle(order=sorted).respell(b'{"b":{"d":1,"c":2},"a":3}') == b'{"a":3,"b":{"c":2,"d":1}}'


def test_white_space_stands_between_all_that_there_is() -> None:
    assert JsonStyle(gap=" ").respell(b'{"a":[1,2]}') == b'{ "a" : [ 1 , 2 ] }'


@pytest.mark.parametrize("text", ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.123Z"])
def test_instants_are_told_from_other_texts(text: str) -> None:
    spelling = JsonStyle(timestamp=lambda timestamp: timestamp.replace("Z", "+00:00"))
    payload = json.dumps({"at": text, "named": f"as of {text}", "Z": "Z"}).encode()

    assert json.loads(spelling.respell(payload)) == {
        "at": text.replace("Z", "+00:00"),
        "named": f"as of {text}",
        "Z": "Z",
    }
