"""Agents that are odd and conform, each in another way; and those that say or show nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.protocols.update.words.inventory import HardwareNode, Inventory
from harness.protocols.update.words.pairs import ConfigForm
from harness.protocols.update.words.status import FeedbackStatus, PhaseCommand
from simulator.link.link_rules import LinkRules
from simulator.link.network_conditions import one_after_the_other, repeated, slow
from simulator.update.agent.components import SimulatedComponent
from simulator.update.agent.request import CHECKS, configures_each, configures_in
from simulator.update.agent.rules import (
    CommandRefusal,
    CommandRules,
    ExecutingRules,
    IdentifyingRules,
    InventoryRules,
    ReturningRules,
    TellingRules,
)
from simulator.update.agent.rules.executing import seconds_of
from simulator.update.agent_variations.phases import with_the_update
from simulator.update.agent_variations.variation import mute, quirk
from simulator.update.feedback.report import FeedbackContext
from simulator.update.feedback.styles import IN_ANOTHER_ORDER, WITH_TEXT
from simulator.update.feedback.writing_rules import WritingRules
from simulator.update.law import rolled_back_as_an_update
from simulator.update.message_styles import (
    all_of_its_domain,
    as_floats,
    configured_in,
    connected_with,
    profile_with,
    rewritten,
    turned,
    with_more,
    without_first_activity,
)

_UNDER_WAY = (FeedbackStatus.DOWNLOADING, FeedbackStatus.UPDATING, FeedbackStatus.ACTIVATING)


def _seldom(seconds: float) -> Callable[[FeedbackContext], Sequence[FeedbackStatus]]:
    """Of what is under way it tells once in so many seconds."""
    return lambda context: () if context.report.is_progress and context.since < seconds else (context.status,)


def _but(*left_out: FeedbackStatus) -> Callable[[FeedbackContext], Sequence[FeedbackStatus]]:
    return lambda context: () if context.status in left_out else (context.status,)


def _running_too(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    """RUNNING beside what is under way."""
    return (FeedbackStatus.RUNNING, context.status) if context.status in _UNDER_WAY else (context.status,)


def with_hardware(inventory: Inventory) -> Inventory:
    """A board beside the software."""
    board = HardwareNode("board", "B", "Board", addressable=True, parameters=(("serial", "7"),))
    return replace(inventory, hardware=(board,))


def in_short(inventory: Inventory) -> Inventory:
    """No names, no types, and no version of its own node."""
    first, *others = (replace(node, name=None, type=None) for node in inventory.software)
    return replace(inventory, software=(replace(first, version=None), *others))


def slower(factor: float) -> ExecutingRules:
    """Everything takes so many times as long."""

    def taken(component: SimulatedComponent, command: PhaseCommand) -> float:
        return factor * seconds_of(component, command)

    return ExecutingRules(seconds=taken)


def _rest_first(component: SimulatedComponent, _command: PhaseCommand) -> float:
    """A component that can fail takes its time."""
    return 8.0 if component.fails else 1.0


_WITHOUT_FEEDBACK = (
    "agent-command.malformed",
    "agent-connection.resumes",
    "agent-identification.in-time",
    "agent-identification.incomplete",
    "agent-identification.nothing-to-do",
    "agent-identification.unknown-version",
    "agent-inventory.answers-in-the-middle",
)
_OF_ITS_STATE = (
    "agent-message.is-json",
    "agent-message.envelope",
    "agent-message.timestamp",
    "agent-inventory.on-connect",
    "agent-inventory.retained",
    "agent-inventory.qos",
    "agent-inventory.answers",
    "agent-inventory.odd-questions",
    "agent-inventory.hangs-together",
)

QUIRKS = (
    quirk("tells-once-in-two-seconds", TellingRules(says=_seldom(2.0))),
    quirk("tells-of-no-step-under-way", TellingRules(says=_but(*_UNDER_WAY))),
    quirk(
        "says-nothing-of-its-cleanup", TellingRules(says=_but(FeedbackStatus.CLEANUP, FeedbackStatus.CLEANUP_SUCCESS))
    ),
    quirk("says-running-too", TellingRules(says=_running_too)),
    quirk("says-all-twice", TellingRules(says=lambda context: (context.status, context.status))),
    quirk("actions-in-another-order", IN_ANOTHER_ORDER),
    quirk("nulls-for-what-is-absent", WritingRules(nulls=True)),
    quirk("empty-lists-of-actions", WritingRules(lists_none=True)),
    quirk("no-progress", WritingRules(progress=lambda _percent: None)),
    quirk("progress-from-zero", WritingRules(progress=lambda percent: percent)),
    quirk("progress-in-great-steps", WritingRules(progress=lambda percent: percent // 50 * 50)),
    quirk("empty-baseline-for-none", TellingRules(baseline=lambda baseline: baseline or "")),
    quirk("text-on-every-action", WITH_TEXT),
    quirk("numbers-are-floats", WritingRules(encode=rewritten(as_floats)), InventoryRules(encode=rewritten(as_floats))),
    quirk("keys-in-another-order", WritingRules(encode=rewritten(turned)), InventoryRules(encode=rewritten(turned))),
    quirk("fields-of-its-own", WritingRules(encode=rewritten(with_more)), InventoryRules(encode=rewritten(with_more))),
    quirk("on-many-lines", WritingRules(encode=rewritten(indent=4)), InventoryRules(encode=rewritten(indent=4))),
    quirk("no-activity-at-first", InventoryRules(encode=rewritten(without_first_activity))),
    quirk("empty-activity-at-first", InventoryRules(first_id=lambda _now: "")),
    quirk("hardware-in-its-state", InventoryRules(of=with_hardware)),
    quirk("nodes-in-short", InventoryRules(of=in_short)),
    quirk("state-when-it-is-asked-for", InventoryRules(behind=lambda _status: False)),
    quirk("state-after-a-while", InventoryRules(waits=3.0)),
    quirk("feedback-at-qos-2", WritingRules(qos=2), InventoryRules(qos=2)),
    quirk("leaves-commands-out-of-turn", CommandRules(refusal=lambda _command, _statuses: CommandRefusal.IGNORE)),
    quirk("each-baseline-by-itself", CommandRules(apart=True)),
    quirk(
        "each-baseline-in-its-time",
        CommandRules(apart=True),
        ExecutingRules(seconds=_rest_first),
        TellingRules(says=_but(*_UNDER_WAY)),
    ),
    quirk("takes-effect-with-the-update", ExecutingRules(takes_effect=with_the_update)),
    quirk("all-components-at-once", ExecutingRules(at_once=True)),
    quirk("goes-on-after-a-failure", ExecutingRules(goes_on=True)),
    quirk("rolls-back-as-an-update-that-fails", ExecutingRules(steps=rolled_back_as_an_update)),
    quirk("rather-slow", slower(4.0), IdentifyingRules(seconds=3.0)),
    quirk("agent-does-all-at-once", slower(0.0), IdentifyingRules(seconds=0.0)),
    quirk("repeats-its-last-word", ReturningRules(repeats=True)),
    quirk("clock-ahead", ahead=20.0),
    quirk("clock-behind", ahead=-20.0),
    quirk("delivered-twice", network=repeated("desiredstatefeedback", "currentstate")),
    quirk("slow-link", network=slow([0.4], [0.4])),
    quirk(
        "slow-and-twice",
        network=one_after_the_other(slow([0.1, 0.7], [0.3]), repeated("desiredstatefeedback", times=3)),
    ),
    quirk("session-that-lasts", connected_with(clean_session=False)),
    quirk("one-filter-for-all", replace(LinkRules(), filters=all_of_its_domain)),
    quirk("without-envelopes", device=profile_with(envelope=False)),
    quirk(
        "begins-again-for-want-of-a-name",
        IdentifyingRules(heeds=lambda arrival: not arrival.retain),
        device=profile_with(envelope=False),
    ),
    quirk(
        "wants-a-config-of-each-component",
        IdentifyingRules(checks=(*CHECKS, configures_each, configures_in(ConfigForm.LIST))),
        device=configured_in(ConfigForm.LIST),
    ),
    quirk(
        "wants-config-as-an-object",
        IdentifyingRules(checks=(*CHECKS, configures_each, configures_in(ConfigForm.OBJECT))),
        device=configured_in(ConfigForm.OBJECT),
    ),
    quirk("topics-with-its-id", device=profile_with(topics="fleet/{id}/{prefix}/{word}")),
    mute(
        "agent-says-nothing",
        TellingRules(says=lambda _said: ()),
        InventoryRules(at_start=lambda _again: False, answers=lambda _asked: False, behind=lambda _status: False),
    ),
    mute(
        "says-nothing-of-updates",
        TellingRules(says=lambda _said: ()),
        breaks="agent-identification.begins",
        implies=_WITHOUT_FEEDBACK,
        keeps=_OF_ITS_STATE,
    ),
)
