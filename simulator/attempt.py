"""A write on its way: the steps that it goes through, laid out when it begins."""

from dataclasses import dataclass
from typing import TypeAlias

from harness.wire.udmi import Value, ValueState
from simulator.points import Condition, Point, ReadOnly, kind_of
from simulator.units import converted

SAYS_SO_AFTER = 2.0
GIVES_UP_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class Step:
    """At `after` seconds the write reaches `state`."""

    after: float
    state: ValueState
    why: str = ""


Plan: TypeAlias = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What it has reached follows from the time. `units` are those that the value was given in."""

    value: Value
    units: str | None
    began: float
    plan: Plan
    refused: bool = False

    def step(self, now: float) -> Step | None:
        """The latest step that is reached; None before the first."""
        return next((step for step in reversed(self.plan) if self.began + step.after <= now), None)

    def next_after(self, now: float) -> float | None:
        """When the next step is due."""
        return next((self.began + s.after for s in self.plan if self.began + s.after > now), None)


def plan(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """The steps of a write that is begun in this condition, earliest first.

    `telemetry_in`: seconds to the next telemetry, which `updating` must not come after.
    """
    problem = unacceptable(point, condition, value)
    if problem:
        return (Step(0, ValueState.INVALID, problem),)
    if condition.held_by:
        return (Step(0, ValueState.OVERRIDDEN, f"is held by {condition.held_by}"),)
    if condition.fault:
        return (Step(0, ValueState.FAILURE, condition.fault),)
    return _settling(condition.settles_after, min(SAYS_SO_AFTER, telemetry_in))


def unacceptable(point: Point, condition: Condition, value: Value) -> str | None:
    """Why the point cannot take the value, in a few words after its name; None if it can."""
    if isinstance(point.behaviour, ReadOnly):
        return "cannot be written"
    if kind_of(value) != kind_of(point.base):
        return f"takes a {kind_of(point.base)}"
    quantity = converted(value, condition.units, point.units)
    if isinstance(quantity, bool | str):
        return None
    if point.minimum is not None and quantity < point.minimum:
        return f"does not go below {point.minimum:g}"
    if point.maximum is not None and quantity > point.maximum:
        return f"does not go above {point.maximum:g}"
    return None


def _settling(settles_after: float | None, says_so_after: float) -> Plan:
    if settles_after is not None and settles_after <= 0:
        return (Step(0, ValueState.APPLIED),)
    steps = [
        Step(says_so_after, ValueState.UPDATING, "is on its way"),
        Step(GIVES_UP_AFTER, ValueState.FAILURE, f"did not settle in {GIVES_UP_AFTER:g} s"),
    ]
    if settles_after is not None:
        steps = [step for step in steps if step.after < settles_after] + [Step(settles_after, ValueState.APPLIED)]
    return tuple(steps)
