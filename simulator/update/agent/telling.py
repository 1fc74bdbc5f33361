"""Messages of an agent: feedback and inventory, as its rules write them."""

import math
from collections.abc import Iterator, Sequence

from harness.machine.effects import Publish
from harness.protocols.update.words.inventory import (
    DOMAIN_PARAMETER,
    Association,
    Inventory,
    SoftwareNode,
    SoftwareType,
)
from harness.protocols.update.words.status import FeedbackStatus
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.activity import AgentAction
from simulator.update.agent.components import SimulatedComponent, Stock
from simulator.update.agent.rules import AgentRules, InventoryRules
from simulator.update.agent.setup import AgentSetup
from simulator.update.feedback.report import FeedbackContext, PhaseReport
from simulator.update.feedback.writer import FeedbackWriter

_VERSION = "1.0.0"  # of the agent itself


class Teller:
    """Tells by feedback, and keeps count of it."""

    def __init__(self, setup: AgentSetup, rules: AgentRules) -> None:
        self._rules = rules.telling
        self._writer = FeedbackWriter(rules.writing, setup.topic(MessageKind.FEEDBACK), setup.envelope)
        self._begin("")

    def _begin(self, activity: str) -> None:
        self._of, self._number, self._last = activity, 0, -math.inf
        self._before: FeedbackStatus | None = None

    def feedback(
        self, activity: str, report: PhaseReport, actions: Sequence[AgentAction], now: float
    ) -> Iterator[Publish]:
        """The messages for a report: one, unless the rules want none, or more."""
        if activity != self._of:
            self._begin(activity)
        context = FeedbackContext(report, self._before, activity, self._number, now - self._last)
        for status in self._rules.says(context):
            self._number, self._last, self._before = self._number + 1, now, status
            baseline = {"baseline": self._rules.baseline(report.baseline)}
            yield from self._writer.messages(status, context, [action.told for action in actions], now, baseline)


def inventory_of(domain: str, components: Sequence[SimulatedComponent], stock: Stock) -> Inventory:
    """The agent's own node, and those of all that is installed, which hang on it."""
    types = {one.id: one.type for one in components}
    agent = SoftwareNode(
        f"{domain}-update-agent",
        _VERSION,
        f"Update agent of {domain}",
        SoftwareType.APPLICATION,
        ((DOMAIN_PARAMETER, domain),),
    )
    nodes = [
        SoftwareNode(name, one.version, None, types.get(name, SoftwareType.APPLICATION), one.config)
        for name, one in stock.items()
    ]
    return Inventory((agent, *nodes), (), tuple(Association(agent.id, node.id) for node in nodes))


def inventory_messages(
    setup: AgentSetup, rules: InventoryRules, inventory: Inventory, activity: str, now: float
) -> Iterator[Publish]:
    """The message that tells of an inventory."""
    payload = rules.encode(rules.content(rules.of(inventory).as_json()), activity, now, enveloped=setup.envelope)
    for topic in rules.topics(setup.topic(MessageKind.CURRENT_STATE)):
        yield Publish(topic, payload, rules.retain, rules.qos)
