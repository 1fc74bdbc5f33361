"""An agent tells of its inventory."""

import json
from dataclasses import replace

import pytest

from harness.machine.effects import Rejoin
from harness.protocols.update.words.device_events import Connected, Reset, Restarted
from harness.protocols.update.words.status import FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.rules import KEPT, Aftermath, kept_but
from simulator.update.agent.setup import AgentSetup
from simulator.update.law import ORDER
from tests.simulator.update.agent.stepped import SteppedAgent

F, P = FeedbackStatus, PhaseCommand
REST = {"web": "1.0", "store": "4.3"}


def test_inventory_is_told_at_every_connection_and_retained() -> None:
    agent = SteppedAgent()
    agent.meet(Connected())

    assert [activity for activity, _, _ in agent.told] == ["initial-current-state-1000000000"] * 2
    assert {(publish.retain, publish.qos) for _, _, publish in agent.told} == {(True, 1)}


def test_inventory_is_a_tree_below_the_agent() -> None:
    _, inventory, _ = SteppedAgent().told[0]

    assert [node.domain for node in inventory.software] == ["apps", None, None, None]
    assert [node.id for node in inventory.software[1:]] == ["apps:web", "apps:store", "apps:system"]
    assert {one.source for one in inventory.associations} == {inventory.software[0].id}
    assert [one.target for one in inventory.associations] == [node.id for node in inventory.software[1:]]


@pytest.mark.parametrize(
    ("payload", "activity"),
    [
        (b'{"activityId":"q","timestamp":1,"payload":null}', "q"),
        (b'{"activityId":"q","timestamp":1}', "q"),
        (b'{"activityId":"q","timestamp":1,"payload":{}}', "q"),
        (b"", ""),
        (b"{}", ""),
        (b"garbage", ""),
    ],
)
def test_question_is_answered_with_its_own_activity(payload: bytes, activity: str) -> None:
    agent = SteppedAgent()
    agent.hear(MessageKind.CURRENT_STATE_GET, payload)

    assert [one for one, _, _ in agent.told[1:]] == [activity]


def test_question_in_the_middle_of_an_update_disturbs_nothing() -> None:
    agent = SteppedAgent()
    agent.desire("a", REST | {"web": "1.1"})
    agent.wait()
    agent.command(P.DOWNLOAD)
    agent.wait(1)
    agent.send(MessageKind.CURRENT_STATE_GET, None, "q")
    agent.wait()
    agent.go(*ORDER[1:])

    assert agent.told[1][0] == "q"
    assert agent.told[1][1].versions()["apps:web"] == "1.0"
    assert agent.statuses[-1] is F.COMPLETED


def test_answer_comes_late_where_that_is_its_rule() -> None:
    agent = SteppedAgent(kept_but(replace(KEPT.inventory, waits=3.0)))
    agent.send(MessageKind.CURRENT_STATE_GET, None, "q")
    agent.wait(2.9)
    assert len(agent.told) == 1

    agent.wait(0.1)
    assert agent.told[1][0] == "q"


@pytest.mark.parametrize(("version", "present"), [("1.1", "1.1"), ("fails-update", "1.0")])
def test_inventory_is_told_behind_the_end(version: str, present: str) -> None:
    agent = SteppedAgent()
    agent.update(REST | {"web": version})

    activity, inventory, _ = agent.told[-1]
    assert (activity, inventory.versions()["apps:web"]) == ("a", present)


def test_bare_inventory_has_nothing_around_it() -> None:
    agent = SteppedAgent(setup=AgentSetup("apps", envelope=False))

    assert {*json.loads(agent.told[0][2].payload)} == {"softwareNodes", "associations"}


def test_restart_in_the_middle_of_a_phase_lets_it_go_on() -> None:
    agent = SteppedAgent()
    agent.desire("a", REST | {"web": "1.1"})
    agent.wait()
    agent.command(P.DOWNLOAD)
    agent.wait(1)
    agent.meet(Restarted())
    agent.meet(Connected())
    agent.wait()
    agent.go(*ORDER[1:])

    assert agent.effects == [Rejoin()]
    assert agent.statuses[-1] is F.COMPLETED
    assert agent.statuses.count(F.DOWNLOADING) == 1


def test_restart_fails_the_phase_where_that_is_the_rule() -> None:
    agent = SteppedAgent(kept_but(replace(KEPT.returning, after_restart=Aftermath.FAILS)))
    agent.desire("a", REST | {"web": "1.1"})
    agent.wait()
    agent.command(P.DOWNLOAD)
    agent.wait(1)
    agent.meet(Restarted())
    agent.meet(Connected())

    assert agent.last.feedback.status is F.DOWNLOAD_FAILURE
    assert agent.last.feedback.message == "apps:web: it was interrupted"
    agent.go(P.CLEANUP)
    assert agent.statuses[-1] is F.INCOMPLETE


@pytest.mark.parametrize("is_restart", [True, False])
def test_activity_is_forgotten_where_that_is_the_rule(*, is_restart: bool) -> None:
    forgets = Aftermath.FORGETS
    agent = SteppedAgent(kept_but(replace(KEPT.returning, after_restart=forgets, after_loss=forgets)))
    agent.desire("a", REST | {"web": "1.1"})
    agent.wait()
    if is_restart:
        agent.meet(Restarted())
    agent.meet(Connected())
    agent.go(*ORDER)

    assert agent.statuses[-1] is F.IDENTIFIED


def test_last_feedback_is_told_again_where_that_is_the_rule() -> None:
    agent = SteppedAgent(kept_but(replace(KEPT.returning, repeats=True)))
    agent.desire("a", REST | {"web": "1.1"})
    agent.wait()
    agent.meet(Connected())

    assert [one.feedback.status for one in agent.said] == [F.IDENTIFYING, F.IDENTIFIED, F.IDENTIFIED]


def test_desired_state_is_known_after_a_restart_but_not_after_a_reset() -> None:
    agent = SteppedAgent()
    agent.update(REST | {"web": "1.1"})
    count = len(agent.said)
    agent.meet(Restarted())
    agent.desire("a", REST)
    agent.wait()
    assert len(agent.said) == count

    agent.meet(Reset())
    assert agent.versions["apps:web"] == "1.0"
    agent.desire("a", REST)
    agent.wait()
    assert agent.statuses[-1] is F.COMPLETED
    assert len(agent.said) > count
