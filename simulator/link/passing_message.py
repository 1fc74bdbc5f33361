"""A message on its way over a device's link, for those who watch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PassingMessage:
    """`time`: Unix seconds: when it came, or left. `is_sent`: by the device; else it came to it.

    `is_handed`: past the broker, by a person at the simulator.
    """

    time: float
    topic: str
    payload: bytes
    retain: bool = False
    is_sent: bool = False
    is_handed: bool = False


Observe: TypeAlias = Callable[[PassingMessage], None]


def nobody(_message: PassingMessage) -> None:
    """No one watches."""
