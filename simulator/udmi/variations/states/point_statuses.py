"""Devices that break a clause on the status of a point."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import State, Status, ValueState
from simulator.udmi.rules import StateRules
from simulator.udmi.rules.states import explained
from simulator.udmi.variations.narrowing import each_status, with_points
from simulator.udmi.variations.variation import deviation
from simulator.udmi.write_progress import UNFIT, Cause, ProgressStep


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


def _where(cause: Cause, alter: Callable[[Status], Status]) -> StateRules:
    """Another status where it has this cause."""
    return each_status(lambda status, why: alter(status) if why.cause is cause else status)


def _is_failure(status: Status) -> Status:
    return replace(status, category="pointset.point.failure")


def _is_a_notice(status: Status) -> Status:
    return replace(status, level=300)


def _with_an_error_when_applied(category: str, level: int) -> Callable[[str, ProgressStep, float], Status | None]:
    """An applied point explains itself as if it had failed."""

    def altered(name: str, step: ProgressStep, since: float) -> Status | None:
        if step.state is not ValueState.APPLIED:
            return explained(name, step, since)
        return Status(f"Point {name} did not answer", category, level, since)

    return altered


POINT_STATUSES = (
    deviation(
        "explains-nothing",
        each_status(lambda _status, _why: None),
        breaks="status.error-states-explain-themselves",
        implies=("pointset.unknown-point-has-an-error",),
    ),
    deviation(
        "no-status-when-held",
        each_status(lambda status, why: None if why.cause is Cause.HELD else status),
        breaks="status.error-states-explain-themselves",
    ),
    deviation(
        "no-status-when-stale",
        each_status(lambda status, why: None if why.cause is Cause.STALE_ETAG else status),
        breaks="status.error-states-explain-themselves",
    ),
    deviation(
        "no-status-when-unfit",
        each_status(lambda status, why: None if why.cause in UNFIT else status),
        breaks="status.error-states-explain-themselves",
    ),
    deviation(
        "no-status-for-an-expiry",
        each_status(lambda status, why: None if why.cause is Cause.EXPIRY else status),
        breaks="status.error-states-explain-themselves",
        about="expiry.missing-is-invalid",
    ),
    deviation(
        "stale-in-category-failure", _where(Cause.STALE_ETAG, _is_failure), breaks="status.category-fits-value-state"
    ),
    deviation(
        "out-of-range-in-category-failure",
        _where(Cause.OUT_OF_RANGE, _is_failure),
        breaks="status.category-fits-value-state",
    ),
    deviation(
        "wrong-type-in-category-failure",
        _where(Cause.WRONG_TYPE, _is_failure),
        breaks="status.category-fits-value-state",
    ),
    deviation("stale-is-a-notice", _where(Cause.STALE_ETAG, _is_a_notice), breaks="status.level-fits-category"),
    deviation(
        "out-of-range-is-a-notice", _where(Cause.OUT_OF_RANGE, _is_a_notice), breaks="status.level-fits-category"
    ),
    deviation("wrong-type-is-a-notice", _where(Cause.WRONG_TYPE, _is_a_notice), breaks="status.level-fits-category"),
    deviation(
        "status-without-timestamp",
        each_status(lambda status, _why: replace(status, timestamp=None)),
        breaks="status.is-complete",
    ),
    deviation(
        "status-without-message",
        each_status(lambda status, _why: replace(status, message=None)),
        breaks="status.is-complete",
    ),
    deviation(
        "status-with-odd-timestamp",
        each_status(lambda status, _why: replace(status, timestamp=IllTyped("yesterday"))),
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
        "applied-with-an-error",
        StateRules(explained=_with_an_error_when_applied("device.write.error", 500)),
        breaks="status.applied-is-no-error",
        implies=("status.recovery-clears-status",),
    ),
    deviation(
        "applied-in-category-overridden",
        StateRules(explained=_with_an_error_when_applied("pointset.point.overridden", 400)),
        breaks="status.category-fits-value-state",
        implies=("status.recovery-clears-status",),
    ),
    deviation("status-survives-recovery", StateRules(say=_kept_after_recovery), breaks="status.recovery-clears-status"),
    deviation(
        "status-said-once",
        StateRules(say=_said_once),
        breaks="status.sticks-while-it-lasts",
        implies=("status.error-states-explain-themselves",),
    ),
    deviation(
        "status-said-once-but-of-refusals",
        StateRules(say=_said_once_but_of_refusals),
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
        _where(Cause.UNSETTLED, lambda status: replace(status, level=0)),
        breaks="status.level-in-range",
    ),
    deviation(
        "level-900",
        _where(Cause.UNSETTLED, lambda status: replace(status, level=900)),
        breaks="status.level-in-range",
    ),
    deviation(
        "level-in-words",
        each_status(
            lambda status, why: replace(status, level=IllTyped("ERROR")) if why.cause is Cause.UNSETTLED else status
        ),
        breaks="status.level-in-range",
    ),
)
