"""Messages of an update manager: to a backend, to agents, and to an owner, as its rules write them."""

import math
from collections.abc import Iterator, Sequence

from harness.machine.effects import Publish
from harness.payload.values import JSON
from harness.protocols.update.words.command import command_message
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.status import FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.rules.telling import Content
from simulator.update.device.activity import ToldAction
from simulator.update.device.rules import ManagerRules
from simulator.update.device.setup import ManagerSetup
from simulator.update.device.utterance import DeviceUtterance


class Feedbacks:
    """Feedback on one activity. `before`: the status that was told last, or was to be; `told_at`: when."""

    def __init__(self, activity: str, setup: ManagerSetup, rules: ManagerRules) -> None:
        self._activity, self._setup, self._rules = activity, setup, rules
        self.before: FeedbackStatus | None = None
        self.told_at = -math.inf
        self._number = 0
        self._told: object = None

    def say(
        self, status: FeedbackStatus, message: str | None, actions: Sequence[ToldAction], now: float
    ) -> Iterator[Publish]:
        """The messages for a status: one, unless the rules want none, or more."""
        rules = self._rules.telling
        lists = rules.lists(status)
        utterance = DeviceUtterance(
            status, self.before, message, self._activity, self._number, now - self.told_at, lists=lists
        )
        statuses = rules.says(utterance)
        self.told_at, self.before, self._told = now, status, self._seen(actions)
        for told in statuses:
            content = self._content(told, utterance, actions)
            activity = rules.activity(self._activity, utterance)
            payload = rules.encode(content, activity, now, enveloped=self._setup.envelope)
            self._number += 1
            for topic in rules.topics(self._setup.topic(MessageKind.FEEDBACK)):
                yield from [Publish(topic, payload, rules.retain, rules.qos)] * rules.copies

    def has_news(self, actions: Sequence[ToldAction]) -> bool:
        """Whether a backend would see any change in them."""
        return self._seen(actions) != self._told

    def _seen(self, actions: Sequence[ToldAction]) -> object:
        told_as = self._rules.summing_up.told_as
        return {one.component: (one.version, told_as(one.status, self._setup.spec), one.progress) for one in actions}

    def _content(self, status: FeedbackStatus, utterance: DeviceUtterance, actions: Sequence[ToldAction]) -> Content:
        rules = self._rules.telling
        content: Content = {"status": rules.status(status)}
        self._add(content, "message", rules.words(utterance.message))
        listed = [self._action(action, utterance) for action in actions] if utterance.lists else []
        told = [*rules.actions(listed, utterance)]
        if told or rules.lists_none:
            content["actions"] = told
        elif rules.nulls:
            content["actions"] = None
        return rules.feedback(content, utterance)

    def _action(self, action: ToldAction, utterance: DeviceUtterance) -> Content:
        rules = self._rules.telling
        status = self._rules.summing_up.told_as(action.status, self._setup.spec)
        component: Content = {"id": action.component, "version": action.version}
        content: Content = {"component": component, "status": rules.action_status(status)}
        self._add(content, "progress", None if action.progress is None else rules.progress(action.progress))
        self._add(content, "message", rules.words(action.message))
        return rules.action(content, utterance)

    def _add(self, content: Content, name: str, value: JSON) -> None:
        if value is not None or self._rules.telling.nulls:
            content[name] = value


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
