"""Each problem of a message is one clause's business, and no problem is two's."""

import json

import pytest

from harness.judging.misfits import Concern, has_entries, misfits
from harness.wire.schemas import Kind
from harness.wire.spec import Spec
from harness.wire.udmi import JSON
from tests.wire.good_messages import GOOD, LACKING, STATUS, altered

STATE, TELEMETRY, EVENT = Kind.STATE, Kind.TELEMETRY, Kind.SYSTEM_EVENT
POINT = "pointset.points.damper"


@pytest.mark.parametrize(
    ("kind", "path", "content", "concern"),
    [
        (STATE, "version", 1, Concern.SHAPE),
        (STATE, "system.operation.operational", LACKING, Concern.OPERATIONAL),
        (STATE, f"{POINT}.units", 98, Concern.SHAPE),
        (STATE, "pointset.points.Damper", {}, Concern.SHAPE),
        (STATE, "pointset.points.status", 5, Concern.SHAPE),
        (STATE, "vendor", {}, Concern.UNKNOWN_FIELD),
        (STATE, "system.uptime", 5, Concern.UNKNOWN_FIELD),
        (STATE, "system.updating", True, Concern.DOCUMENTED_FIELD),
        (STATE, "system.statuses", {}, Concern.DOCUMENTED_FIELD),
        (STATE, "timestamp", LACKING, Concern.TIMESTAMP),
        (STATE, "system.last_config", LACKING, Concern.LAST_CONFIG),
        (STATE, "pointset.state_etag", 17, Concern.ETAG),
        (STATE, f"{POINT}.value_state", "busy", Concern.VALUE_STATE),
        (STATE, f"{POINT}.status", "broken", Concern.ENTRY),
        (STATE, f"{POINT}.status.level", LACKING, Concern.ENTRY),
        (STATE, f"{POINT}.status.code", 7, Concern.ENTRY),
        (STATE, f"{POINT}.status.timestamp", "now", Concern.ENTRY),
        (STATE, f"{POINT}.status.category", 7, Concern.ENTRY),
        (STATE, f"{POINT}.status.level", "ERROR", Concern.LEVEL),
        (STATE, "system.status.level", 900, Concern.LEVEL),
        (STATE, "system.status.category", "filter.dirty", Concern.CATEGORY),
        (STATE, "system.status.category", "system.config", Concern.CATEGORY_PREFIX),
        (TELEMETRY, "timestamp", "now", Concern.TIMESTAMP),
        (TELEMETRY, "points.damper.status", STATUS, Concern.SHAPE),
        (TELEMETRY, "etag", "e", Concern.SHAPE),
        (EVENT, "event_no", "3", Concern.SHAPE),
        (EVENT, "logentries", {}, Concern.SHAPE),
        (EVENT, "logentries.0.message", LACKING, Concern.ENTRY),
        (EVENT, "logentries.0.level", 0, Concern.LEVEL),
    ],
)
def test_problem_concerns_one_clause(kind: Kind, path: str, content: JSON, concern: Concern) -> None:
    payload = json.dumps(altered(kind, path, content)).encode()

    assert [misfit.concern for misfit in misfits(kind, Spec.UDMI_1_5, payload)] == [concern]


@pytest.mark.parametrize("payload", [b"", b"[]", b"{", b'{"version": "\xff"}', b"[" * 5000])
def test_payload_that_is_no_message_is_a_matter_of_its_shape(payload: bytes) -> None:
    assert [misfit.concern for misfit in misfits(STATE, Spec.UDMI_1_5, payload)] == [Concern.SHAPE]


def test_problems_of_one_sort_are_alike_whichever_point_has_them() -> None:
    points: JSON = {"damper": {"units": 1}, "valve": {"units": None}}
    payload = json.dumps(altered(STATE, "pointset.points", points)).encode()

    assert len({misfit.sort for misfit in misfits(STATE, Spec.UDMI_1_5, payload)}) == 1


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
def test_entries_are_found_wherever_they_stand(kind: Kind, path: str, content: JSON, *, there: bool) -> None:
    assert has_entries(kind, json.dumps(altered(kind, path, content)).encode()) is there


def test_point_that_is_called_status_is_no_entry() -> None:
    state = altered(STATE, "pointset.points", {"status": {}})
    del state["system"]["status"]

    assert not has_entries(STATE, json.dumps(state).encode())
    assert misfits(STATE, Spec.UDMI_1_5, json.dumps(GOOD[STATE]).encode()) == ()


@pytest.mark.parametrize(
    ("stamp", "concerns"),
    [
        ("2026-01-28T23:59:59.999Z", []),
        ("2024-02-29T00:00:00Z", []),
        ("2026-02-29T00:00:00Z", [Concern.TIMESTAMP]),
        ("2026-01-01T24:00:00Z", [Concern.TIMESTAMP]),
        ("2026-01-01T00:00:00", [Concern.TIMESTAMP]),
        ('see "2026-01-01T00:00:00Z', [Concern.TIMESTAMP]),
    ],
)
def test_message_that_differs_in_an_instant_alone_is_looked_at_for_it(stamp: str, concerns: list[Concern]) -> None:
    assert not misfits(STATE, Spec.UDMI_1_5, json.dumps(GOOD[STATE]).encode())

    payload = json.dumps(altered(STATE, "timestamp", stamp)).encode()

    assert [misfit.concern for misfit in misfits(STATE, Spec.UDMI_1_5, payload)] == concerns


def test_field_that_is_called_like_an_instant_is_told_by_its_name() -> None:
    payload = json.dumps(altered(STATE, "2026-11-21T00:00:00Z", {})).encode()

    [misfit] = misfits(STATE, Spec.UDMI_1_5, payload)
    assert misfit.problem.path == ("2026-11-21T00:00:00Z",)
