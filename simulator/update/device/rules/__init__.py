"""The decisions of an update manager, each on its own: a deviation changes one and leaves the rest."""

from simulator.update.agent.rules import Aftermath, Asked, DesiredStateArrival, ReturningRules
from simulator.update.device.rules.agents import OwnAgentsRules
from simulator.update.device.rules.consent import ConsentArrival, ConsentRules
from simulator.update.device.rules.identifying import DeviceIdentifyingRules
from simulator.update.device.rules.inventory import DeviceInventoryRules
from simulator.update.device.rules.leading import AgentArrival, LeadingRules
from simulator.update.device.rules.manager import KEPT, ManagerRules, RuleGroup, kept_but
from simulator.update.device.rules.policy import PolicyRules
from simulator.update.device.rules.summing_up import DeviceOutcome, SummingUpRules
from simulator.update.device.rules.telling import DeviceTellingRules

__all__ = [
    "KEPT",
    "Aftermath",
    "AgentArrival",
    "Asked",
    "ConsentArrival",
    "ConsentRules",
    "DesiredStateArrival",
    "DeviceIdentifyingRules",
    "DeviceInventoryRules",
    "DeviceOutcome",
    "DeviceTellingRules",
    "LeadingRules",
    "ManagerRules",
    "OwnAgentsRules",
    "PolicyRules",
    "ReturningRules",
    "RuleGroup",
    "SummingUpRules",
    "kept_but",
]
