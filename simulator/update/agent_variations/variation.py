"""How a changed update agent is put down."""

from collections.abc import Callable
from typing import TypeAlias

from simulator.base.variation import Variation, VariationMaker
from simulator.update.agent.rules import AgentRules, RuleGroup, kept_but
from simulator.update.declared import DeviceFile

Remake: TypeAlias = Callable[[DeviceFile], DeviceFile]
AgentVariation: TypeAlias = Variation[DeviceFile, AgentRules]

_MAKER: VariationMaker[DeviceFile, AgentRules, RuleGroup] = VariationMaker(kept_but)
HEALTHY = _MAKER.healthy()
deviation, other_side, quirk, mute = _MAKER.deviation, _MAKER.other_side, _MAKER.quirk, _MAKER.mute
