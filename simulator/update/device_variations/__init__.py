"""Devices changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.update.device_variations.variation import DeviceVariation

VARIATIONS: tuple[DeviceVariation, ...] = ()
