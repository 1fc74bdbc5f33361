"""Events on a device beside configs and provocations: its network."""

from dataclasses import dataclass
from typing import TypeAlias

from harness.protocols.udmi.words.device_events import DeviceEvent
from harness.protocols.udmi.words.messages import Config


@dataclass(frozen=True, slots=True)
class Reconnected:
    """The network is back; nobody knows what was missed."""


Event: TypeAlias = Config | DeviceEvent | Reconnected
