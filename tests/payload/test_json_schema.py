"""Problems of a message come in the order of the message, in every process."""

from typing import Any, cast

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.payload.json_schema import Validator
from harness.payload.values import JSON

NAMES = [f"point_{number}" for number in range(40)]
SCHEMA: dict[str, JSON] = {
    "properties": {"point_0": {"type": "number"}},
    "patternProperties": {"^free_": True},
    "additionalProperties": {"type": "string"},
}
CLOSED: dict[str, JSON] = {**SCHEMA, "additionalProperties": False}


def _places(schema: dict[str, JSON], message: JSON) -> list[tuple[object, ...]]:
    return [tuple(error.absolute_path) for error in Validator(cast("Any", schema)).iter_errors(cast("Any", message))]


@pytest.mark.parametrize("names", [NAMES, NAMES[::-1]])
def test_problems_come_in_the_order_of_the_message(names: list[str]) -> None:
    assert _places(SCHEMA, dict.fromkeys(names)) == [
        ("point_0",),  # it has a schema of its own, which stands before that of the others
        *[(name,) for name in names if name != "point_0"],
    ]


@given(
    st.dictionaries(st.sampled_from(["point_0", "point_1", "free_1", "else"]), st.none() | st.text() | st.integers())
)
def test_same_problems_are_found(message: dict[str, JSON]) -> None:
    for schema in (SCHEMA, CLOSED):
        usual = jsonschema.Draft202012Validator(cast("Any", schema)).iter_errors(cast("Any", message))
        assert sorted(map(str, _places(schema, message))) == sorted(str(tuple(error.absolute_path)) for error in usual)
