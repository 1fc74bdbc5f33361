"""Devices whose actions break a clause: statuses, components, progress, and the order of steps."""

from collections.abc import Sequence

from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.device.rules import DeviceTellingRules
from simulator.update.device.rules.telling import by_law
from simulator.update.device_variations.variation import deviation, other_side
from simulator.update.feedback.report import FeedbackContext
from simulator.update.feedback.styles import FULL_AT_FIRST, UPDATED, first_action_at, on_component, told_as, told_at
from simulator.update.feedback.writing_rules import WritingRules

_THE_END = (FeedbackStatus.INCOMPLETE, FeedbackStatus.COMPLETED)


def _seldom(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    """Of what is under way only the first RUNNING."""
    is_again = context.status is FeedbackStatus.RUNNING and context.before is FeedbackStatus.RUNNING
    return () if is_again else by_law(context)


ACTIONS = (
    deviation(
        "device-says-updated",
        UPDATED,
        breaks="device-action.status",
        implies=("device-end.completed-only-if-all", "device-end.completed-if-all"),
    ),
    deviation(
        "device-component-without-version",
        on_component(lambda component: {"id": component["id"]}),
        breaks="device-action.component",
    ),
    deviation(
        "device-component-without-domain",
        on_component(lambda component: component | {"id": str(component["id"]).partition(":")[2]}),
        breaks="device-action.as-desired",
        implies=("device-identification.lists-all", "device-end.failure-told"),
    ),
    deviation(
        "device-names-another-version",
        on_component(lambda component: component | {"version": f"v{component['version']}"}),
        breaks="device-action.as-desired",
    ),
    deviation(
        "device-progress-beyond-100",
        WritingRules(progress=lambda percent: 3 * percent),
        breaks="device-action.progress",
    ),
    deviation(
        "device-progress-counts-down",
        WritingRules(progress=lambda percent: 100 - percent if percent else None),
        breaks="device-action.progress-rises",
    ),
    deviation(
        "device-progress-is-full-at-first",
        FULL_AT_FIRST,
        breaks="device-action.progress-full",
    ),
    deviation(
        "lists-one-action-while-running",
        first_action_at(FeedbackStatus.RUNNING),
        breaks="device-action.same-set",
        implies=("device-end.running-on-change",),
    ),
    deviation(
        "device-says-identified-behind-a-download",
        told_as(ActionStatus.IDENTIFIED, of=ActionStatus.DOWNLOAD_SUCCESS),
        breaks="device-action.transitions",
        implies=("device-end.executed-once", "device-inventory.answers-in-the-middle"),
    ),
    deviation(
        "device-takes-a-failure-back",
        told_at(_THE_END, "_FAILURE", ActionStatus.IDENTIFIED),
        DeviceTellingRules(gap=0.0),
        breaks="device-action.final",
        implies=("device-action.transitions", "device-end.running-interval"),
    ),
    other_side("says-running-once", DeviceTellingRules(says=_seldom), shows="device-action.step-by-step"),
)
