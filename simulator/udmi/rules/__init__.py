"""The decisions of a device, each on its own, so that a deviation can change one and leave the rest."""

from simulator.udmi.rules.configs import ConfigRules, Owed, Standing
from simulator.udmi.rules.device import KEPT, Group, Rules, kept_but
from simulator.udmi.rules.events import Cause, EventRules, Expired
from simulator.udmi.rules.points import PointRules, Values
from simulator.udmi.rules.states import LEVELS, StateRules
from simulator.udmi.rules.telemetry import TelemetryRules
from simulator.udmi.rules.writes import PlanOf, WriteRules

__all__ = [
    "KEPT",
    "LEVELS",
    "Cause",
    "ConfigRules",
    "EventRules",
    "Expired",
    "Group",
    "Owed",
    "PlanOf",
    "PointRules",
    "Rules",
    "Standing",
    "StateRules",
    "TelemetryRules",
    "Values",
    "WriteRules",
    "kept_but",
]
