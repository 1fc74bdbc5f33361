"""Events that can be brought about on a device beside configs, as data; and each as a target is asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from harness.payload.values import Value
from harness.provocations.provocation import CannotProvoke, Provocation


@dataclass(frozen=True, slots=True)
class Override:
    """Someone of higher priority takes the point."""

    point: str


@dataclass(frozen=True, slots=True)
class Release:
    """The holder of the point lets it go."""

    point: str


@dataclass(frozen=True, slots=True)
class Break:
    """The point's trouble comes: its fault, or that it never settles."""

    point: str


@dataclass(frozen=True, slots=True)
class Mend:
    """The point's trouble goes."""

    point: str


@dataclass(frozen=True, slots=True)
class ChangeUnits:
    """The point's units are changed on the device itself, to `units`; `before`: to what they are changed back."""

    point: str
    units: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """The point's own value becomes another, as by hand or by what it measures, in the units of the moment.

    `before`: the value that it is brought back to.
    """

    point: str
    value: Value
    before: Value = 0


@dataclass(frozen=True, slots=True)
class Restart:
    """The device's power goes and comes: what it was told is forgotten, what has happened to its points is not."""

    point: str = ""  # it is done to the whole device


DeviceEvent: TypeAlias = Override | Release | Break | Mend | ChangeUnits | Move | Restart

NAMES: Mapping[type[DeviceEvent], str] = {
    Override: "override",
    Release: "release",
    Break: "break",
    Mend: "mend",
    ChangeUnits: "change_units",
    Move: "move",
    Restart: "restart",
}


def provocation_of(event: DeviceEvent) -> Provocation:
    """As a target is asked for it. A way of the profile may name {point}, {units} and {value}."""
    name, words = NAMES[type(event)], {"point": event.point}
    match event:
        case ChangeUnits(point, units):
            return Provocation(name, point, units, {**words, "units": units})
        case Move(point, value):
            return Provocation(name, point, value, {**words, "value": value})
        case _:
            return Provocation(name, event.point, words=words)


def event_of(provocation: Provocation) -> DeviceEvent:
    """As the device is told of it. Raises CannotProvoke where no device can be."""
    match provocation:
        case Provocation("change_units", point, str(units)):
            return ChangeUnits(point, units)
        case Provocation("move", point, bool() | int() | float() | str() as value):
            return Move(point, value)
        case Provocation(name, point) if name in _SIMPLE:
            return _SIMPLE[name](point)
    raise CannotProvoke(provocation, "it is nothing that happens to a device")


def undoing(event: DeviceEvent) -> DeviceEvent:  # noqa: PLR0911 - a table of opposites
    """The event that brings the device back to where it was; a restart is its own."""
    match event:
        case Override(point):
            return Release(point)
        case Release(point):
            return Override(point)
        case Break(point):
            return Mend(point)
        case Mend(point):
            return Break(point)
        case ChangeUnits(point, units, before):
            return ChangeUnits(point, before, units)
        case Move(point, value, before):
            return Move(point, before, value)
        case Restart():
            return event
        case _:
            assert_never(event)


_SIMPLE: Mapping[str, type[Override | Release | Break | Mend | Restart]] = {
    NAMES[kind]: kind for kind in (Override, Release, Break, Mend, Restart)
}
