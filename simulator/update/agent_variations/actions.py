"""Agents whose actions break a clause: statuses, components, progress, and the order of steps."""

from collections.abc import Callable, Collection, Sequence

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.phase_report import Utterance
from simulator.update.agent.rules import TellingRules
from simulator.update.agent.rules.telling import Content
from simulator.update.agent_variations.variation import deviation, other_side

_UNDER_WAY = (FeedbackStatus.DOWNLOADING, FeedbackStatus.UPDATING, FeedbackStatus.ACTIVATING)
_THE_END = (FeedbackStatus.INCOMPLETE, FeedbackStatus.COMPLETED)


def _component(change: Callable[[dict[str, JSON]], dict[str, JSON]]) -> TellingRules:
    """Every action on another component."""

    def changed(action: Content, _utterance: Utterance) -> Content:
        component = action["component"]
        return action | {"component": change(component if isinstance(component, dict) else {})}

    return TellingRules(action=changed)


def _instead(told: ActionStatus, of: ActionStatus) -> TellingRules:
    """One status is told as another."""
    return TellingRules(action_status=lambda status: told.value if status is of else status.value)


def _at(statuses: Collection[FeedbackStatus], was: str, told: str) -> Callable[[Content, Utterance], Content]:
    """At these statuses of the whole, an action's status that ends so is told as another."""

    def changed(action: Content, utterance: Utterance) -> Content:
        is_meant = utterance.status in statuses and str(action["status"]).endswith(was)
        return action | {"status": told} if is_meant else action

    return changed


def _first_of_progress(actions: Sequence[Content], utterance: Utterance) -> Sequence[JSON]:
    return actions[:1] if utterance.status in _UNDER_WAY else actions


def _full_at_first(action: Content, _utterance: Utterance) -> Content:
    return action | {"progress": 100} if action["status"] == ActionStatus.IDENTIFIED else action


def _says_ends_alone(utterance: Utterance) -> Sequence[FeedbackStatus]:
    return () if utterance.status in _UNDER_WAY else (utterance.status,)


ACTIONS = (
    deviation(
        "updated-as-a-status",
        TellingRules(action_status=lambda status: "UPDATED" if status is ActionStatus.UPDATE_SUCCESS else status.value),
        breaks="agent-action.status",
    ),
    deviation(
        "component-without-version",
        _component(lambda component: {"id": component["id"]}),
        breaks="agent-action.component",
    ),
    deviation(
        "component-without-domain",
        _component(lambda component: component | {"id": str(component["id"]).partition(":")[2]}),
        breaks="agent-action.as-desired",
        implies=("agent-identification.lists-all", "agent-phase.failure-told", "agent-command.baseline"),
    ),
    deviation(
        "another-version",
        _component(lambda component: component | {"version": f"v{component['version']}"}),
        breaks="agent-action.as-desired",
    ),
    deviation(
        "progress-beyond-100", TellingRules(progress=lambda percent: 3 * percent), breaks="agent-action.progress"
    ),
    deviation(
        "progress-as-text", TellingRules(progress=lambda percent: f"{percent} %"), breaks="agent-action.progress"
    ),
    deviation(
        "progress-with-a-half", TellingRules(progress=lambda percent: percent + 0.5), breaks="agent-action.progress"
    ),
    deviation(
        "progress-counts-down",
        TellingRules(progress=lambda percent: 100 - percent if percent else None),
        breaks="agent-action.progress-rises",
    ),
    deviation("progress-is-full-at-first", TellingRules(action=_full_at_first), breaks="agent-action.progress-full"),
    deviation("lists-one-action-while-busy", TellingRules(actions=_first_of_progress), breaks="agent-action.same-set"),
    deviation(
        "identified-behind-an-update",
        _instead(ActionStatus.IDENTIFIED, of=ActionStatus.UPDATE_SUCCESS),
        breaks="agent-action.transitions",
        implies=("agent-command.executed-once", "agent-inventory.answers-in-the-middle"),
    ),
    deviation(
        "failure-is-taken-back-at-the-end",
        TellingRules(action=_at(_THE_END, "_FAILURE", ActionStatus.IDENTIFIED)),
        breaks="agent-action.final",
        implies=("agent-action.transitions",),
    ),
    other_side("tells-of-ends-alone", TellingRules(says=_says_ends_alone), shows="agent-action.step-by-step"),
)
