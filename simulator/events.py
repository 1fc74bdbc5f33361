"""What happens to a device beside configs and provocations: its network."""

from dataclasses import dataclass
from typing import TypeAlias

from harness.provoke import Provocation
from harness.wire.udmi import Config


@dataclass(frozen=True, slots=True)
class Reconnected:
    """The network is back; nobody knows what was missed."""


Event: TypeAlias = Config | Provocation | Reconnected
