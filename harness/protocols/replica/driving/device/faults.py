"""Faults of a replica that the harness plays, as data. Each is over with the scenario, or after so many times."""

from dataclasses import dataclass
from typing import TypeAlias

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import AnswerLevel, Operation

FOR_EVER = 10**9


@dataclass(frozen=True, slots=True)
class Mute:
    """Messages of that kind are not said; `level` None: no answer to the operation."""

    operation: Operation
    level: AnswerLevel | None = None
    times: int = FOR_EVER


@dataclass(frozen=True, slots=True)
class Refuse:
    """Requests of that kind are rejected, whatever they are."""

    operation: Operation
    code: int
    times: int = FOR_EVER


@dataclass(frozen=True, slots=True)
class Twice:
    """Messages of that kind are said twice."""

    operation: Operation
    level: AnswerLevel
    times: int = FOR_EVER


@dataclass(frozen=True, slots=True)
class Swap:
    """A message of that kind is held until the next, and said behind it."""

    operation: Operation
    level: AnswerLevel
    times: int = 1


@dataclass(frozen=True, slots=True)
class Delay:
    """Messages of that kind are said so many seconds later."""

    operation: Operation
    level: AnswerLevel
    seconds: float
    times: int = 1


@dataclass(frozen=True, slots=True)
class AcceptedFirst:
    """An update is accepted before its delta is said."""

    times: int = FOR_EVER


ReplicaFault: TypeAlias = Mute | Refuse | Twice | Swap | Delay | AcceptedFirst


def described(fault: ReplicaFault) -> tuple[str, str, JSON]:
    """A fault as a provocation: its name, what it is about, and the detail."""
    match fault:
        case Mute(operation, level):
            return "mute", "/".join((operation, *([level] if level else []))), None
        case Refuse(operation, code):
            return "refuse", operation, code
        case Twice(operation, level):
            return "say twice", f"{operation}/{level}", None
        case Swap(operation, level):
            return "swap", f"{operation}/{level}", None
        case Delay(operation, level, seconds):
            return "delay", f"{operation}/{level}", seconds
        case AcceptedFirst():
            return "accept first", "", None
