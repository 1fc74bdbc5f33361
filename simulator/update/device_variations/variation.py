"""How a changed device with an update manager is put down."""

from typing import TypeAlias

from simulator.base.variation import Variation, VariationMaker
from simulator.update.declared import DeviceFile
from simulator.update.device.rules import ManagerRules, RuleGroup, kept_but

DeviceVariation: TypeAlias = Variation[DeviceFile, ManagerRules]

_MAKER: VariationMaker[DeviceFile, ManagerRules, RuleGroup] = VariationMaker(kept_but)
HEALTHY = _MAKER.healthy()
deviation, other_side, quirk, mute = _MAKER.deviation, _MAKER.other_side, _MAKER.quirk, _MAKER.mute
