"""Other ways to write feedback, which agents and managers have alike. For variations."""

from collections.abc import Callable, Collection, Sequence

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.feedback.report import FeedbackContext
from simulator.update.feedback.writing_rules import Content, WritingRules


def on_component(change: Callable[[dict[str, JSON]], dict[str, JSON]]) -> WritingRules:
    """Every action is on another component."""

    def changed(action: Content, _context: FeedbackContext) -> Content:
        component = action["component"]
        return action | {"component": change(component if isinstance(component, dict) else {})}

    return WritingRules(action=changed)


def told_as(told: ActionStatus, of: ActionStatus) -> WritingRules:
    """One status of an action is told as another."""
    return WritingRules(action_status=lambda status: told.value if status is of else status.value)


def told_at(statuses: Collection[FeedbackStatus], was: str, told: str) -> WritingRules:
    """At these statuses of the whole, an action's status that ends so is told as another."""

    def changed(action: Content, context: FeedbackContext) -> Content:
        is_meant = context.status in statuses and str(action["status"]).endswith(was)
        return action | {"status": told} if is_meant else action

    return WritingRules(action=changed)


def with_fields(status: FeedbackStatus, more: Content) -> WritingRules:
    """These fields stand in feedback of that status alone."""
    return WritingRules(feedback=lambda content, context: content | more if context.status is status else content)


def without_activity(status: FeedbackStatus) -> Callable[[JSON], JSON]:
    """Feedback of that status has no activity in its envelope."""

    def rewrite(content: JSON) -> JSON:
        payload = content.get("payload") if isinstance(content, dict) else None
        if not isinstance(content, dict) or not isinstance(payload, dict) or payload.get("status") != status:
            return content
        return {name: value for name, value in content.items() if name != "activityId"}

    return rewrite


def first_action_at(*statuses: FeedbackStatus) -> WritingRules:
    """At these statuses of the whole, one action is listed."""
    return WritingRules(actions=lambda actions, context: actions[:1] if context.status in statuses else actions)


def _spelt_in_the_table(status: ActionStatus) -> JSON:
    is_other = status is ActionStatus.DOWNLOAD_SUCCESS
    return status.replace("DOWNLOAD_", "DOWNLOADED_") if is_other else status.value


def _full_at_first(action: Content, _context: FeedbackContext) -> Content:
    return action | {"progress": 100} if action["status"] == ActionStatus.IDENTIFIED else action


def _all_but_one(actions: Sequence[Content], context: FeedbackContext) -> Sequence[JSON]:
    return actions[1:] if context.status is FeedbackStatus.IDENTIFIED else actions


def _as_downloading(action: Content, context: FeedbackContext) -> Content:
    is_first = context.status is FeedbackStatus.IDENTIFIED
    return action | {"status": ActionStatus.DOWNLOADING.value} if is_first else action


def _with_text(action: Content, _context: FeedbackContext) -> Content:
    return action | {"message": action.get("message") or 'as expected; "quoted", é, \n and so on'}


SPELT_IN_THE_TABLE = WritingRules(action_status=_spelt_in_the_table)
FULL_AT_FIRST = WritingRules(action=_full_at_first)
ALL_BUT_ONE_IDENTIFIED = WritingRules(actions=_all_but_one)
IDENTIFIED_AS_DOWNLOADING = WritingRules(action=_as_downloading)
WITH_TEXT = WritingRules(action=_with_text)
UPDATED = WritingRules(
    action_status=lambda status: "UPDATED" if status is ActionStatus.UPDATE_SUCCESS else status.value
)
IN_ANOTHER_ORDER = WritingRules(actions=lambda actions, said: actions[:: -1 if said.number % 2 else 1])
