"""All decisions of a device, in groups by what they decide: a deviation changes one of one group."""

from dataclasses import dataclass, field
from typing import TypeAlias

from simulator.base.rule_groups import with_groups
from simulator.link.link_rules import LinkRules
from simulator.udmi.rules.configs import ConfigRules
from simulator.udmi.rules.events import EventRules
from simulator.udmi.rules.points import PointRules
from simulator.udmi.rules.states import StateRules
from simulator.udmi.rules.system_rules import SystemRules
from simulator.udmi.rules.telemetry import TelemetryRules
from simulator.udmi.rules.writes import WriteRules
from simulator.udmi.sampling import Sampling

Group: TypeAlias = (
    ConfigRules
    | EventRules
    | LinkRules
    | PointRules
    | Sampling
    | StateRules
    | SystemRules
    | TelemetryRules
    | WriteRules
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The decisions of a device. By default they keep the specification."""

    configs: ConfigRules = field(default_factory=ConfigRules)
    writes: WriteRules = field(default_factory=WriteRules)
    points: PointRules = field(default_factory=PointRules)
    events: EventRules = field(default_factory=EventRules)
    states: StateRules = field(default_factory=StateRules)
    telemetry: TelemetryRules = field(default_factory=TelemetryRules)
    sampling: Sampling = field(default_factory=Sampling)
    system: SystemRules = field(default_factory=SystemRules)
    link: LinkRules = field(default_factory=LinkRules)


KEPT = Rules()


def kept_but(*changes: Group) -> Rules:
    """Decide all as the specification wants it, but for these groups. Raises ValueError for two of one kind."""
    return with_groups(KEPT, *changes)
