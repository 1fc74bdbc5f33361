"""Conditions of a device that no message brings about, as data; a target knows how to bring them about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, assert_never

from harness.wire.udmi import Value


@dataclass(frozen=True, slots=True)
class Override:
    """Someone of higher priority takes the point."""

    point: str


@dataclass(frozen=True, slots=True)
class Release:
    """Who held the point lets it go."""

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
    """The point's units are changed on the device itself, from `before` to `units`."""

    point: str
    units: str
    before: str


@dataclass(frozen=True, slots=True)
class Move:
    """The point's own value becomes another, as by hand or by what it measures, in the units of the moment."""

    point: str
    value: Value
    before: Value


@dataclass(frozen=True, slots=True)
class Restart:
    """The device's power goes and comes: what it was told is forgotten, what has happened to its points is not."""

    point: str = ""  # it is done to the whole device


Provocation: TypeAlias = Override | Release | Break | Mend | ChangeUnits | Move | Restart


NAMES: Mapping[type[Provocation], str] = {
    Override: "override",
    Release: "release",
    Break: "break",
    Mend: "mend",
    ChangeUnits: "change_units",
    Move: "move",
    Restart: "restart",
}


def words_for(provocation: Provocation) -> str:
    """What is done, and to what."""
    return f"{NAMES[type(provocation)].replace('_', ' ')} {provocation.point or 'the device'}"


def undoing(provocation: Provocation) -> Provocation:  # noqa: PLR0911 - a table of opposites
    """What brings the device back to where it was; a restart is over when it is done."""
    match provocation:
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
            return provocation
        case _:
            assert_never(provocation)


class Provoker(Protocol):
    """A target's way to bring conditions about."""

    async def provoke(self, provocation: Provocation) -> None:
        """Do it; when this returns, it is done. Raises CannotProvoke where the target offers no way."""


class CannotProvoke(Exception):  # noqa: N818 - an answer of the target's, not an error
    """The target offers no way to bring the condition about; `remedy` names the line that would."""

    def __init__(self, provocation: Provocation, remedy: str) -> None:
        super().__init__(f"cannot {words_for(provocation)}: {remedy}")
