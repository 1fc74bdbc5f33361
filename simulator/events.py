"""What happens to a device beside configs and provocations: its power, its network."""

from dataclasses import dataclass
from typing import TypeAlias

from harness.provoke import Provocation
from harness.wire.udmi import Config


@dataclass(frozen=True, slots=True)
class Restart:
    """Power off and on: what the device was told is forgotten, what has happened to its points is not."""


@dataclass(frozen=True, slots=True)
class Reconnected:
    """The network is back; nobody knows what was missed."""


Event: TypeAlias = Config | Provocation | Restart | Reconnected
