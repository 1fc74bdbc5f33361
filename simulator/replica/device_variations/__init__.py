"""Devices changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.replica.device_variations.variation import DeviceVariation

VARIATIONS: tuple[DeviceVariation, ...] = ()
