"""Every decision of a device decides something: changed, a device lives another life under the same circumstances."""

from collections.abc import Mapping
from dataclasses import fields, replace

import pytest

from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P
from simulator.update.agent import rules as of_agents
from simulator.update.device.rules import (
    KEPT,
    Aftermath,
    ConsentRules,
    DeviceIdentifyingRules,
    DeviceInventoryRules,
    DeviceTellingRules,
    LeadingRules,
    OwnAgentsRules,
    PolicyRules,
    ReturningRules,
    RuleGroup,
    SummingUpRules,
    kept_but,
)
from simulator.update.device.rules.leading import counts
from simulator.update.feedback.writing_rules import WritingRules
from tests.simulator.update.device.lives import life

_HEALTHY = life(KEPT)


def _other_bytes(*_: object, **__: object) -> bytes:
    return encoded({}, activity="other", now=0.0, enveloped=True)


def _all_of_it(state: DesiredState, _domain: str) -> DesiredState:
    return state


CHANGED: Mapping[str, tuple[RuleGroup, ...]] = {
    "identifying": (
        DeviceIdentifyingRules(heeds=lambda _arrival: True),
        DeviceIdentifyingRules(checks=()),
        DeviceIdentifyingRules(refused=None),
        DeviceIdentifyingRules(unsupported=None),
        DeviceIdentifyingRules(unsupported_id=lambda _activity: ""),
        DeviceIdentifyingRules(slices=lambda domains: domains[:1]),
        DeviceIdentifyingRules(slice=_all_of_it),
        DeviceIdentifyingRules(slice_id=lambda activity: f"{activity}-1"),
        DeviceIdentifyingRules(is_ready=lambda statuses: F.IDENTIFIED in statuses),
        DeviceIdentifyingRules(has_failed=lambda _statuses: False),
        DeviceIdentifyingRules(fails_as=lambda _flaw: None),
        DeviceIdentifyingRules(is_idle=lambda _actions: True),
    ),
    "leading": (
        LeadingRules(heeds=lambda arrival: not arrival.retain),
        LeadingRules(counts=lambda arrival: arrival.feedback.status is not F.CLEANUP_SUCCESS),
        LeadingRules(takes=lambda action: action.component != "lab:one"),
        LeadingRules(adds=True),
        LeadingRules(next=lambda status: P.CLEANUP if status is F.DOWNLOAD_SUCCESS else KEPT.leading.next(status)),
        LeadingRules(is_ready=lambda _statuses: True),
        LeadingRules(leads=lambda _is_idle: True),
        LeadingRules(cleans_up_failed=False),
        LeadingRules(patience=lambda deadline: deadline * 2),
        LeadingRules(gives_up=lambda _command: False),
        LeadingRules(has_failed=lambda _status: False),
        LeadingRules(counts=lambda arrival: arrival.feedback.status is None or counts(arrival)),
        LeadingRules(command_id=lambda activity: f"{activity}-1"),
        LeadingRules(times=2),
        LeadingRules(encode=_other_bytes),
        LeadingRules(retain=True),
        LeadingRules(qos=0),
    ),
    "summing_up": (
        SummingUpRules(is_well=lambda _status, _spec: True),
        SummingUpRules(ends=lambda _outcome: F.COMPLETED),
        SummingUpRules(words=lambda _outcome: None),
        SummingUpRules(told_as=lambda _status, _spec: A.IDENTIFIED),
        SummingUpRules(merges=lambda _old, new: new),
        SummingUpRules(is_inconsistent=lambda _before, _desired, _now: True),
    ),
    "telling": (
        DeviceTellingRules(says=lambda context: () if context.status is F.RUNNING else (context.status,)),
        DeviceTellingRules(gap=0.0),
        DeviceTellingRules(on_change=False),
        DeviceTellingRules(lists=lambda _status: False),
    ),
    "writing": (
        WritingRules(status=lambda status: status.lower()),
        WritingRules(action_status=lambda status: status.lower()),
        WritingRules(progress=lambda percent: percent + 0.5),
        WritingRules(words=lambda _words: None),
        WritingRules(actions=lambda actions, _context: actions[:1]),
        WritingRules(lists_none=True),
        WritingRules(nulls=True),
        WritingRules(action=lambda action, _context: action | {"x": 1}),
        WritingRules(feedback=lambda feedback, _context: feedback | {"x": 1}),
        WritingRules(activity=lambda activity, context: activity if context.number else ""),
        WritingRules(encode=_other_bytes),
        WritingRules(topics=lambda topic: (topic, f"{topic}/more")),
        WritingRules(copies=2),
        WritingRules(retain=True),
        WritingRules(qos=0),
    ),
    "inventory": (
        DeviceInventoryRules(at_start=lambda again: not again),
        DeviceInventoryRules(first_id=lambda _now: ""),
        DeviceInventoryRules(answers=lambda _asked: False),
        DeviceInventoryRules(answer_id=lambda _activity: ""),
        DeviceInventoryRules(waits=2.0),
        DeviceInventoryRules(disturbs=True),
        DeviceInventoryRules(behind=lambda _status: False),
        DeviceInventoryRules(of=lambda _inventory: Inventory()),
        DeviceInventoryRules(content=lambda content: content | {"x": 1}),
        DeviceInventoryRules(encode=_other_bytes),
        DeviceInventoryRules(topics=lambda topic: (topic, f"{topic}/more")),
        DeviceInventoryRules(retain=False),
        DeviceInventoryRules(qos=0),
        DeviceInventoryRules(on_change=False),
        DeviceInventoryRules(refreshes=False),
        DeviceInventoryRules(knows=lambda domain: domain != "lab"),
    ),
    "consent": (
        ConsentRules(asks=lambda command, _consent: command is P.ACTIVATE),
        ConsentRules(asked_for=lambda _command: P.DOWNLOAD),
        ConsentRules(waits=False),
        ConsentRules(heeds=lambda _arrival: True),
        ConsentRules(approves=lambda _consent: True),
        ConsentRules(patience=lambda deadline: deadline * 2),
        ConsentRules(back={}),
        ConsentRules(words=lambda _command: "no"),
        ConsentRules(has_failed=False),
        ConsentRules(ask_id=lambda _activity: ""),
        ConsentRules(encode=_other_bytes),
        ConsentRules(retain=True),
        ConsentRules(qos=0),
    ),
    "policy": (
        PolicyRules(on_new_desired_state=OnNewDesiredState.REJECT),
        PolicyRules(supersedes=lambda _status: True),
        PolicyRules(superseded=None),
        PolicyRules(superseded_id=lambda _old, new: new),
        PolicyRules(cleans_up=False),
        PolicyRules(begins=False),
    ),
    "returning": (
        ReturningRules(after_restart=Aftermath.FAILS),
        ReturningRules(after_restart=Aftermath.FORGETS),
        ReturningRules(after_loss=Aftermath.FORGETS),
        ReturningRules(repeats=True),
        ReturningRules(remembers=False),
    ),
    "agents": (
        OwnAgentsRules(of=lambda _domain: of_agents.kept_but(of_agents.ExecutingRules(seconds=lambda *_: 3.0))),
    ),
}
_CASES = [
    pytest.param(one, id=f"{kind}-{number}") for kind, group in CHANGED.items() for number, one in enumerate(group)
]


@pytest.mark.parametrize("changed", _CASES)
def test_changed_decision_changes_the_life_of_a_device(changed: RuleGroup) -> None:
    assert life(kept_but(changed)) != _HEALTHY


def test_status_of_a_rejected_desired_state_is_a_decision() -> None:
    rejecting = PolicyRules(on_new_desired_state=OnNewDesiredState.REJECT)

    assert life(kept_but(rejecting)) != life(kept_but(replace(rejecting, rejected=F.INCOMPLETE)))


@pytest.mark.parametrize("kind", CHANGED)
def test_every_decision_of_a_group_is_among_those_changed(kind: str) -> None:
    usual = getattr(KEPT, kind)
    names = [each.name for each in fields(usual)]
    changed = {name for one in CHANGED[kind] for name in names if getattr(one, name) is not getattr(usual, name)}

    assert {*names} - changed <= {"rejected"}
