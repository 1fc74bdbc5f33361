"""Messages of an update manager: to a backend, to agents, and to an owner, as its rules write them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.machine.effects import Publish
from harness.protocols.update.words.command import command_message
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.status import FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.update.device.rules import ManagerRules
from simulator.update.device.setup import ManagerSetup
from simulator.update.feedback.report import FeedbackContext, PhaseReport, ToldAction
from simulator.update.feedback.writer import FeedbackWriter
from simulator.update.feedback.writing_rules import Content


class Feedbacks:
    """Feedback on one activity. `before`: the status that was told last, or was to be; `told_at`: when."""

    def __init__(self, activity: str, setup: ManagerSetup, rules: ManagerRules) -> None:
        self._activity, self._setup, self._rules = activity, setup, rules
        self._writer = FeedbackWriter(rules.writing, setup.topic(MessageKind.FEEDBACK), setup.envelope)
        self.before: FeedbackStatus | None = None
        self.told_at = -math.inf
        self._number = 0
        self._told: object = None

    def say(
        self, status: FeedbackStatus, message: str | None, actions: Sequence[ToldAction], now: float
    ) -> Iterator[Publish]:
        """The messages for a status: one, unless the rules want none, or more."""
        rules, told_as = self._rules.telling, self._rules.summing_up.told_as
        report = PhaseReport(status, None, message, lists=rules.lists(status))
        context = FeedbackContext(report, self.before, self._activity, self._number, now - self.told_at)
        statuses = rules.says(context)
        self.told_at, self.before, self._told = now, status, self._seen(actions)
        told = [replace(action, status=told_as(action.status, self._setup.spec)) for action in actions]
        for one in statuses:
            self._number += 1
            yield from self._writer.messages(one, context, told, now)

    def has_news(self, actions: Sequence[ToldAction]) -> bool:
        """Whether a backend would see any change in them."""
        return self._seen(actions) != self._told

    def _seen(self, actions: Sequence[ToldAction]) -> object:
        told_as = self._rules.summing_up.told_as
        return {one.component: (one.version, told_as(one.status, self._setup.spec), one.progress) for one in actions}


class OutgoingMessages:
    """Writes all that is no feedback."""

    def __init__(self, setup: ManagerSetup, rules: ManagerRules) -> None:
        self._setup, self._rules = setup, rules

    def slice(self, domain: str, state: DesiredState, activity: str, now: float) -> Publish:
        """The part of a desired state that is an agent's."""
        rules = self._rules.identifying
        content = rules.slice(state, domain).as_json()
        return self._to_agent(MessageKind.DESIRED_STATE, domain, content, rules.slice_id(activity), now)

    def command(self, domain: str, command: PhaseCommand, activity: str, now: float) -> Publish:
        """A command to an agent."""
        content = command_message(command).as_json()
        return self._to_agent(MessageKind.COMMAND, domain, content, self._rules.leading.command_id(activity), now)

    def question(self, domain: str, activity: str, now: float) -> Publish:
        """The question for an agent's inventory."""
        return self._to_agent(MessageKind.CURRENT_STATE_GET, domain, None, activity, now)

    def consent(self, command: PhaseCommand, activity: str, now: float) -> Publish:
        """The question for an owner's consent."""
        rules = self._rules.consent
        content = command_message(rules.asked_for(command)).as_json()
        payload = rules.encode(content, rules.ask_id(activity), now, enveloped=self._setup.envelope)
        return Publish(self._setup.topic(MessageKind.OWNER_CONSENT), payload, rules.retain, rules.qos)

    def inventory(self, inventory: Inventory, activity: str, now: float) -> Iterator[Publish]:
        """The inventory of the whole device."""
        rules = self._rules.inventory
        content = rules.content(rules.of(inventory).as_json())
        payload = rules.encode(content, activity, now, enveloped=self._setup.envelope)
        for topic in rules.topics(self._setup.topic(MessageKind.CURRENT_STATE)):
            yield Publish(topic, payload, rules.retain, rules.qos)

    def _to_agent(self, kind: MessageKind, domain: str, content: Content | None, activity: str, now: float) -> Publish:
        rules = self._rules.leading
        payload = rules.encode(content, activity, now, enveloped=self._setup.envelope)
        return Publish(self._setup.topic(kind, domain), payload, rules.retain, rules.qos)
