"""An agent takes a command, refuses it, or leaves it alone."""

import pytest

from harness.protocols.update.words.status import PHASES, ActionStatus, FeedbackStatus, PhaseCommand
from simulator.update.agent.rules import CommandRules, kept_but
from simulator.update.law import ORDER
from tests.simulator.update.agent.stepped import SteppedAgent

F, P, A = FeedbackStatus, PhaseCommand, ActionStatus
REST = {"web": "1.0", "store": "4.3"}


def desiring(**versions: str) -> SteppedAgent:
    """An agent that has identified the rest with these instead."""
    agent = SteppedAgent()
    agent.desire("a", REST | versions)
    agent.wait()
    return agent


@pytest.mark.parametrize("command", PhaseCommand)
def test_unknown_baseline_is_refused_by_its_name(command: PhaseCommand) -> None:
    agent = desiring(web="1.1")
    agent.go(command, baseline="no-such")

    assert agent.last.feedback.status is PHASES[command].failure
    assert agent.last.feedback.baseline == "no-such"
    assert agent.last.feedback.message == "Unknown baseline no-such"
    agent.go(*ORDER)
    assert agent.statuses[-1] is F.COMPLETED


@pytest.mark.parametrize("baseline", [None, "", "*"])
def test_no_baseline_is_all_of_them(baseline: str | None) -> None:
    agent = desiring(web="1.1", store="4.4")
    agent.command(P.DOWNLOAD, baseline=baseline)
    agent.wait()

    assert [one.status for one in agent.last.feedback.actions] == [A.DOWNLOAD_SUCCESS] * 2
    assert "baseline" not in agent.last.raw


def test_each_baseline_by_itself_is_told_of_by_its_own_title() -> None:
    agent = SteppedAgent(rules=kept_but(CommandRules(apart=True)))
    agent.update(REST | {"web": "1.1", "store": "4.4"})

    ended = [one.feedback.baseline for one in agent.said if one.feedback.status is F.DOWNLOAD_SUCCESS]
    assert sorted(map(str, ended)) == ["apps:store", "apps:web"]
    assert agent.statuses[-1] is F.COMPLETED
    assert "baseline" not in agent.last.raw


@pytest.mark.parametrize(
    ("command", "activity"), [("FOO", "a"), ("download", "a"), ("DOWNLOAD", "b"), ("DOWNLOAD", "")]
)
def test_command_that_is_unknown_or_foreign_is_left_alone(command: str, activity: str) -> None:
    agent = desiring(web="1.1")
    count = len(agent.said)
    agent.command(command, activity)
    agent.wait()

    assert len(agent.said) == count
    agent.go(*ORDER)
    assert agent.statuses[-1] is F.COMPLETED


def test_retained_command_is_left_alone() -> None:
    agent = desiring(web="1.1")
    agent.command(P.DOWNLOAD, retain=True)
    agent.wait()

    assert agent.statuses[-1] is F.IDENTIFIED


@pytest.mark.parametrize("command", ORDER)
def test_command_that_comes_twice_is_executed_once(command: PhaseCommand) -> None:
    agent = desiring(web="1.1")
    agent.go(*ORDER[: ORDER.index(command)])
    agent.command(command)
    agent.command(command)
    agent.wait()
    agent.go(*ORDER[ORDER.index(command) + 1 :])

    assert [status for status in agent.statuses if status.endswith("_FAILURE")] == []
    assert agent.statuses[-1] is F.COMPLETED


def test_command_before_all_is_identified_is_refused() -> None:
    agent = SteppedAgent()
    agent.desire("a", REST | {"web": "1.1"})
    agent.command(P.DOWNLOAD)
    assert agent.last.feedback.status is F.DOWNLOAD_FAILURE

    agent.wait()
    agent.go(*ORDER)
    assert agent.statuses[-1] is F.COMPLETED


def test_cleanup_before_all_is_identified_ends_it() -> None:
    agent = SteppedAgent()
    agent.desire("a", REST | {"web": "1.1"})
    agent.go(P.CLEANUP)

    assert agent.statuses == [F.IDENTIFYING, F.CLEANUP, F.CLEANUP_SUCCESS, F.INCOMPLETE]


def test_command_after_the_end_is_left_alone() -> None:
    agent = SteppedAgent()
    agent.update(REST | {"web": "1.1"})
    count = len(agent.said)
    agent.go(*PhaseCommand)

    assert len(agent.said) == count
