"""Every decision of an agent is one that it goes by: changed, it shows."""

from dataclasses import fields, replace

import pytest

from harness.payload.values import JSON
from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.desired_state import Baseline
from harness.protocols.update.words.device_events import Connected, HeardMessage, Restarted
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.link.link_rules import LinkRules
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.rules import (
    KEPT,
    Aftermath,
    AgentRules,
    CommandRefusal,
    CommandRules,
    ExecutingRules,
    IdentifyingRules,
    InventoryRules,
    ReturningRules,
    TellingRules,
    kept_but,
)
from simulator.update.agent.rules.agent import RuleGroup
from simulator.update.feedback.writing_rules import WritingRules
from simulator.update.law import ORDER, STEPS
from tests.simulator.update.agent.stepped import NEW, STORE, SYSTEM, WEB, SteppedAgent

F, P = FeedbackStatus, PhaseCommand


def empty(_payload: object, _activity: str, _now: float, *, enveloped: bool) -> bytes:
    """A message of nothing."""
    del enveloped
    return b"{}"


CHANGES: dict[str, RuleGroup] = {
    "identifying.heeds": IdentifyingRules(heeds=lambda _arrival: True),
    "identifying.seconds": IdentifyingRules(seconds=1.0),
    "identifying.checks": IdentifyingRules(checks=()),
    "identifying.changes": IdentifyingRules(changes=lambda _wanted, _stock, _known: ()),
    "identifying.on_new_desired_state": IdentifyingRules(on_new_desired_state=OnNewDesiredState.REJECT),
    "identifying.says_superseded": IdentifyingRules(says_superseded=True),
    "identifying.fails_as": IdentifyingRules(fails_as=lambda _flaw: None),
    "commands.heeds": CommandRules(heeds=lambda _arrival: True),
    "commands.reads": CommandRules(reads=lambda word: P(word.upper()) if word.upper() in [*P] else None),
    "commands.behind": CommandRules(behind={}),
    "commands.refusal": CommandRules(refusal=lambda _command, _statuses: CommandRefusal.EXECUTE),
    "commands.words": CommandRules(words=lambda _command, _behind: None),
    "commands.whole": CommandRules(whole=lambda _baseline: True),
    "commands.unknown_baseline": CommandRules(unknown_baseline=CommandRefusal.IGNORE),
    "commands.apart": CommandRules(apart=True),
    "executing.seconds": ExecutingRules(seconds=lambda _component, _command: 0.3),
    "executing.fails": ExecutingRules(fails=lambda _component, _version, _command: None),
    "executing.never_ends": ExecutingRules(never_ends=lambda _component, _version, command: command is P.UPDATE),
    "executing.steps": ExecutingRules(steps=lambda _spec: STEPS[UpdateSpec.KANTO]),
    "executing.marks": ExecutingRules(marks={}),
    "executing.at_once": ExecutingRules(at_once=True),
    "executing.goes_on": ExecutingRules(goes_on=True),
    "executing.by_itself": ExecutingRules(by_itself=lambda status: P.DOWNLOAD if status is F.IDENTIFIED else None),
    "executing.takes_effect": ExecutingRules(takes_effect=lambda _kind, _command: False),
    "executing.undoes": ExecutingRules(undoes=False),
    "executing.removes": ExecutingRules(removes=True),
    "executing.phase_end": ExecutingRules(phase_end=lambda _command, _failed: F.DOWNLOAD_COMPLETED),
    "executing.ends": ExecutingRules(ends=lambda _outcome: None),
    "telling.says": TellingRules(says=lambda one: (F.RUNNING, one.status)),
    "writing.status": WritingRules(status=lambda status: status.lower()),
    "writing.action_status": WritingRules(action_status=lambda status: status.lower()),
    "writing.progress": WritingRules(progress=lambda percent: percent),
    "telling.baseline": TellingRules(baseline=lambda _baseline: None),
    "writing.words": WritingRules(words=lambda _words: None),
    "writing.actions": WritingRules(actions=lambda actions, _context: actions[::-1]),
    "writing.lists_none": WritingRules(lists_none=True),
    "writing.nulls": WritingRules(nulls=True),
    "writing.action": WritingRules(action=lambda action, one: {**action, "number": one.number}),
    "writing.feedback": WritingRules(feedback=lambda feedback, one: {**feedback, "since": min(one.since, 9.0)}),
    "writing.activity": WritingRules(activity=lambda activity, one: f"{activity}-{one.number}"),
    "writing.encode": WritingRules(encode=empty),
    "writing.topics": WritingRules(topics=lambda topic: (topic, "elsewhere")),
    "writing.copies": WritingRules(copies=2),
    "writing.retain": WritingRules(retain=True),
    "writing.qos": WritingRules(qos=0),
    "inventory.at_start": InventoryRules(at_start=lambda again: not again),
    "inventory.first_id": InventoryRules(first_id=lambda _now: ""),
    "inventory.answers": InventoryRules(answers=lambda asked: not asked.is_busy),
    "inventory.answer_id": InventoryRules(answer_id=lambda _activity: ""),
    "inventory.waits": InventoryRules(waits=1.0),
    "inventory.disturbs": InventoryRules(disturbs=True),
    "inventory.behind": InventoryRules(behind=lambda _status: False),
    "inventory.of": InventoryRules(of=lambda _inventory: Inventory()),
    "inventory.content": InventoryRules(content=lambda _content: {}),
    "inventory.encode": InventoryRules(encode=empty),
    "inventory.topics": InventoryRules(topics=lambda _topic: ()),
    "inventory.retain": InventoryRules(retain=False),
    "inventory.qos": InventoryRules(qos=0),
    "returning.after_restart": ReturningRules(after_restart=Aftermath.FORGETS),
    "returning.after_loss": ReturningRules(after_loss=Aftermath.FAILS),
    "returning.repeats": ReturningRules(repeats=True),
    "returning.remembers": ReturningRules(remembers=False),
}


class _Recorded(SteppedAgent):
    """All effects as they come, and nothing of them read."""

    def _read(self, publish: object, topic: str, payload: bytes) -> None:
        del topic, payload
        self.record.append(f"{self.now} {publish}")

    def __post_init__(self) -> None:
        self.record: list[str] = []
        super().__post_init__()


def record(rules: AgentRules) -> list[str]:
    """All that an agent says when it meets all that there is to decide about."""
    agent = _Recorded(rules)
    both = Baseline("both", ("apps:web", "apps:store"))
    agent.desire("a", {"web": "1.1"}, Baseline("web", ("apps:web",)))
    agent.command(P.UPDATE)
    agent.wait()
    agent.command(P.DOWNLOAD)
    agent.wait(1)
    agent.send(MessageKind.CURRENT_STATE_GET, None, "q")
    agent.desire("a", {"web": "1.0"})
    agent.wait()
    agent.command("update")
    agent.command(P.UPDATE, "b")
    agent.command(P.UPDATE, baseline="no-such")
    agent.go(P.UPDATE, P.ACTIVATE, P.CLEANUP, baseline="web")
    agent.go(P.CLEANUP)
    agent.desire("b", {"web": "fails-download", "store": "4.4", "new": "0.1"}, both)
    agent.wait()
    agent.go(P.DOWNLOAD, activity="b")
    agent.desire("c", {"web": "1.0", "store": "4.4"})
    agent.wait()
    agent.go(*ORDER[:3], P.ROLLBACK, P.CLEANUP, activity="c")
    agent.desire("d", {"web": "5.0"})
    agent.wait()
    agent.desire("e", {"web": "1.0", "store": "4.4"})
    agent.wait()
    agent.command(P.DOWNLOAD, "e")
    agent.wait(1)
    agent.meet(Connected())
    agent.wait()
    agent.meet(Restarted())
    agent.meet(Connected())
    agent.go(*ORDER[1:], activity="e")
    agent.desire("e", {"web": "1.0", "store": "4.4"})
    agent.wait()
    return agent.record


def test_every_decision_has_a_row() -> None:
    groups = {one.name: getattr(KEPT, one.name) for one in fields(KEPT) if one.name != "link"}

    assert {*CHANGES} == {f"{name}.{one.name}" for name, group in groups.items() for one in fields(group)}


@pytest.mark.parametrize("name", CHANGES)
def test_decision_that_is_changed_shows(name: str) -> None:
    group, decision = name.split(".")
    ours = getattr(KEPT, group)
    changed = replace(ours, **{decision: getattr(CHANGES[name], decision)})

    assert record(kept_but(changed)) != record(KEPT)


def test_agent_says_the_same_every_time() -> None:
    assert record(KEPT) == record(kept_but(LinkRules()))


def test_machine_is_told_of_messages_by_their_topics() -> None:
    agent = UpdateAgent(SteppedAgent().setup, (WEB, STORE, NEW, SYSTEM))
    body: dict[str, JSON] = {"domains": []}
    stranger = SteppedAgent()
    stranger.send(MessageKind.OWNER_CONSENT, body, "a")

    assert not stranger.said
    assert len(agent.receive(HeardMessage("appsupdate/desiredstatefeedback", b"{}"), 0.0)) == 1
