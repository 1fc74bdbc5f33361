"""How a changed UDMI device is put down."""

from collections.abc import Callable
from typing import TypeAlias

from simulator.base.variation import Variation as AnyVariation
from simulator.base.variation import VariationMaker
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.rules import Group, Rules, kept_but

Remake: TypeAlias = Callable[[DeviceFile], DeviceFile]
Variation: TypeAlias = AnyVariation[DeviceFile, Rules]

_MAKER: VariationMaker[DeviceFile, Rules, Group] = VariationMaker(kept_but)
HEALTHY = _MAKER.healthy()
deviation, other_side, quirk = _MAKER.deviation, _MAKER.other_side, _MAKER.quirk
mute, contested = _MAKER.mute, _MAKER.contested
