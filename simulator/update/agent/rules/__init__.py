"""The decisions of an update agent, each on its own: a deviation changes one and leaves the rest."""

from simulator.update.agent.rules.agent import KEPT, AgentRules, RuleGroup, kept_but
from simulator.update.agent.rules.commands import CommandArrival, CommandRefusal, CommandRules
from simulator.update.agent.rules.executing import ActivityOutcome, ExecutingRules
from simulator.update.agent.rules.identifying import DesiredStateArrival, IdentifyingRules
from simulator.update.agent.rules.inventory import Asked, InventoryRules
from simulator.update.agent.rules.returning import Aftermath, ReturningRules
from simulator.update.agent.rules.telling import TellingRules

__all__ = [
    "KEPT",
    "ActivityOutcome",
    "Aftermath",
    "AgentRules",
    "Asked",
    "CommandArrival",
    "CommandRefusal",
    "CommandRules",
    "DesiredStateArrival",
    "ExecutingRules",
    "IdentifyingRules",
    "InventoryRules",
    "ReturningRules",
    "RuleGroup",
    "TellingRules",
    "kept_but",
]
