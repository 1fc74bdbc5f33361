"""Messages against their schemas: what is amiss is found and put in words, whatever comes."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.payload.values import JSON
from harness.protocols.udmi.words.schemas import SCHEMAS, FieldFlaw, MessageKind, SchemaProblem, problems
from harness.protocols.udmi.words.spec import Spec
from tests.protocols.udmi.words.good_messages import GOOD, LACKING, altered
from tests.protocols.udmi.words.messages import json_in_words_of

ANY_JSON = json_in_words_of(*GOOD.values())
each_kind = pytest.mark.parametrize("kind", GOOD)


def told(kind: MessageKind, message: Any, spec: Spec = Spec.UDMI_1_5) -> list[str]:  # noqa: ANN401 - whatever it is
    """The violation, in words."""
    return [str(problem) for problem in problems(kind, spec, message)]


@each_kind
def test_good_message_has_no_problem(kind: MessageKind) -> None:
    assert told(kind, GOOD[kind]) == []


@pytest.mark.parametrize(
    ("kind", "path", "content", "words"),
    [
        (MessageKind.STATE, "version", LACKING, "version is missing"),
        (MessageKind.STATE, "system", LACKING, "system is missing"),
        (MessageKind.STATE, "system.serial_no", 17, "system.serial_no should be a string, but is 17"),
        (MessageKind.STATE, "system.updating", True, "system.updating is not known there"),
        (MessageKind.STATE, "system.last_config", None, "system.last_config is missing"),
        (MessageKind.STATE, "system", None, "system is missing"),
        (
            MessageKind.STATE,
            "pointset.points.damper.value_state",
            None,
            "pointset.points.damper.value_state should be left out where there is nothing to say, but is null",
        ),
        (
            MessageKind.STATE,
            "system.params",
            None,
            "system.params should be left out where there is nothing to say, but is null",
        ),
        (MessageKind.STATE, "vendor", None, "vendor is not known there"),
        (MessageKind.SYSTEM_EVENT, "logentries.1.message", None, "logentries.1.message is missing"),
        (MessageKind.SYSTEM_EVENT, "logentries", [None], "logentries.0 should be an object, but is None"),
        (
            MessageKind.STATE,
            "system.operation.mode",
            "busy",
            (
                "system.operation.mode should be one of initial, active, updating, restart, terminate, shutdown, "
                "but is 'busy'"
            ),
        ),
        (
            MessageKind.STATE,
            "pointset.points.damper.status.level",
            99,
            "pointset.points.damper.status.level should be an integer from 100 to 800, but is 99",
        ),
        (
            MessageKind.STATE,
            "system.status.category",
            "system.config",
            "system.status.category should be a category that UDMI lists, or one under device., but is 'system.config'",
        ),
        (
            MessageKind.STATE,
            "pointset.points.Damper",
            {},
            (
                "pointset.points.Damper should be named in words of lower-case letters and digits, "
                "joined by single underscores"
            ),
        ),
        (
            MessageKind.STATE,
            "pointset.state_etag",
            "x" * 33,
            f"pointset.state_etag should be a string of at most 32 characters, but is '{'x' * 33}'",
        ),
        (
            MessageKind.TELEMETRY,
            "points.damper.present_value",
            [],
            "points.damper.present_value should be a string, a boolean or a number, but is []",
        ),
        (MessageKind.TELEMETRY, "points.damper.present_value", None, "points.damper.present_value is missing"),
        (
            MessageKind.TELEMETRY,
            "points.damper.present_value",
            float("inf"),
            "points.damper.present_value should be a string, a boolean or a number, but is inf",
        ),
        (MessageKind.TELEMETRY, "points.damper.status", {}, "points.damper.status is not known there"),
        (MessageKind.TELEMETRY, "etag", "e", "etag is not known there"),
        (MessageKind.SYSTEM_EVENT, "logentries.1.message", LACKING, "logentries.1.message is missing"),
        (
            MessageKind.CONFIG,
            "pointset.sample_rate_sec",
            0,
            "pointset.sample_rate_sec should be no less than 1, but is 0",
        ),
    ],
)
def test_problem_says_what_belongs_there(kind: MessageKind, path: str, content: JSON, words: str) -> None:
    assert told(kind, altered(kind, path, content)) == [words]


def test_every_problem_of_a_message_is_listed() -> None:
    message = altered(MessageKind.TELEMETRY, "points", {"a": {}, "B": {"present_value": 1, "units": "x"}})

    assert sorted(told(MessageKind.TELEMETRY, message)) == [
        "points.B should be named in words of lower-case letters and digits, joined by single underscores",
        "points.B.units is not known there",
        "points.a.present_value is missing",
    ]


@pytest.mark.parametrize("category", ["device.fire", "device.fire.smoke_alarm", "localnet.network"])
def test_category_may_be_the_devices_own(category: str) -> None:
    assert told(MessageKind.STATE, altered(MessageKind.STATE, "system.status.category", category)) == []


@pytest.mark.parametrize(
    "instant", ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00.123456+01:00", "2026-01-01t00:00:00z"]
)
def test_instant_may_have_fractions_and_an_offset(instant: str) -> None:
    assert told(MessageKind.STATE, altered(MessageKind.STATE, "timestamp", instant)) == []


@pytest.mark.parametrize("instant", ["2026-01-01 00:00:00Z", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z", "now"])
def test_instant_is_refused_that_is_none_of_rfc_3339(instant: str) -> None:
    assert len(told(MessageKind.STATE, altered(MessageKind.STATE, "timestamp", instant))) == 1


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_number_that_json_does_not_have_is_no_value(number: float) -> None:
    assert len(told(MessageKind.TELEMETRY, altered(MessageKind.TELEMETRY, "points.damper.present_value", number))) == 1


def test_nulls_that_may_be_left_out_and_nulls_that_may_not_are_told_apart() -> None:
    status: JSON = {"message": "stuck", "category": None, "timestamp": None, "level": 500, "detail": None}
    message = altered(MessageKind.STATE, "pointset.points", {"a": {"status": status}, "b": None, "C": None})

    assert sorted(told(MessageKind.STATE, message)) == [
        ("pointset.points.C should be left out where there is nothing to say, but is null"),
        ("pointset.points.C should be named in words of lower-case letters and digits, joined by single underscores"),
        "pointset.points.a.status.category is missing",
        "pointset.points.a.status.detail should be left out where there is nothing to say, but is null",
        "pointset.points.a.status.timestamp is missing",
        "pointset.points.b should be left out where there is nothing to say, but is null",
    ]


@each_kind
@pytest.mark.parametrize("raw", [None, [], "state", 5])
def test_what_is_no_object_is_told_in_one_problem(kind: MessageKind, raw: JSON) -> None:
    assert [problem.flaw for problem in problems(kind, Spec.UDMI_1_5, raw)] == [FieldFlaw.WRONG]


def test_problem_of_hostile_words_can_be_printed() -> None:
    [line] = told(MessageKind.STATE, altered(MessageKind.STATE, "\x1b[31mred", "x" * 9999))

    assert line.isprintable()


def test_of_a_huge_message_the_first_problems_are_told() -> None:
    points: JSON = {f"p{number}": {"present_value": []} for number in range(50_000)}

    assert len(problems(MessageKind.TELEMETRY, Spec.UDMI_1_5, altered(MessageKind.TELEMETRY, "points", points))) == 50


def test_of_a_huge_message_no_field_is_missed_that_is_there() -> None:
    points: JSON = {f"p{number}": {"present_value": number} for number in range(50_000)}

    assert told(MessageKind.TELEMETRY, altered(MessageKind.TELEMETRY, "points", points)) == []


def test_message_that_is_nested_deeply_is_one_like_others() -> None:
    deep = json.loads("[" * 900 + "]" * 900)

    assert told(MessageKind.STATE, altered(MessageKind.STATE, "deep", deep)) == ["deep is not known there"]


@given(payload=ANY_JSON)
@settings(derandomize=True, deadline=None, database=None, max_examples=200)
def test_json_at_random_has_problems_of_any_kind_and_spec(payload: bytes) -> None:
    raw = json.loads(payload)

    for spec in Spec:
        for kind in MessageKind:
            assert all(isinstance(problem, SchemaProblem) and str(problem) for problem in problems(kind, spec, raw))


@given(raw=st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
@settings(derandomize=True, deadline=None, database=None, max_examples=100)
def test_what_is_no_message_at_all_raises_nothing(raw: JSON) -> None:
    assert problems(MessageKind.STATE, Spec.UDMI_1_5, raw)


@pytest.mark.parametrize("spec", Spec)
@pytest.mark.parametrize("kind", MessageKind)
def test_each_spec_has_a_schema_of_each_kind(spec: Spec, kind: MessageKind) -> None:
    assert (SCHEMAS / spec / f"{kind}.json").is_file()
    assert len(problems(kind, spec, [])) == 1
