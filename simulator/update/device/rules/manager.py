"""All decisions of a device."""

from dataclasses import dataclass, field
from typing import TypeAlias

from simulator.base.rule_groups import with_groups
from simulator.link.link_rules import LinkRules
from simulator.update.agent.rules import ReturningRules
from simulator.update.device.rules.agents import OwnAgentsRules
from simulator.update.device.rules.consent import ConsentRules
from simulator.update.device.rules.identifying import DeviceIdentifyingRules
from simulator.update.device.rules.inventory import DeviceInventoryRules
from simulator.update.device.rules.leading import LeadingRules
from simulator.update.device.rules.policy import PolicyRules
from simulator.update.device.rules.summing_up import SummingUpRules
from simulator.update.device.rules.telling import DeviceTellingRules
from simulator.update.feedback.writing_rules import WritingRules


@dataclass(frozen=True, slots=True)
class ManagerRules:
    """A group for each thing that there is to decide about; `agents`: those of the device's own agents."""

    identifying: DeviceIdentifyingRules = field(default_factory=DeviceIdentifyingRules)
    leading: LeadingRules = field(default_factory=LeadingRules)
    summing_up: SummingUpRules = field(default_factory=SummingUpRules)
    telling: DeviceTellingRules = field(default_factory=DeviceTellingRules)
    writing: WritingRules = field(default_factory=WritingRules)
    inventory: DeviceInventoryRules = field(default_factory=DeviceInventoryRules)
    consent: ConsentRules = field(default_factory=ConsentRules)
    policy: PolicyRules = field(default_factory=PolicyRules)
    returning: ReturningRules = field(default_factory=ReturningRules)
    agents: OwnAgentsRules = field(default_factory=OwnAgentsRules)
    link: LinkRules = field(default_factory=LinkRules)


RuleGroup: TypeAlias = (
    DeviceIdentifyingRules
    | LeadingRules
    | SummingUpRules
    | DeviceTellingRules
    | WritingRules
    | DeviceInventoryRules
    | ConsentRules
    | PolicyRules
    | ReturningRules
    | OwnAgentsRules
    | LinkRules
)

KEPT = ManagerRules()


def kept_but(*changes: RuleGroup) -> ManagerRules:
    """Every clause is kept but for these groups of decisions. Raises ValueError for two of one kind."""
    return with_groups(KEPT, *changes)
