"""A write on its way: the steps that it goes through, laid out when it begins."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from harness.payload.values import Value
from harness.protocols.udmi.words.messages import ValueState
from simulator.udmi.declared.points import Condition, ReadOnly, SimulatedPoint, kind_of
from simulator.udmi.declared.units import converted


class Cause(Enum):
    """The kinds of reasons that there are."""

    UNKNOWN_POINT = auto()
    UNFOUND_REF = auto()
    READ_ONLY = auto()
    WRONG_TYPE = auto()
    OUT_OF_RANGE = auto()
    OTHER_UNITS = auto()
    STALE_ETAG = auto()
    EXPIRY = auto()
    HELD = auto()
    FAULT = auto()
    ON_ITS_WAY = auto()
    UNSETTLED = auto()


@dataclass(frozen=True, slots=True)
class StateReason:
    """`words`: what goes on a sentence that begins with a point's name, or of a config, what is wrong with it."""

    cause: Cause
    words: str

    def __str__(self) -> str:
        return self.words


UNFIT = frozenset({Cause.WRONG_TYPE, Cause.OUT_OF_RANGE})  # of a value that a point which is written to cannot take
STALE = StateReason(Cause.STALE_ETAG, "the config's etag is not current")

SAYS_SO_AFTER = 2.0
GIVES_UP_AFTER = 60.0

ON_ITS_WAY = StateReason(Cause.ON_ITS_WAY, "is on its way")
_UNSETTLED = StateReason(Cause.UNSETTLED, f"did not settle in {GIVES_UP_AFTER:g} s")


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """At `after` seconds the write reaches `state`."""

    after: float
    state: ValueState
    why: StateReason | None = None


Plan: TypeAlias = tuple[ProgressStep, ...]


@dataclass(frozen=True, slots=True)
class WriteProgress:
    """The progress of a write; its steps follow from the time. `units` are those that the value was given in."""

    value: Value
    units: str | None
    began: float
    plan: Plan
    refused: bool = False

    def step(self, now: float) -> ProgressStep | None:
        """The latest step that is reached; None before the first."""
        for step in reversed(self.plan):
            if self.began + step.after <= now:
                return step
        return None

    def next_after(self, now: float) -> float | None:
        """When the next step is due."""
        for step in self.plan:
            if self.began + step.after > now:
                return self.began + step.after
        return None


def plan(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """The steps of a write that is begun in this condition, earliest first.

    `telemetry_in`: seconds to the next telemetry, which `updating` must not come after.
    """
    problem = unacceptable(point, condition, value)
    if problem:
        return (ProgressStep(0, ValueState.INVALID, problem),)
    if condition.held_by:
        return (ProgressStep(0, ValueState.OVERRIDDEN, StateReason(Cause.HELD, f"is held by {condition.held_by}")),)
    if condition.fault:
        return (ProgressStep(0, ValueState.FAILURE, StateReason(Cause.FAULT, condition.fault)),)
    return _settling(condition.settles_after, min(SAYS_SO_AFTER, telemetry_in))


def unacceptable(point: SimulatedPoint, condition: Condition, value: Value) -> StateReason | None:
    """Why the point cannot take the value; None if it can."""
    if isinstance(point.behaviour, ReadOnly):
        return StateReason(Cause.READ_ONLY, "cannot be written")
    if kind_of(value) != kind_of(point.base):
        return StateReason(Cause.WRONG_TYPE, f"takes a {kind_of(point.base)}")
    quantity = converted(value, condition.units, point.units)
    if isinstance(quantity, bool | str):
        return None
    if point.minimum is not None and quantity < point.minimum:
        return StateReason(Cause.OUT_OF_RANGE, f"does not go below {point.minimum:g}")
    if point.maximum is not None and quantity > point.maximum:
        return StateReason(Cause.OUT_OF_RANGE, f"does not go above {point.maximum:g}")
    return None


def _settling(settles_after: float | None, says_so_after: float) -> Plan:
    if settles_after is not None and settles_after <= 0:
        return (ProgressStep(0, ValueState.APPLIED),)
    steps = [
        ProgressStep(says_so_after, ValueState.UPDATING, ON_ITS_WAY),
        ProgressStep(GIVES_UP_AFTER, ValueState.FAILURE, _UNSETTLED),
    ]
    if settles_after is not None:
        steps = [step for step in steps if step.after < settles_after] + [
            ProgressStep(settles_after, ValueState.APPLIED)
        ]
    return tuple(steps)
