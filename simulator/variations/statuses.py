"""Devices that break a clause on the status of a point."""

from dataclasses import replace

from harness.wire.udmi import Odd, State, Status
from simulator.rules import KEPT
from simulator.variations.altering import each_status, with_points
from simulator.variations.variation import deviation


def _kept_after_recovery(state: State, said: State | None) -> State:
    """A point that explained itself once goes on doing so, as long as it is written."""
    before = said or State()
    points = {
        name: replace(point, status=point.status or before.point(name).status) if point.value_state else point
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _said_once(state: State, said: State | None) -> State:
    before = said or State()
    points = {
        name: replace(point, status=None) if before.point(name).value_state == point.value_state else point
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _unless(part: str, status: Status) -> Status | None:
    return None if isinstance(status.message, str) and part in status.message else status


STATUSES = (
    deviation(
        "no-status-when-held",
        each_status(lambda status, _why: _unless("is held", status)),
        breaks="status.error-states-explain-themselves",
    ),
    deviation(
        "no-status-when-stale",
        each_status(lambda status, _why: _unless("etag", status)),
        breaks="status.error-states-explain-themselves",
    ),
    deviation(
        "status-without-timestamp",
        each_status(lambda status, _why: replace(status, timestamp=None)),
        breaks="status.error-states-explain-themselves",
    ),
    deviation(
        "status-with-odd-timestamp",
        each_status(lambda status, _why: replace(status, timestamp=Odd("yesterday"))),
        breaks="status.error-states-explain-themselves",
    ),
    deviation(
        "category-of-its-own",
        each_status(lambda status, _why: replace(status, category="device.trouble")),
        breaks="status.category-fits-value-state",
    ),
    deviation(
        "plays-it-down",
        each_status(lambda status, _why: replace(status, level=300)),
        breaks="status.level-fits-category",
    ),
    deviation(
        "status-survives-recovery", replace(KEPT, say=_kept_after_recovery), breaks="status.recovery-clears-status"
    ),
    deviation("status-said-once", replace(KEPT, say=_said_once), breaks="status.sticks-while-it-lasts"),
    deviation(
        "message-of-two-lines",
        each_status(lambda status, why: replace(status, message=f"{status.message}\n{why}")),
        breaks="status.message-is-one-line",
    ),
    deviation(
        "empty-message",
        each_status(lambda status, _why: replace(status, message="")),
        breaks="status.message-is-one-line",
        implies=("status.message-names-its-point",),
    ),
    deviation(
        "message-without-its-point",
        each_status(lambda status, why: replace(status, message=f"This point {why}")),
        breaks="status.message-names-its-point",
    ),
    deviation(
        "level-0",
        each_status(lambda status, why: replace(status, level=0) if "settle" in why else status),
        breaks="status.level-in-range",
    ),
    deviation(
        "level-900",
        each_status(lambda status, why: replace(status, level=900) if "settle" in why else status),
        breaks="status.level-in-range",
    ),
    deviation(
        "level-in-words",
        each_status(lambda status, why: replace(status, level=Odd("ERROR")) if "settle" in why else status),
        breaks="status.level-in-range",
        implies=("status.error-states-explain-themselves",),
    ),
)
