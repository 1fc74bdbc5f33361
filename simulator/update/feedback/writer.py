"""Writes the messages of feedback, as the rules of an agent or a manager have them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.machine.effects import Publish
from harness.payload.values import JSON
from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.feedback.report import FeedbackContext, ToldAction
from simulator.update.feedback.writing_rules import Content, WritingRules


@dataclass(frozen=True, slots=True)
class FeedbackWriter:
    """`topic`: the one of its own feedback."""

    rules: WritingRules
    topic: str
    enveloped: bool

    def messages(
        self,
        status: FeedbackStatus,
        context: FeedbackContext,
        actions: Sequence[ToldAction],
        now: float,
        beside: Mapping[str, JSON] | None = None,
    ) -> Iterator[Publish]:
        """All that goes out for a status: one message, unless the rules want copies, or more topics.

        `beside`: fields next to the status.
        """
        rules, content = self.rules, self._content(status, context, actions, beside or {})
        payload = rules.encode(content, rules.activity(context.activity, context), now, enveloped=self.enveloped)
        for topic in rules.topics(self.topic):
            yield from [Publish(topic, payload, rules.retain, rules.qos)] * rules.copies

    def _content(
        self,
        status: FeedbackStatus,
        context: FeedbackContext,
        actions: Sequence[ToldAction],
        beside: Mapping[str, JSON],
    ) -> Content:
        rules, report = self.rules, context.report
        content: Content = {"status": rules.status(status)}
        for name, value in beside.items():
            self._add(content, name, value)
        self._add(content, "message", rules.words(report.message))
        listed = [self._action(action, context) for action in actions] if report.lists else []
        told = [*rules.actions(listed, context)]
        if told or rules.lists_none:
            content["actions"] = told
        elif rules.nulls:
            content["actions"] = None
        return rules.feedback(content, context)

    def _action(self, action: ToldAction, context: FeedbackContext) -> Content:
        rules = self.rules
        component: Content = {"id": action.component, "version": action.version}
        content: Content = {"component": component, "status": rules.action_status(action.status)}
        self._add(content, "progress", None if action.progress is None else rules.progress(action.progress))
        self._add(content, "message", rules.words(action.message))
        return rules.action(content, context)

    def _add(self, content: Content, name: str, value: JSON) -> None:
        if value is not None or self.rules.nulls:
            content[name] = value
