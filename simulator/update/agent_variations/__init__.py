"""Agents changed in one decision: deviations break the clause that they name, quirks are odd and break none."""

from simulator.update.agent_variations.actions import ACTIONS
from simulator.update.agent_variations.commands import COMMANDS
from simulator.update.agent_variations.identification import IDENTIFICATION
from simulator.update.agent_variations.inventory import INVENTORY
from simulator.update.agent_variations.messages import MESSAGES
from simulator.update.agent_variations.phases import PHASES_GONE_WRONG
from simulator.update.agent_variations.quirks import QUIRKS
from simulator.update.agent_variations.variation import AgentVariation

VARIATIONS: tuple[AgentVariation, ...] = (
    *MESSAGES,
    *ACTIONS,
    *IDENTIFICATION,
    *PHASES_GONE_WRONG,
    *COMMANDS,
    *INVENTORY,
    *QUIRKS,
)
