"""The decisions of a device about what happens to it apart from configs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from harness.protocols.udmi.words.device_events import DeviceEvent
from harness.protocols.udmi.words.messages import ValueState
from simulator.udmi.events import Reconnected


@dataclass(frozen=True, slots=True)
class Expired:
    """The writes' time is up."""


Cause: TypeAlias = DeviceEvent | Expired | Reconnected


@dataclass(frozen=True, slots=True)
class EventRules:
    """Decisions about events. `notices_after`: seconds until it knows; `speaks_up`: whether a state reports it."""

    notices_after: Callable[[DeviceEvent], float] = lambda _provocation: 0.0
    tries_again: Callable[[ValueState | None, DeviceEvent], bool] = lambda _state, _provocation: True
    speaks_up: Callable[[Cause], bool] = lambda _cause: True
