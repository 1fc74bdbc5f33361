"""Each problem of a message is one clause's business, and no problem is two's."""

import json

import pytest

from harness.payload.values import JSON
from harness.protocols.udmi.judging.messages.schema_violations import schema_violations
from harness.protocols.udmi.judging.messages.violation_kind import ViolationKind, has_entries
from harness.protocols.udmi.words.schemas import MessageKind
from harness.protocols.udmi.words.spec import Spec
from tests.protocols.udmi.words.good_messages import GOOD, LACKING, STATUS, altered

STATE, TELEMETRY, EVENT = MessageKind.STATE, MessageKind.TELEMETRY, MessageKind.SYSTEM_EVENT
POINT = "pointset.points.damper"


@pytest.mark.parametrize(
    ("kind", "path", "content", "violation_kind"),
    [
        (STATE, "version", 1, ViolationKind.SHAPE),
        (STATE, "system.operation.operational", LACKING, ViolationKind.OPERATIONAL),
        (STATE, f"{POINT}.units", 98, ViolationKind.SHAPE),
        (STATE, "pointset.points.Damper", {}, ViolationKind.SHAPE),
        (STATE, "pointset.points.status", 5, ViolationKind.SHAPE),
        (STATE, "vendor", {}, ViolationKind.UNKNOWN_FIELD),
        (STATE, "system.uptime", 5, ViolationKind.UNKNOWN_FIELD),
        (STATE, "system.updating", True, ViolationKind.DOCUMENTED_FIELD),
        (STATE, "system.statuses", {}, ViolationKind.DOCUMENTED_FIELD),
        (STATE, "timestamp", LACKING, ViolationKind.TIMESTAMP),
        (STATE, "system.last_config", LACKING, ViolationKind.LAST_CONFIG),
        (STATE, "pointset.state_etag", 17, ViolationKind.ETAG),
        (STATE, f"{POINT}.value_state", "busy", ViolationKind.VALUE_STATE),
        (STATE, f"{POINT}.status", "broken", ViolationKind.ENTRY),
        (STATE, f"{POINT}.status.level", LACKING, ViolationKind.ENTRY),
        (STATE, f"{POINT}.status.code", 7, ViolationKind.ENTRY),
        (STATE, f"{POINT}.status.timestamp", "now", ViolationKind.ENTRY),
        (STATE, f"{POINT}.status.category", 7, ViolationKind.ENTRY),
        (STATE, f"{POINT}.status.level", "ERROR", ViolationKind.LEVEL),
        (STATE, "system.status.level", 900, ViolationKind.LEVEL),
        (STATE, "system.status.category", "filter.dirty", ViolationKind.CATEGORY),
        (STATE, "system.status.category", "system.config", ViolationKind.CATEGORY_PREFIX),
        (TELEMETRY, "timestamp", "now", ViolationKind.TIMESTAMP),
        (TELEMETRY, "points.damper.status", STATUS, ViolationKind.SHAPE),
        (TELEMETRY, "etag", "e", ViolationKind.SHAPE),
        (STATE, f"{POINT}.value_state", None, ViolationKind.SHAPE),
        (STATE, f"{POINT}.status", None, ViolationKind.SHAPE),
        (STATE, f"{POINT}.status.detail", None, ViolationKind.SHAPE),
        (STATE, f"{POINT}.status.message", None, ViolationKind.ENTRY),
        (STATE, f"{POINT}.status.category", None, ViolationKind.ENTRY),
        (STATE, f"{POINT}.status.level", None, ViolationKind.ENTRY),
        (STATE, "system.status", None, ViolationKind.SHAPE),
        (STATE, "pointset.state_etag", None, ViolationKind.SHAPE),
        (STATE, POINT, None, ViolationKind.SHAPE),
        (STATE, "timestamp", None, ViolationKind.TIMESTAMP),
        (STATE, "system.last_config", None, ViolationKind.LAST_CONFIG),
        (STATE, "system.operation.operational", None, ViolationKind.OPERATIONAL),
        (STATE, "system.updating", None, ViolationKind.DOCUMENTED_FIELD),
        (EVENT, "logentries.0.detail", None, ViolationKind.SHAPE),
        (EVENT, "logentries.0.level", None, ViolationKind.ENTRY),
        (STATE, "version", "1.4.", ViolationKind.VERSION),
        (TELEMETRY, "version", "", ViolationKind.VERSION),
        (EVENT, "version", "one", ViolationKind.VERSION),
        (EVENT, "metrics.mem_free_mb", "lots", ViolationKind.SHAPE),
        (EVENT, "logentries.0.code", 7, ViolationKind.SHAPE),
        (EVENT, "logentries.0.detail", 7, ViolationKind.SHAPE),
        (EVENT, "logentries.0.message", 7, ViolationKind.ENTRY),
        (EVENT, "event_no", "3", ViolationKind.SHAPE),
        (EVENT, "logentries", {}, ViolationKind.SHAPE),
        (EVENT, "logentries.0.message", LACKING, ViolationKind.ENTRY),
        (EVENT, "logentries.0.level", 0, ViolationKind.LEVEL),
    ],
)
def test_problem_concerns_one_clause(
    kind: MessageKind, path: str, content: JSON, violation_kind: ViolationKind
) -> None:
    payload = json.dumps(altered(kind, path, content)).encode()

    assert [violation.kind for violation in schema_violations(kind, Spec.UDMI_1_5, payload)] == [violation_kind]


@pytest.mark.parametrize("payload", [b"", b"[]", b"{", b"NaN", b'{"version": "\xff"}', b"[" * 5000])
def test_payload_that_is_no_message_is_a_matter_of_its_shape(payload: bytes) -> None:
    assert [violation.kind for violation in schema_violations(STATE, Spec.UDMI_1_5, payload)] == [ViolationKind.SHAPE]


def test_problems_of_one_sort_are_alike_whichever_point_has_them() -> None:
    points: JSON = {"damper": {"units": 1}, "valve": {"units": False}}
    payload = json.dumps(altered(STATE, "pointset.points", points)).encode()

    assert len({violation.sort for violation in schema_violations(STATE, Spec.UDMI_1_5, payload)}) == 1


@pytest.mark.parametrize(
    ("kind", "path", "content", "there"),
    [
        (STATE, "version", "1.5.7", True),
        (STATE, "pointset.points", {}, True),
        (EVENT, "version", "1.5.7", True),
        (EVENT, "logentries", [], False),
        (EVENT, "logentries", LACKING, False),
        (TELEMETRY, "version", "1.5.7", False),
    ],
)
def test_entries_are_found_wherever_they_stand(kind: MessageKind, path: str, content: JSON, *, there: bool) -> None:
    assert has_entries(kind, json.dumps(altered(kind, path, content)).encode()) is there


def test_point_that_is_called_status_is_no_entry() -> None:
    state = altered(STATE, "pointset.points", {"status": {}})
    del state["system"]["status"]

    assert not has_entries(STATE, json.dumps(state).encode())
    assert schema_violations(STATE, Spec.UDMI_1_5, json.dumps(GOOD[STATE]).encode()) == ()


@pytest.mark.parametrize(
    ("stamp", "violation_kinds"),
    [
        ("2026-01-28T23:59:59.999Z", []),
        ("2024-02-29T00:00:00Z", []),
        ("2026-02-29T00:00:00Z", [ViolationKind.TIMESTAMP]),
        ("2026-01-01T24:00:00Z", [ViolationKind.TIMESTAMP]),
        ("2026-01-01T00:00:00", [ViolationKind.TIMESTAMP]),
        ('see "2026-01-01T00:00:00Z', [ViolationKind.TIMESTAMP]),
    ],
)
def test_message_that_differs_in_an_instant_alone_is_looked_at_for_it(
    stamp: str, violation_kinds: list[ViolationKind]
) -> None:
    assert not schema_violations(STATE, Spec.UDMI_1_5, json.dumps(GOOD[STATE]).encode())

    payload = json.dumps(altered(STATE, "timestamp", stamp)).encode()

    assert [violation.kind for violation in schema_violations(STATE, Spec.UDMI_1_5, payload)] == violation_kinds


def test_field_that_is_called_like_an_instant_is_told_by_its_name() -> None:
    payload = json.dumps(altered(STATE, "2026-11-21T00:00:00Z", {})).encode()

    [violation] = schema_violations(STATE, Spec.UDMI_1_5, payload)
    assert violation.problem.path == ("2026-11-21T00:00:00Z",)


def _told(payload: bytes) -> list[tuple[ViolationKind, str]]:
    return [(violation.kind, str(violation.problem)) for violation in schema_violations(STATE, Spec.UDMI_1_5, payload)]


def test_name_that_stands_twice_is_told_with_its_place_and_the_last_one_counts() -> None:
    whole = json.dumps(GOOD[STATE])
    payload = whole.replace('"damper": {', '"damper": 5, "damper": {', 1).encode()

    assert _told(payload) == [(ViolationKind.REPEATED_NAME, "pointset.points.damper stands there more than once")]


def test_byte_order_mark_is_told_and_the_rest_is_read() -> None:
    payload = b"\xef\xbb\xbf" + json.dumps(altered(STATE, "timestamp", LACKING)).encode()

    assert _told(payload) == [
        (ViolationKind.TIMESTAMP, "timestamp is missing"),
        (ViolationKind.BYTE_ORDER_MARK, "the message should be without a byte order mark, but is begun with one"),
    ]


def test_literal_that_json_lacks_makes_a_message_no_json() -> None:
    payload = json.dumps(altered(STATE, "system.operation.restart_count", float("nan"))).encode()

    assert _told(payload) == [
        (
            ViolationKind.SHAPE,
            "the message should be a JSON object, but is not JSON (NaN at system.operation.restart_count)",
        )
    ]


def test_rest_of_a_message_with_such_a_literal_still_counts() -> None:
    message = altered(STATE, "system.operation.restart_count", float("nan"))
    del message["timestamp"]

    assert _told(json.dumps(message).encode())[1:] == [(ViolationKind.TIMESTAMP, "timestamp is missing")]


def test_literal_in_a_field_that_must_be_there_is_told_once() -> None:
    payload = json.dumps(altered(STATE, f"{POINT}.status.level", float("inf"))).encode()

    assert [violation_kind for violation_kind, _ in _told(payload)] == [ViolationKind.SHAPE]
