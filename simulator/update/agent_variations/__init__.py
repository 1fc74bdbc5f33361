"""Agents changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.update.agent_variations.variation import AgentVariation

VARIATIONS: tuple[AgentVariation, ...] = ()
