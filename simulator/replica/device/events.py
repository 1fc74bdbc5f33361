"""Events of a device behind a replica."""

from dataclasses import dataclass
from typing import TypeAlias

from harness.payload.values import JSON


@dataclass(frozen=True, slots=True)
class Heard:
    """A message came on that topic."""

    topic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Connected:
    """The connection is there; nobody knows what was missed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A property becomes another by itself, or by hand."""

    name: str
    value: JSON


@dataclass(frozen=True, slots=True)
class Restarted:
    """Power goes and comes: versions and requests are forgotten, properties keep their values."""


DeviceEvent: TypeAlias = Heard | Connected | Changed | Restarted
