"""Sequences of what may happen to a replica service, drawn by chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TypeAlias

from harness.payload.values import JSON

State: TypeAlias = Mapping[str, dict[str, JSON] | None] | None

DEVICES = ("lamp", "Lamp", "lam")
_NAMES = ("a", "b", "timestamp")
_SCALARS: tuple[JSON, ...] = (True, False, 0, 1, 2, 0.5, "", "x", "é" * 20)
_DEEPEST = 3


class What(StrEnum):
    """The kind of a step."""

    UPDATE = "update"
    GET = "get"
    DELETE = "delete"
    RESTART = "restart"
    AGAIN = "the latest update of that device once more"


class Version(StrEnum):
    """The version that an update asks for, by that of the document."""

    NONE = "none"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Step:
    """A step. `state`, `version`: of an update."""

    what: What
    device: str = DEVICES[0]
    state: State = None
    version: Version = Version.NONE


def drawn(chance: Random, length: int) -> tuple[Step, ...]:
    """A sequence of that length."""
    return tuple(_step(chance) for _ in range(length))


def _step(chance: Random) -> Step:
    [what] = chance.choices([*What], [12, 3, 1, 1, 2])
    device = chance.choice(DEVICES)
    if what is not What.UPDATE:
        return Step(what, device)
    [version] = chance.choices([*Version], [8, 2, 1, 1])
    return Step(what, device, _state(chance), version)


def _state(chance: Random) -> State:
    if chance.random() < 0.05:
        return None
    sections = chance.sample(("desired", "reported"), chance.choice((1, 1, 2)))
    return {name: None if chance.random() < 0.1 else _object(chance, 1) for name in sections}


def _object(chance: Random, level: int) -> dict[str, JSON]:
    return {name: _value(chance, level) for name in chance.sample(_NAMES, chance.randint(0, len(_NAMES)))}


def _value(chance: Random, level: int) -> JSON:
    kind = chance.random()
    if kind < 0.2:
        return None
    if kind < 0.45 and level < _DEEPEST:
        return _object(chance, level + 1)
    if kind < 0.6:
        return [chance.choice(_SCALARS) for _ in range(chance.randint(0, 3))]
    return chance.choice(_SCALARS)
