"""The decisions of a device about a write: whether it is begun, how it goes on, and what ends it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from harness.payload.values import IllTyped, Value
from harness.protocols.udmi.words.messages import PointConfig, ValueState
from simulator.udmi import write_progress
from simulator.udmi.declared.points import Condition, SimulatedPoint
from simulator.udmi.write_progress import Plan, StateReason

PlanOf: TypeAlias = Callable[[SimulatedPoint, Condition, Value, float], Plan]


def wanted(config: PointConfig) -> Value | None:
    """The value that a point is to take; a field that no specification knows is no wish."""
    return None if isinstance(config.set_value, IllTyped) else config.set_value


@dataclass(frozen=True, slots=True)
class WriteRules:
    """How a point is written."""

    wanted: Callable[[PointConfig], Value | None] = wanted
    refuses: Callable[[SimulatedPoint, StateReason], StateReason | None] = lambda _point, reason: reason
    reads_in: Callable[[SimulatedPoint, Condition], Condition] = lambda _point, condition: condition
    plan: PlanOf = write_progress.plan
    begins_anew: Callable[[Value, Value], bool] = lambda before, value: before != value
    end_with_the_timer: Callable[[Mapping[str, ValueState | None]], Iterable[str]] = lambda written: written
