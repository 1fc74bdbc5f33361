"""What happens to a device beside configs and provocations: someone at its front, its power, its network."""

from dataclasses import dataclass
from typing import TypeAlias

from harness.provoke import Provocation
from harness.wire.udmi import Config, Value


@dataclass(frozen=True, slots=True)
class SetValue:
    """The point's own value changes, as by hand or by what it measures. `value` is in the units of the moment."""

    point: str
    value: Value


@dataclass(frozen=True, slots=True)
class Restart:
    """Power off and on: what the device was told is forgotten, what has happened to its points is not."""


@dataclass(frozen=True, slots=True)
class Reconnected:
    """The network is back; nobody knows what was missed."""


Event: TypeAlias = Config | Provocation | SetValue | Restart | Reconnected
