"""How a changed device behind a replica is put down."""

from collections.abc import Callable
from typing import TypeAlias

from simulator.base.variation import Variation, VariationMaker
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.rules import DeviceRules, RuleGroup, kept_but

Remake: TypeAlias = Callable[[DeviceFile], DeviceFile]
DeviceVariation: TypeAlias = Variation[DeviceFile, DeviceRules]

_MAKER: VariationMaker[DeviceFile, DeviceRules, RuleGroup] = VariationMaker(kept_but)
HEALTHY = _MAKER.healthy()
deviation, other_side, quirk, mute = _MAKER.deviation, _MAKER.other_side, _MAKER.quirk, _MAKER.mute
