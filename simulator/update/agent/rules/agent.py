"""All decisions of an agent."""

from dataclasses import dataclass, field
from typing import TypeAlias

from simulator.base.rule_groups import with_groups
from simulator.link.link_rules import LinkRules
from simulator.update.agent.rules.commands import CommandRules
from simulator.update.agent.rules.executing import ExecutingRules
from simulator.update.agent.rules.identifying import IdentifyingRules
from simulator.update.agent.rules.inventory import InventoryRules
from simulator.update.agent.rules.returning import ReturningRules
from simulator.update.agent.rules.telling import TellingRules
from simulator.update.feedback.writing_rules import WritingRules


@dataclass(frozen=True, slots=True)
class AgentRules:
    """A group for each thing that there is to decide about."""

    identifying: IdentifyingRules = field(default_factory=IdentifyingRules)
    commands: CommandRules = field(default_factory=CommandRules)
    executing: ExecutingRules = field(default_factory=ExecutingRules)
    telling: TellingRules = field(default_factory=TellingRules)
    writing: WritingRules = field(default_factory=WritingRules)
    inventory: InventoryRules = field(default_factory=InventoryRules)
    returning: ReturningRules = field(default_factory=ReturningRules)
    link: LinkRules = field(default_factory=LinkRules)


RuleGroup: TypeAlias = (
    IdentifyingRules
    | CommandRules
    | ExecutingRules
    | TellingRules
    | WritingRules
    | InventoryRules
    | ReturningRules
    | LinkRules
)

KEPT = AgentRules()


def kept_but(*changes: RuleGroup) -> AgentRules:
    """Every clause is kept but for these groups of decisions. Raises ValueError for two of one kind."""
    return with_groups(KEPT, *changes)
