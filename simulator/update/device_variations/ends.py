"""Devices that sum up wrongly, do not end, or go on behind their end."""

from collections.abc import Sequence

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus, PhaseCommand
from simulator.update.agent.components import SimulatedComponent
from simulator.update.agent.rules import ExecutingRules, IdentifyingRules
from simulator.update.agent.rules.executing import seconds_of
from simulator.update.device.rules import (
    Aftermath,
    DeviceIdentifyingRules,
    DeviceInventoryRules,
    DeviceTellingRules,
    LeadingRules,
    PolicyRules,
    ReturningRules,
    SummingUpRules,
)
from simulator.update.device.rules.telling import by_law
from simulator.update.device_variations.identification import own_agents
from simulator.update.device_variations.variation import deviation
from simulator.update.feedback.report import FeedbackContext
from simulator.update.feedback.writing_rules import Content, WritingRules

_ENDS = (FeedbackStatus.COMPLETED, FeedbackStatus.INCOMPLETE, FeedbackStatus.INCOMPLETE_INCONSISTENT)
_EVERY_GOOD_END = (
    "device-end.completed-if-all",
    "device-end.malformed",
    "device-end.new-desired-state",
    "device-identification.nothing-to-do",
    "device-inventory.answers-in-the-middle",
    "device-agents.odd-feedback",
    "device-agents.broken-feedback",
)
_FEW = 6  # messages that nobody can read


def _running_first(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    """RUNNING, and IDENTIFIED behind it."""
    if context.status is FeedbackStatus.IDENTIFIED and context.report.lists:
        return (FeedbackStatus.RUNNING, FeedbackStatus.IDENTIFIED)
    return by_law(context)


def _two_ends(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    said = by_law(context)
    return (*said, FeedbackStatus.INCOMPLETE) if FeedbackStatus.COMPLETED in said else said


def _running_behind(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    said = by_law(context)
    return (*said, FeedbackStatus.RUNNING) if set(said) & set(_ENDS) else said


def _updating_at_the_end(action: Content, context: FeedbackContext) -> Content:
    """COMPLETED comes before the last step has ended."""
    is_early = context.status is FeedbackStatus.COMPLETED and str(action["status"]).endswith("_SUCCESS")
    return action | {"status": ActionStatus.UPDATING.value} if is_early else action


def _in_secret(status: ActionStatus) -> JSON:
    """A failure is told as it was before."""
    before = {
        ActionStatus.DOWNLOAD_FAILURE: ActionStatus.DOWNLOADING,
        ActionStatus.UPDATE_FAILURE: ActionStatus.UPDATING,
        ActionStatus.ACTIVATION_FAILURE: ActionStatus.ACTIVATING,
    }
    return before.get(status, status).value


def _thirteen(component: SimulatedComponent, command: PhaseCommand) -> float:
    """Seconds of each component, and of each phase but the last."""
    return seconds_of(component, command) if command is PhaseCommand.CLEANUP else 13.0


ENDS = (
    deviation(
        "running-before-identified",
        DeviceTellingRules(says=_running_first),
        breaks="device-end.transitions",
        implies=("device-end.executed-once",),
    ),
    deviation(
        "completed-and-incomplete",
        DeviceTellingRules(says=_two_ends),
        breaks="device-end.one",
        implies=("device-end.new-desired-state", "device-end.resumes"),
    ),
    deviation("running-behind-the-end", DeviceTellingRules(says=_running_behind), breaks="device-end.silence"),
    deviation(
        "never-ends",
        SummingUpRules(ends=lambda _outcome: None),
        breaks="device-end.one",
        implies=(
            *_EVERY_GOOD_END,
            "device-action.as-desired",
            "device-end.in-time",
            "device-end.completed-only-if-all",
            "device-end.failure",
            "device-end.resumes",
            "device-end.inconsistent",
            "device-agents.failing",
            "device-agents.silent",
            "device-consent.denied",
            "device-message.extra-fields",
        ),
    ),
    deviation(
        "completes-before-all-have-succeeded",
        WritingRules(action=_updating_at_the_end),
        breaks="device-end.completed-only-if-all",
        implies=(
            "device-action.final",
            "device-action.transitions",
            "device-end.executed-once",
            "device-inventory.answers-in-the-middle",
        ),
    ),
    deviation(
        "is-never-completed",
        SummingUpRules(
            ends=lambda outcome: (
                FeedbackStatus.INCOMPLETE_INCONSISTENT if outcome.is_inconsistent else FeedbackStatus.INCOMPLETE
            )
        ),
        breaks="device-end.completed-if-all",
        implies=_EVERY_GOOD_END,
    ),
    deviation(
        "completes-though-something-failed",
        SummingUpRules(ends=lambda _outcome: FeedbackStatus.COMPLETED),
        breaks="device-end.failure",
        implies=(
            "device-end.inconsistent",
            "device-end.completed-only-if-all",
            "device-agents.failing",
            "device-agents.silent",
            "device-consent.denied",
        ),
    ),
    deviation("device-fails-in-secret", WritingRules(action_status=_in_secret), breaks="device-end.failure-told"),
    deviation(
        "device-never-says-why",
        WritingRules(words=lambda _words: None),
        own_agents(WritingRules(words=lambda _words: None)),
        breaks="device-end.failure-told",
        implies=("device-identification.failure-explained",),
    ),
    deviation(
        "calls-every-failure-inconsistent",
        SummingUpRules(is_inconsistent=lambda _before, _desired, _now: True),
        breaks="device-end.inconsistent",
    ),
    deviation(
        "takes-no-new-desired-state",
        PolicyRules(superseded=FeedbackStatus.INCOMPLETE),
        breaks="device-end.new-desired-state",
    ),
    deviation(
        "leaves-the-old-one-without-an-end",
        PolicyRules(superseded=None),
        breaks="device-end.new-desired-state",
    ),
    deviation(
        "supersedes-at-once",
        PolicyRules(supersedes=lambda _status: True),
        DeviceTellingRules(says=lambda said: (said.status,)),
        breaks="device-end.superseded",
        implies=("device-end.transitions",),
    ),
    deviation(
        "superseded-with-the-new-activity",
        PolicyRules(superseded_id=lambda _old, new: new),
        breaks="device-end.new-desired-state",
        implies=("device-end.transitions", "device-end.one", "device-action.as-desired"),
    ),
    deviation(
        "device-begins-again-with-every-delivery",
        DeviceIdentifyingRules(heeds=lambda arrival: not arrival.retain),
        breaks="device-end.executed-once",
    ),
    deviation(
        "device-dies-of-what-is-malformed",
        DeviceIdentifyingRules(heeds=lambda arrival: not arrival.is_known and arrival.malformed < _FEW),
        DeviceInventoryRules(answers=lambda asked: not asked.retain and asked.malformed < _FEW),
        breaks="device-end.malformed",
        implies=("device-end.resumes", "device-identification.incomplete"),
    ),
    deviation(
        "device-begins-again-with-what-is-retained",
        ReturningRules(remembers=False),
        own_agents(IdentifyingRules(heeds=lambda _arrival: True)),
        breaks="device-end.retained",
        implies=("device-action.final", "device-action.transitions"),
    ),
    deviation(
        "device-forgets-when-the-connection-is-lost",
        ReturningRules(after_loss=Aftermath.FORGETS),
        breaks="device-end.resumes",
    ),
    deviation(
        "says-running-without-a-change",
        DeviceTellingRules(on_change=False, gap=0.2),
        breaks="device-end.running-on-change",
        implies=("device-end.running-interval",),
    ),
    deviation("says-running-too-often", DeviceTellingRules(gap=0.3), breaks="device-end.running-interval"),
    deviation(
        "device-takes-very-long",
        own_agents(ExecutingRules(seconds=_thirteen)),
        LeadingRules(patience=lambda deadline: 1.5 * deadline),
        breaks="device-end.in-time",
    ),
)
