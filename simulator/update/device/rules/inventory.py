"""The decisions about the inventory of a whole device."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.agent.rules import InventoryRules
from simulator.update.device.law import ENDS


@dataclass(frozen=True, slots=True)
class DeviceInventoryRules(InventoryRules):
    """As an agent's. `on_change`: whether it is told unasked where an agent's changes while nothing is under way.

    `refreshes`: whether agents are asked for theirs before a desired state ends. `knows`: whether the inventory of the
    agent of that domain is taken in.
    """

    behind: Callable[[FeedbackStatus], bool] = lambda status: status in ENDS
    on_change: bool = True
    refreshes: bool = True
    knows: Callable[[str], bool] = lambda _domain: True
