"""Devices that break a clause on the status of a point."""

from collections.abc import Callable
from dataclasses import replace

from harness.wire.udmi import Odd, State, Status, ValueState
from simulator.rules import KEPT, Rules
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
        name: replace(point, status=None)
        if point.value_state and before.point(name).value_state == point.value_state
        else point
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _said_once_but_of_refusals(state: State, said: State | None) -> State:
    once = _said_once(state, said).points
    points = {n: p if p.value_state is ValueState.INVALID else once[n] for n, p in state.points.items()}
    return with_points(state, points)


def _where(reason: str, alter: Callable[[Status], Status]) -> Rules:
    """Another status where it has this reason."""
    return each_status(lambda status, why: alter(status) if reason in why else status)


def _is_failure(status: Status) -> Status:
    return replace(status, category="pointset.point.failure")


def _is_a_notice(status: Status) -> Status:
    return replace(status, level=300)


def _unless(part: str, status: Status) -> Status | None:
    return None if isinstance(status.message, str) and part in status.message else status


STATUSES = (
    deviation(
        "explains-nothing",
        each_status(lambda _status, _why: None),
        breaks="status.error-states-explain-themselves",
        implies=("pointset.unknown-point-has-an-error",),
    ),
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
        "no-status-when-unfit",
        each_status(lambda status, why: None if "does not go" in why or "takes a" in why else status),
        breaks="status.error-states-explain-themselves",
    ),
    deviation(
        "no-status-for-an-expiry",
        each_status(lambda status, _why: _unless("expiry", status)),
        breaks="status.error-states-explain-themselves",
        about="expiry.missing-is-invalid",
    ),
    deviation("stale-in-category-failure", _where("etag", _is_failure), breaks="status.category-fits-value-state"),
    deviation(
        "out-of-range-in-category-failure",
        _where("does not go", _is_failure),
        breaks="status.category-fits-value-state",
    ),
    deviation(
        "wrong-type-in-category-failure", _where("takes a", _is_failure), breaks="status.category-fits-value-state"
    ),
    deviation("stale-is-a-notice", _where("etag", _is_a_notice), breaks="status.level-fits-category"),
    deviation("out-of-range-is-a-notice", _where("does not go", _is_a_notice), breaks="status.level-fits-category"),
    deviation("wrong-type-is-a-notice", _where("takes a", _is_a_notice), breaks="status.level-fits-category"),
    deviation(
        "status-without-timestamp",
        each_status(lambda status, _why: replace(status, timestamp=None)),
        breaks="status.is-complete",
    ),
    deviation(
        "status-with-odd-timestamp",
        each_status(lambda status, _why: replace(status, timestamp=Odd("yesterday"))),
        breaks="status.is-complete",
    ),
    deviation(
        "category-of-its-own",
        each_status(lambda status, _why: replace(status, category="device.trouble")),
        breaks="status.category-fits-value-state",
        implies=("pointset.unknown-point-is-invalid",),
    ),
    deviation(
        "plays-it-down",
        each_status(lambda status, _why: replace(status, level=300)),
        breaks="status.level-fits-category",
        implies=("pointset.unknown-point-has-an-error",),
    ),
    deviation(
        "status-survives-recovery", replace(KEPT, say=_kept_after_recovery), breaks="status.recovery-clears-status"
    ),
    deviation(
        "status-said-once",
        replace(KEPT, say=_said_once),
        breaks="status.sticks-while-it-lasts",
        implies=("status.error-states-explain-themselves",),
    ),
    deviation(
        "status-said-once-but-of-refusals",
        replace(KEPT, say=_said_once_but_of_refusals),
        breaks="status.sticks-while-it-lasts",
    ),
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
    ),
)
