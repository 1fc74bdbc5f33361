"""A wrong field leaves the rest of its message to count, and the values that it must not hold are listed."""

from collections.abc import Mapping
from typing import Any

import pytest

from harness.payload.values import IllTyped
from tests.protocols.udmi.words.whole_messages import (
    BLOCKS,
    CONFIG,
    LEAVES,
    LITERALS,
    STATE,
    TELEMETRY,
    WholeField,
    leaves,
)

FIELDS = [*LEAVES, *BLOCKS]

each_field = pytest.mark.parametrize("field", FIELDS, ids=str)
each_leaf = pytest.mark.parametrize("field", LEAVES, ids=str)


@pytest.mark.parametrize("whole", [STATE, CONFIG, TELEMETRY], ids=["state", "config", "telemetry"])
def test_every_part_of_a_whole_message_but_the_other_point_is_tried(whole: Mapping[str, Any]) -> None:
    of_it = [field for field in LEAVES if field.whole is whole]
    tried = tuple(path for field in of_it for path in field.read_as)

    assert {path for path in leaves(of_it[0].original()) if not path.startswith(tried)} == {
        path for path in leaves(of_it[0].original()) if "valve" in path
    }


@each_field
def test_whole_message_has_no_problems(field: WholeField) -> None:
    assert field.original().problems == ()


@each_field
def test_missing_field_leaves_the_rest_as_it_was(field: WholeField) -> None:
    assert field.rest(field.missing()) == field.rest(field.original())


@each_field
def test_missing_field_is_no_problem_of_the_codec(field: WholeField) -> None:
    assert field.missing().problems == ()


@each_field
def test_field_that_is_null_is_missing(field: WholeField) -> None:
    assert field.null() == field.missing()
    assert field.null().problems == ()


@each_field
def test_field_leaves_the_rest_as_it_was_whatever_it_holds(field: WholeField) -> None:
    rest = {literal: field.rest(field.holding(literal)) for literal in LITERALS}

    assert rest == dict.fromkeys(LITERALS, field.rest(field.original()))


@each_field
def test_field_is_the_only_problem_where_it_holds_what_it_must_not(field: WholeField) -> None:
    named = {literal: [problem.path for problem in field.holding(literal).problems] for literal in LITERALS}

    assert named == {literal: [] if literal in field.takes else [field.path] for literal in LITERALS}


@each_leaf
def test_field_is_read_as_odd_where_it_holds_what_it_must_not(field: WholeField) -> None:
    read = {literal: leaves(field.holding(literal)) for literal in LITERALS}
    odd = {
        literal
        for literal, parts in read.items()
        if any(isinstance(part, IllTyped) for path, part in parts.items() if path.startswith(field.read_as))
    }

    assert odd == set(LITERALS) - field.takes
