"""A point as data: its value, its bounds, and how it takes a write."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from harness.payload.values import Value


@dataclass(frozen=True, slots=True)
class Writable:
    """Takes a good value at once."""


@dataclass(frozen=True, slots=True)
class ReadOnly:
    """Cannot be written."""


@dataclass(frozen=True, slots=True)
class Overridden:
    """Held by someone of higher priority, until released."""

    by: str = "local operator"


@dataclass(frozen=True, slots=True)
class Slow:
    """Settles after so many seconds."""

    settles_after: float


@dataclass(frozen=True, slots=True)
class Stuck:
    """Never settles, until mended."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """Fails on the device's side, until mended."""

    fault: str = "does not answer"


Behaviour: TypeAlias = Writable | ReadOnly | Overridden | Slow | Stuck | Faulty


@dataclass(frozen=True, slots=True)
class SimulatedPoint:
    """One point: the value that it shows by itself, and what bounds a write, both in `units`.

    `ref`: the resource inside the device that it stands for.
    """

    name: str
    base: Value
    behaviour: Behaviour
    minimum: float | None = None
    maximum: float | None = None
    units: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """The state of a point that may change at run time. `settles_after` None: never."""

    held_by: str | None = None
    fault: str | None = None
    settles_after: float | None = 0.0
    units: str | None = None


def kind_of(value: Value) -> str:
    """The type of the value, in JSON's words: a point takes values of its own value's type."""
    match value:
        case bool():
            return "boolean"
        case str():
            return "string"
        case _:
            return "number"


def declared(point: SimulatedPoint) -> Condition:
    """The condition that the point starts in."""
    match point.behaviour:
        case Writable() | ReadOnly():
            return Condition(units=point.units)
        case Overridden(by):
            return Condition(held_by=by, units=point.units)
        case Slow(seconds):
            return Condition(settles_after=seconds, units=point.units)
        case Stuck():
            return Condition(settles_after=None, units=point.units)
        case Faulty(fault):
            return Condition(fault=fault, units=point.units)
        case _:
            assert_never(point.behaviour)
