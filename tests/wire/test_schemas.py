"""Messages against their schemas: what is amiss is found and put in words, whatever comes."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.wire.schemas import SCHEMAS, Flaw, Kind, Problem, problems
from harness.wire.spec import Spec
from harness.wire.udmi import JSON
from tests.wire.good_messages import GOOD, LACKING, altered
from tests.wire.messages import json_in_words_of

ANY_JSON = json_in_words_of(*GOOD.values())
each_kind = pytest.mark.parametrize("kind", GOOD)


def told(kind: Kind, message: Any, spec: Spec = Spec.UDMI_1_5) -> list[str]:  # noqa: ANN401 - whatever it is
    """What is said of it."""
    return [str(problem) for problem in problems(kind, spec, message)]


@each_kind
def test_good_message_has_no_problem(kind: Kind) -> None:
    assert told(kind, GOOD[kind]) == []


@pytest.mark.parametrize(
    ("kind", "path", "content", "words"),
    [
        (Kind.STATE, "version", LACKING, "version is missing"),
        (Kind.STATE, "system", LACKING, "system is missing"),
        (Kind.STATE, "system.serial_no", 17, "system.serial_no should be a string, but is 17"),
        (Kind.STATE, "system.updating", True, "system.updating is not known there"),
        (Kind.STATE, "system.last_config", None, "system.last_config should be an RFC 3339 time, but is None"),
        (
            Kind.STATE,
            "system.operation.mode",
            "busy",
            (
                "system.operation.mode should be one of initial, active, updating, restart, terminate, shutdown, "
                "but is 'busy'"
            ),
        ),
        (
            Kind.STATE,
            "pointset.points.damper.status.level",
            99,
            "pointset.points.damper.status.level should be an integer from 100 to 800, but is 99",
        ),
        (
            Kind.STATE,
            "system.status.category",
            "system.config",
            "system.status.category should be a category that UDMI lists, or one under device., but is 'system.config'",
        ),
        (
            Kind.STATE,
            "pointset.points.Damper",
            {},
            (
                "pointset.points.Damper should be named in words of lower-case letters and digits, "
                "joined by single underscores"
            ),
        ),
        (
            Kind.STATE,
            "pointset.state_etag",
            "x" * 33,
            f"pointset.state_etag should be a string of at most 32 characters, but is '{'x' * 33}'",
        ),
        (
            Kind.TELEMETRY,
            "points.damper.present_value",
            None,
            "points.damper.present_value should be a string, a boolean or a number, but is None",
        ),
        (Kind.TELEMETRY, "points.damper.status", {}, "points.damper.status is not known there"),
        (Kind.TELEMETRY, "etag", "e", "etag is not known there"),
        (Kind.SYSTEM_EVENT, "logentries.1.message", LACKING, "logentries.1.message is missing"),
        (Kind.CONFIG, "pointset.sample_rate_sec", 0, "pointset.sample_rate_sec should be no less than 1, but is 0"),
    ],
)
def test_problem_says_what_belongs_there(kind: Kind, path: str, content: JSON, words: str) -> None:
    assert told(kind, altered(kind, path, content)) == [words]


def test_every_problem_of_a_message_is_listed() -> None:
    message = altered(Kind.TELEMETRY, "points", {"a": {}, "B": {"present_value": 1, "units": "x"}})

    assert sorted(told(Kind.TELEMETRY, message)) == [
        "points.B should be named in words of lower-case letters and digits, joined by single underscores",
        "points.B.units is not known there",
        "points.a.present_value is missing",
    ]


@pytest.mark.parametrize("category", ["device.fire", "device.fire.smoke_alarm", "localnet.network"])
def test_category_may_be_the_devices_own(category: str) -> None:
    assert told(Kind.STATE, altered(Kind.STATE, "system.status.category", category)) == []


@pytest.mark.parametrize(
    "instant", ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00.123456+01:00", "2026-01-01t00:00:00z"]
)
def test_instant_may_have_fractions_and_an_offset(instant: str) -> None:
    assert told(Kind.STATE, altered(Kind.STATE, "timestamp", instant)) == []


@pytest.mark.parametrize("instant", ["2026-01-01 00:00:00Z", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z", "now"])
def test_instant_is_refused_that_is_none_of_rfc_3339(instant: str) -> None:
    assert len(told(Kind.STATE, altered(Kind.STATE, "timestamp", instant))) == 1


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_number_that_json_does_not_have_is_no_value(number: float) -> None:
    assert len(told(Kind.TELEMETRY, altered(Kind.TELEMETRY, "points.damper.present_value", number))) == 1


@each_kind
@pytest.mark.parametrize("raw", [None, [], "state", 5])
def test_what_is_no_object_is_told_in_one_problem(kind: Kind, raw: JSON) -> None:
    assert [problem.flaw for problem in problems(kind, Spec.UDMI_1_5, raw)] == [Flaw.WRONG]


def test_problem_of_hostile_words_can_be_printed() -> None:
    [line] = told(Kind.STATE, altered(Kind.STATE, "\x1b[31mred", "x" * 9999))

    assert line.isprintable()


def test_of_a_huge_message_the_first_problems_are_told() -> None:
    points: JSON = {f"p{number}": {"present_value": []} for number in range(50_000)}

    assert len(problems(Kind.TELEMETRY, Spec.UDMI_1_5, altered(Kind.TELEMETRY, "points", points))) == 50


def test_of_a_huge_message_no_field_is_missed_that_is_there() -> None:
    points: JSON = {f"p{number}": {"present_value": number} for number in range(50_000)}

    assert told(Kind.TELEMETRY, altered(Kind.TELEMETRY, "points", points)) == []


def test_message_that_is_nested_deeply_is_one_like_others() -> None:
    deep = json.loads("[" * 900 + "]" * 900)

    assert told(Kind.STATE, altered(Kind.STATE, "deep", deep)) == ["deep is not known there"]


@given(payload=ANY_JSON)
@settings(derandomize=True, deadline=None, database=None, max_examples=200)
def test_json_at_random_has_problems_of_any_kind_and_spec(payload: bytes) -> None:
    raw = json.loads(payload)

    for spec in Spec:
        for kind in Kind:
            assert all(isinstance(problem, Problem) and str(problem) for problem in problems(kind, spec, raw))


@given(raw=st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
@settings(derandomize=True, deadline=None, database=None, max_examples=100)
def test_what_is_no_message_at_all_raises_nothing(raw: JSON) -> None:
    assert problems(Kind.STATE, Spec.UDMI_1_5, raw)


@pytest.mark.parametrize("spec", Spec)
@pytest.mark.parametrize("kind", Kind)
def test_each_spec_has_a_schema_of_each_kind(spec: Spec, kind: Kind) -> None:
    assert (SCHEMAS / spec / f"{kind}.json").is_file()
    assert len(problems(kind, spec, [])) == 1
