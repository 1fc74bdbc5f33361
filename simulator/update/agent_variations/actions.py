"""Agents whose actions break a clause: statuses, components, progress, and the order of steps."""

from collections.abc import Sequence

from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.rules import TellingRules
from simulator.update.agent_variations.variation import deviation, other_side
from simulator.update.feedback.report import FeedbackContext
from simulator.update.feedback.styles import FULL_AT_FIRST, UPDATED, first_action_at, on_component, told_as, told_at
from simulator.update.feedback.writing_rules import WritingRules

_UNDER_WAY = (FeedbackStatus.DOWNLOADING, FeedbackStatus.UPDATING, FeedbackStatus.ACTIVATING)
_THE_END = (FeedbackStatus.INCOMPLETE, FeedbackStatus.COMPLETED)


def _says_ends_alone(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    return () if context.status in _UNDER_WAY else (context.status,)


ACTIONS = (
    deviation(
        "updated-as-a-status",
        UPDATED,
        breaks="agent-action.status",
    ),
    deviation(
        "component-without-version",
        on_component(lambda component: {"id": component["id"]}),
        breaks="agent-action.component",
    ),
    deviation(
        "component-without-domain",
        on_component(lambda component: component | {"id": str(component["id"]).partition(":")[2]}),
        breaks="agent-action.as-desired",
        implies=("agent-identification.lists-all", "agent-phase.failure-told", "agent-command.baseline"),
    ),
    deviation(
        "another-version",
        on_component(lambda component: component | {"version": f"v{component['version']}"}),
        breaks="agent-action.as-desired",
    ),
    deviation(
        "progress-beyond-100", WritingRules(progress=lambda percent: 3 * percent), breaks="agent-action.progress"
    ),
    deviation(
        "progress-as-text", WritingRules(progress=lambda percent: f"{percent} %"), breaks="agent-action.progress"
    ),
    deviation(
        "progress-with-a-half", WritingRules(progress=lambda percent: percent + 0.5), breaks="agent-action.progress"
    ),
    deviation(
        "progress-counts-down",
        WritingRules(progress=lambda percent: 100 - percent if percent else None),
        breaks="agent-action.progress-rises",
    ),
    deviation("progress-is-full-at-first", FULL_AT_FIRST, breaks="agent-action.progress-full"),
    deviation("lists-one-action-while-busy", first_action_at(*_UNDER_WAY), breaks="agent-action.same-set"),
    deviation(
        "identified-behind-an-update",
        told_as(ActionStatus.IDENTIFIED, of=ActionStatus.UPDATE_SUCCESS),
        breaks="agent-action.transitions",
        implies=("agent-command.executed-once", "agent-inventory.answers-in-the-middle"),
    ),
    deviation(
        "failure-is-taken-back-at-the-end",
        told_at(_THE_END, "_FAILURE", ActionStatus.IDENTIFIED),
        breaks="agent-action.final",
        implies=("agent-action.transitions",),
    ),
    other_side("tells-of-ends-alone", TellingRules(says=_says_ends_alone), shows="agent-action.step-by-step"),
)
