"""Devices changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.update.device_variations.actions import ACTIONS
from simulator.update.device_variations.agents import AGENTS
from simulator.update.device_variations.ends import ENDS
from simulator.update.device_variations.identification import IDENTIFICATION
from simulator.update.device_variations.inventory import INVENTORY
from simulator.update.device_variations.messages import MESSAGES
from simulator.update.device_variations.quirks import QUIRKS
from simulator.update.device_variations.variation import DeviceVariation

VARIATIONS: tuple[DeviceVariation, ...] = (
    *MESSAGES,
    *ACTIONS,
    *IDENTIFICATION,
    *ENDS,
    *INVENTORY,
    *AGENTS,
    *QUIRKS,
)
