"""Devices changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.replica.device_variations.changes import CHANGES
from simulator.replica.device_variations.messages import MESSAGES
from simulator.replica.device_variations.quirks import MUTE, QUIRKS
from simulator.replica.device_variations.returns import RETURNS
from simulator.replica.device_variations.starts import STARTS
from simulator.replica.device_variations.variation import DeviceVariation

VARIATIONS: tuple[DeviceVariation, ...] = (*STARTS, *CHANGES, *MESSAGES, *RETURNS, *MUTE, *QUIRKS)
