"""Messages of an agent: feedback and inventory, as its rules write them."""

import math
from collections.abc import Iterator, Sequence

from harness.machine.effects import Publish
from harness.payload.values import JSON
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
from simulator.update.agent.phase_report import PhaseReport, Utterance
from simulator.update.agent.rules import InventoryRules, TellingRules
from simulator.update.agent.rules.telling import Content
from simulator.update.agent.setup import AgentSetup

_VERSION = "1.0.0"  # of the agent itself


class Teller:
    """Writes feedback, and keeps count of it."""

    def __init__(self, setup: AgentSetup, rules: TellingRules) -> None:
        self._setup, self._rules = setup, rules
        self._number, self._last, self._of = 0, -math.inf, ""

    def feedback(
        self, activity: str, report: PhaseReport, actions: Sequence[AgentAction], now: float
    ) -> Iterator[Publish]:
        """The messages for a report: one, unless the rules want none, or more."""
        if activity != self._of:
            self._number, self._last, self._of = 0, -math.inf, activity
        utterance = Utterance(report, activity, self._number, now - self._last)
        for status in self._rules.says(utterance):
            content = self._content(status, utterance, actions)
            envelope_id = self._rules.activity(activity, self._number)
            payload = self._rules.encode(content, envelope_id, now, enveloped=self._setup.envelope)
            self._number, self._last = self._number + 1, now
            for topic in self._rules.topics(self._setup.topic(MessageKind.FEEDBACK)):
                yield Publish(topic, payload, self._rules.retain, self._rules.qos)

    def _content(self, status: FeedbackStatus, utterance: Utterance, actions: Sequence[AgentAction]) -> Content:
        rules, report = self._rules, utterance.report
        content: Content = {"status": rules.status(status)}
        self._add(content, "baseline", rules.baseline(report.baseline))
        self._add(content, "message", rules.words(report.message))
        listed = [self._action(action, utterance) for action in actions] if report.lists else []
        told = [*rules.actions(listed, utterance)]
        if told or rules.lists_none:
            content["actions"] = told
        elif rules.nulls:
            content["actions"] = None
        return rules.feedback(content, utterance)

    def _action(self, action: AgentAction, utterance: Utterance) -> Content:
        component: Content = {"id": action.change.component, "version": action.change.version}
        content: Content = {"component": component, "status": self._rules.action_status(action.status)}
        self._add(content, "progress", None if action.progress is None else self._rules.progress(action.progress))
        self._add(content, "message", self._rules.words(action.message))
        return self._rules.action(content, utterance)

    def _add(self, content: Content, name: str, value: JSON) -> None:
        if value is not None or self._rules.nulls:
            content[name] = value


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
