"""Devices that are odd and conform, each in another way; and those that say or show nothing."""

from collections.abc import Sequence

from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.pairs import ConfigForm
from harness.protocols.update.words.status import FeedbackStatus as F
from simulator.link.network_conditions import one_after_the_other, repeated, slow
from simulator.update.agent.request import CHECKS, configures_each
from simulator.update.agent.rules import ExecutingRules, IdentifyingRules
from simulator.update.agent.rules import TellingRules as AgentTellingRules
from simulator.update.agent_variations.quirks import in_short, slower, with_hardware
from simulator.update.device.rules import (
    DeviceInventoryRules,
    DeviceTellingRules,
    LeadingRules,
    ReturningRules,
)
from simulator.update.device.rules.telling import by_law
from simulator.update.device_variations.identification import own_agents
from simulator.update.device_variations.variation import mute, quirk
from simulator.update.feedback.report import FeedbackContext
from simulator.update.feedback.styles import IN_ANOTHER_ORDER, WITH_TEXT
from simulator.update.feedback.writing_rules import WritingRules
from simulator.update.message_styles import (
    as_floats,
    configured_in,
    connected_with,
    profile_with,
    rewritten,
    turned,
    with_more,
    without_first_activity,
)


def _once(context: FeedbackContext) -> Sequence[F]:
    """RUNNING once, at its beginning."""
    is_again = context.status is F.RUNNING and context.before is F.RUNNING
    return () if is_again else by_law(context)


def _with_results_of_phases(context: FeedbackContext) -> Sequence[F]:
    """The statuses of the document's table that its diagram does not have, before the end."""
    said = by_law(context)
    if F.COMPLETED in said and context.before is F.RUNNING:
        return (F.DOWNLOAD_COMPLETED, F.UPDATE_COMPLETED, F.ACTIVATION_COMPLETED, F.COMPLETED)
    return said


def _written(encode: object) -> tuple[WritingRules, DeviceInventoryRules]:
    return WritingRules(encode=encode), DeviceInventoryRules(encode=encode)  # type: ignore[arg-type]


_FEEDBACK, _STATE = "desiredstatefeedback", "currentstate"

QUIRKS = (
    quirk("device-says-running-once", DeviceTellingRules(says=_once)),
    quirk("says-running-seldom", DeviceTellingRules(gap=4.0)),
    quirk("says-running-at-every-change", DeviceTellingRules(gap=0.0), device=profile_with(feedback_interval=0.0)),
    quirk(
        "lists-no-actions-while-running",
        DeviceTellingRules(lists=lambda status: status in (F.IDENTIFIED, F.COMPLETED, F.INCOMPLETE)),
    ),
    quirk("says-results-of-phases", DeviceTellingRules(says=_with_results_of_phases)),
    quirk("device-says-all-twice", WritingRules(copies=2)),
    quirk(
        "device-actions-in-another-order",
        IN_ANOTHER_ORDER,
    ),
    quirk("device-nulls-for-what-is-absent", WritingRules(nulls=True)),
    quirk("device-empty-lists-of-actions", WritingRules(lists_none=True)),
    quirk("device-no-progress", WritingRules(progress=lambda _percent: None)),
    quirk("device-progress-from-zero", WritingRules(progress=lambda percent: percent)),
    quirk("device-text-on-every-action", WITH_TEXT),
    quirk("device-numbers-are-floats", *_written(rewritten(as_floats))),
    quirk("device-keys-in-another-order", *_written(rewritten(turned))),
    quirk("device-fields-of-its-own", *_written(rewritten(with_more))),
    quirk("device-on-many-lines", *_written(rewritten(indent=4))),
    quirk("device-no-activity-at-first", DeviceInventoryRules(encode=rewritten(without_first_activity))),
    quirk("device-hardware-in-its-state", DeviceInventoryRules(of=with_hardware)),
    quirk("device-nodes-in-short", DeviceInventoryRules(of=in_short)),
    quirk(
        "device-state-when-it-is-asked-for",
        DeviceInventoryRules(behind=lambda _status: False, on_change=False),
        unless="device-inventory.told-after-failure",
    ),
    quirk("device-state-behind-a-failure-alone", DeviceInventoryRules(behind=lambda status: status is F.INCOMPLETE)),
    quirk("device-state-after-a-while", DeviceInventoryRules(waits=3.0)),
    quirk("device-feedback-at-qos-2", WritingRules(qos=2), DeviceInventoryRules(qos=2)),
    quirk("agents-all-components-at-once", own_agents(ExecutingRules(at_once=True))),
    quirk("agents-go-on-after-a-failure", own_agents(ExecutingRules(goes_on=True))),
    quirk("agents-rather-slow", own_agents(slower(3.0), IdentifyingRules(seconds=3.0))),
    quirk("device-does-all-at-once", own_agents(slower(0.0), IdentifyingRules(seconds=0.0))),
    quirk(
        "agents-tell-of-ends-alone",
        own_agents(AgentTellingRules(says=lambda said: () if said.report.is_progress else (said.status,))),
    ),
    quirk("commands-twice", LeadingRules(times=2)),
    quirk("device-is-impatient", LeadingRules(patience=lambda deadline: 0.7 * deadline)),
    quirk("device-repeats-its-last-word", ReturningRules(repeats=True)),
    quirk("device-clock-ahead", ahead=20.0),
    quirk("device-clock-behind", ahead=-20.0),
    quirk("device-delivered-twice", network=repeated(_FEEDBACK, _STATE)),
    quirk("device-slow-link", network=slow([0.2], [0.2])),
    quirk("device-slow-and-twice", network=one_after_the_other(slow([0.1, 0.3], [0.1]), repeated(_FEEDBACK, times=3))),
    quirk("device-session-that-lasts", connected_with(clean_session=False)),
    quirk("device-without-envelopes", device=profile_with(envelope=False)),
    quirk(
        "agents-want-a-config-of-each-component",
        own_agents(IdentifyingRules(checks=(*CHECKS, configures_each))),
        device=configured_in(ConfigForm.OBJECT, ConfigForm.LIST),
    ),
    quirk("device-topics-with-its-id", device=profile_with(topics="fleet/{id}/{prefix}/{word}")),
    quirk("device-that-rejects", device=profile_with(on_new_desired_state=OnNewDesiredState.REJECT)),
    quirk("device-that-queues", device=profile_with(on_new_desired_state=OnNewDesiredState.QUEUE)),
    mute(
        "device-says-nothing",
        DeviceTellingRules(says=lambda _said: ()),
        DeviceInventoryRules(
            at_start=lambda _again: False, answers=lambda _asked: False, behind=lambda _s: False, on_change=False
        ),
    ),
)
