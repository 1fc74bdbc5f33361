"""A pure state machine: events and time in, effects out. It waits for nothing and reads no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar


@dataclass(frozen=True, slots=True)
class Publish:
    """Send a message, as it goes over the wire. `qos` None: that of the link's connect options."""

    topic: str
    payload: bytes
    retain: bool = False
    qos: int | None = None


@dataclass(frozen=True, slots=True)
class WakeAt:
    """Call `wake` at this time (Unix seconds); it replaces every earlier wish."""

    time: float


@dataclass(frozen=True, slots=True)
class Rejoin:
    """Come to the broker anew, as who has just started: what is retained there comes again."""


Effect: TypeAlias = Publish | WakeAt | Rejoin
E_contra = TypeVar("E_contra", contravariant=True)


class Machine(Protocol[E_contra]):
    """Anything whose behaviour is a function of what it is told, and when."""

    def receive(self, event: E_contra, now: float) -> Sequence[Effect]:
        """Something happened."""

    def wake(self, now: float) -> Sequence[Effect]:
        """The time that was wished for has come, or nearly; it is woken once at first, and may be for nothing."""
