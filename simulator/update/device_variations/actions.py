"""Devices whose actions break a clause: statuses, components, progress, and the order of steps."""

from collections.abc import Callable, Collection, Sequence

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.rules.telling import Content
from simulator.update.device.rules import DeviceTellingRules
from simulator.update.device.rules.telling import by_law
from simulator.update.device.utterance import DeviceUtterance
from simulator.update.device_variations.variation import deviation, other_side

_THE_END = (FeedbackStatus.INCOMPLETE, FeedbackStatus.COMPLETED)


def _component(change: Callable[[dict[str, JSON]], dict[str, JSON]]) -> DeviceTellingRules:
    """Every action on another component."""

    def changed(action: Content, _utterance: DeviceUtterance) -> Content:
        component = action["component"]
        return action | {"component": change(component if isinstance(component, dict) else {})}

    return DeviceTellingRules(action=changed)


def _instead(told: ActionStatus, of: ActionStatus) -> DeviceTellingRules:
    """One status is told as another."""
    return DeviceTellingRules(action_status=lambda status: told.value if status is of else status.value)


def _at(statuses: Collection[FeedbackStatus], was: str, told: str) -> Callable[[Content, DeviceUtterance], Content]:
    """At these statuses of the whole, an action's status that ends so is told as another."""

    def changed(action: Content, utterance: DeviceUtterance) -> Content:
        is_meant = utterance.status in statuses and str(action["status"]).endswith(was)
        return action | {"status": told} if is_meant else action

    return changed


def _first_while_running(actions: Sequence[Content], utterance: DeviceUtterance) -> Sequence[JSON]:
    return actions[:1] if utterance.status is FeedbackStatus.RUNNING else actions


def _full_at_first(action: Content, _utterance: DeviceUtterance) -> Content:
    return action | {"progress": 100} if action["status"] == ActionStatus.IDENTIFIED else action


def _seldom(utterance: DeviceUtterance) -> Sequence[FeedbackStatus]:
    """Of what is under way only the first RUNNING."""
    is_again = utterance.status is FeedbackStatus.RUNNING and utterance.before is FeedbackStatus.RUNNING
    return () if is_again else by_law(utterance)


ACTIONS = (
    deviation(
        "device-says-updated",
        DeviceTellingRules(
            action_status=lambda status: "UPDATED" if status is ActionStatus.UPDATE_SUCCESS else status.value
        ),
        breaks="device-action.status",
        implies=("device-end.completed-only-if-all", "device-end.completed-if-all"),
    ),
    deviation(
        "device-component-without-version",
        _component(lambda component: {"id": component["id"]}),
        breaks="device-action.component",
    ),
    deviation(
        "device-component-without-domain",
        _component(lambda component: component | {"id": str(component["id"]).partition(":")[2]}),
        breaks="device-action.as-desired",
        implies=("device-identification.lists-all", "device-end.failure-told"),
    ),
    deviation(
        "device-names-another-version",
        _component(lambda component: component | {"version": f"v{component['version']}"}),
        breaks="device-action.as-desired",
    ),
    deviation(
        "device-progress-beyond-100",
        DeviceTellingRules(progress=lambda percent: 3 * percent),
        breaks="device-action.progress",
    ),
    deviation(
        "device-progress-counts-down",
        DeviceTellingRules(progress=lambda percent: 100 - percent if percent else None),
        breaks="device-action.progress-rises",
    ),
    deviation(
        "device-progress-is-full-at-first",
        DeviceTellingRules(action=_full_at_first),
        breaks="device-action.progress-full",
    ),
    deviation(
        "lists-one-action-while-running",
        DeviceTellingRules(actions=_first_while_running),
        breaks="device-action.same-set",
        implies=("device-end.running-on-change",),
    ),
    deviation(
        "device-says-identified-behind-a-download",
        _instead(ActionStatus.IDENTIFIED, of=ActionStatus.DOWNLOAD_SUCCESS),
        breaks="device-action.transitions",
        implies=("device-end.executed-once", "device-inventory.answers-in-the-middle"),
    ),
    deviation(
        "device-takes-a-failure-back",
        DeviceTellingRules(action=_at(_THE_END, "_FAILURE", ActionStatus.IDENTIFIED), gap=0.0),
        breaks="device-action.final",
        implies=("device-action.transitions",),
    ),
    other_side("says-running-once", DeviceTellingRules(says=_seldom), shows="device-action.step-by-step"),
)
