"""An agent executes the commands of a manager, well or not."""

from dataclasses import replace

import pytest

from harness.protocols.update.words.desired_state import Baseline
from harness.protocols.update.words.status import PHASES, ActionStatus, FeedbackStatus, PhaseCommand
from simulator.update.agent.rules import KEPT, ActivityOutcome, kept_but
from simulator.update.agent.setup import AgentSetup
from simulator.update.law import ORDER
from tests.simulator.update.agent.stepped import SteppedAgent, kanto

F, P, A = FeedbackStatus, PhaseCommand, ActionStatus
REST = {"web": "1.0", "store": "4.3"}


def desiring(**versions: str) -> SteppedAgent:
    """An agent that has identified the rest with these instead."""
    agent = SteppedAgent()
    agent.desire("a", REST | versions)
    agent.wait()
    return agent


def test_every_feedback_of_a_phase_bears_the_activity_and_goes_out_at_qos_1_unretained() -> None:
    agent = SteppedAgent()
    agent.update({"web": "1.1", "store": "4.4"})

    assert {(one.activity, one.publish.retain, one.publish.qos) for one in agent.said} == {("a", False, 1)}


def test_component_is_another_once_it_is_activated() -> None:
    agent = desiring(web="1.1")
    agent.go(P.DOWNLOAD, P.UPDATE)
    assert agent.versions["apps:web"] == "1.0"

    agent.go(P.ACTIVATE)
    assert agent.versions["apps:web"] == "1.1"


def test_components_go_one_by_one_and_are_all_listed() -> None:
    agent = desiring(web="1.1", store="4.4")
    agent.command(P.DOWNLOAD)
    agent.wait(1)
    first = [one.status for one in agent.last.feedback.actions]
    agent.wait(2)

    assert first == [A.DOWNLOADING, A.IDENTIFIED]
    assert [one.status for one in agent.last.feedback.actions] == [A.DOWNLOAD_SUCCESS, A.DOWNLOADING]
    agent.wait()
    assert [one.status for one in agent.last.feedback.actions] == [A.DOWNLOAD_SUCCESS, A.DOWNLOAD_SUCCESS]


def test_components_go_at_once_where_that_is_their_rule() -> None:
    agent = SteppedAgent(kept_but(replace(KEPT.executing, at_once=True)))
    agent.desire("a", {"web": "1.1", "store": "4.4"})
    agent.wait()
    agent.command(P.DOWNLOAD)

    assert [one.status for one in agent.last.feedback.actions] == [A.DOWNLOADING, A.DOWNLOADING]
    agent.wait(2)
    assert agent.last.feedback.status is F.DOWNLOAD_SUCCESS


def test_progress_goes_up_and_is_left_out_at_its_begin() -> None:
    agent = desiring(web="1.1")
    agent.go(P.DOWNLOAD)

    assert agent.progress("apps:web", A.DOWNLOADING) == [None, 25, 50, 75]
    assert agent.progress("apps:web", A.DOWNLOAD_SUCCESS) == [None]


def test_progress_of_nothing_is_0_where_that_is_its_rule() -> None:
    agent = SteppedAgent(kept_but(replace(KEPT.writing, progress=lambda percent: percent)))
    agent.desire("a", REST | {"web": "1.1"})
    agent.wait()
    agent.go(P.DOWNLOAD)

    assert agent.progress("apps:web", A.DOWNLOADING) == [0, 25, 50, 75]


@pytest.mark.parametrize("command", [P.DOWNLOAD, P.UPDATE, P.ACTIVATE])
def test_failure_names_its_component_and_ends_incomplete(command: PhaseCommand) -> None:
    version = f"fails-{command.lower()}"
    agent = desiring(web=version)
    agent.go(*ORDER[: ORDER.index(command) + 1])
    failed = agent.last.feedback

    assert failed.status is PHASES[command].failure
    assert failed.message == f"apps:web: {command.lower()} of version {version} failed"
    assert failed.actions[0].message == f"{command.lower()} of version {version} failed"
    agent.go(P.CLEANUP)
    assert agent.statuses[-3:] == [F.CLEANUP, F.CLEANUP_SUCCESS, F.INCOMPLETE]
    assert agent.versions["apps:web"] == "1.0"


def test_unit_stops_at_its_first_failure_and_others_go_on() -> None:
    both = Baseline("both", ("apps:web", "apps:store"))
    agent = SteppedAgent()
    agent.desire("a", {"web": "fails-download", "store": "4.4", "new": "0.1"}, both)
    agent.wait()
    agent.go(P.DOWNLOAD)

    assert agent.last.feedback.status is F.DOWNLOAD_FAILURE
    assert [one.status for one in agent.last.feedback.actions] == [
        A.DOWNLOAD_FAILURE,
        A.IDENTIFIED,
        A.DOWNLOAD_SUCCESS,
    ]


def test_cleanup_that_fails_ends_incomplete() -> None:
    agent = SteppedAgent()
    agent.update({"web": "fails-cleanup", "store": "4.3"})

    assert agent.statuses[-3:] == [F.CLEANUP, F.CLEANUP_FAILURE, F.INCOMPLETE]


@pytest.mark.parametrize("command", [P.DOWNLOAD, P.UPDATE, P.ACTIVATE])
def test_phase_that_never_ends_is_ended_by_cleanup(command: PhaseCommand) -> None:
    agent = desiring(web=f"hangs-{command.lower()}")
    agent.go(*ORDER[: ORDER.index(command) + 1])
    agent.wait(10_000)
    assert agent.statuses[-1] is PHASES[command].under_way

    agent.go(P.CLEANUP)
    assert agent.statuses[-3:] == [F.CLEANUP, F.CLEANUP_SUCCESS, F.INCOMPLETE]
    assert agent.path("apps:web")[-1].endswith("_FAILURE")


def test_removal_waits_for_the_cleanup_of_what_was_activated() -> None:
    agent = SteppedAgent()
    agent.desire("a", {"web": "1.1"})
    agent.wait()
    agent.go(P.DOWNLOAD, P.UPDATE, P.ACTIVATE)
    assert "apps:store" in agent.versions

    agent.go(P.CLEANUP)
    assert agent.path("apps:store") == [A.IDENTIFIED, A.REMOVING, A.REMOVAL_SUCCESS]
    assert "apps:store" not in agent.versions
    assert agent.statuses[-1] is F.COMPLETED


def test_nothing_is_removed_where_nothing_was_activated() -> None:
    agent = SteppedAgent()
    agent.desire("a", {"web": "1.1"})
    agent.wait()
    agent.go(P.DOWNLOAD, P.CLEANUP)

    assert agent.versions["apps:store"] == "4.3"
    assert agent.statuses[-1] is F.INCOMPLETE
    assert agent.last.feedback.message == "cleaned up before it was activated"


@pytest.mark.parametrize("setup", [AgentSetup("apps"), kanto()])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_rollback_brings_back_all_that_was(setup: AgentSetup, count: int) -> None:
    agent = SteppedAgent(setup=setup)
    before = dict(agent.versions)
    agent.desire("a", {"web": "1.1", "new": "0.1"})
    agent.wait()
    agent.go(*ORDER[:count], P.ROLLBACK)

    assert agent.statuses[-2:] == [F.ROLLBACK, F.ROLLBACK_SUCCESS]
    assert agent.versions == before
    agent.go(P.CLEANUP)
    assert agent.statuses[-3:] == [F.CLEANUP, F.CLEANUP_SUCCESS, F.INCOMPLETE]
    assert agent.last.feedback.message == "rolled back"
    assert agent.versions == before


def test_agent_that_knows_no_rollback_leaves_it_alone() -> None:
    agent = SteppedAgent(setup=AgentSetup("apps", rolls_back=False))
    agent.desire("a", REST | {"web": "1.1"})
    agent.wait()
    agent.go(P.DOWNLOAD, P.ROLLBACK)

    assert agent.statuses[-1] is F.DOWNLOAD_SUCCESS


def test_all_can_be_commanded_once_a_part_was() -> None:
    agent = SteppedAgent()
    agent.desire("a", {"web": "1.1", "store": "4.4"}, Baseline("one", ("apps:web",)))
    agent.wait()
    agent.go(P.DOWNLOAD, baseline="one")
    assert [one.status for one in agent.last.feedback.actions] == [A.DOWNLOAD_SUCCESS, A.IDENTIFIED]
    agent.go(P.DOWNLOAD)

    assert agent.progress("apps:web", A.DOWNLOADING) == [None, 25, 50, 75]
    assert agent.last.feedback.status is F.DOWNLOAD_SUCCESS
    assert agent.last.feedback.baseline is None
    agent.go(*ORDER[1:])
    assert agent.statuses[-1] is F.COMPLETED


def test_activity_is_over_once_every_baseline_is_cleaned_up() -> None:
    agent = SteppedAgent()
    baselines = (Baseline("one", ("apps:web",)), Baseline("other", ("apps:store",)))
    agent.desire("a", {"web": "1.1", "store": "fails-update"}, *baselines)
    agent.wait()
    assert agent.statuses == [F.IDENTIFYING, F.IDENTIFICATION_FAILED]

    agent.desire("b", {"web": "1.1", "store": "4.4"}, *baselines)
    agent.wait()
    agent.go(*ORDER, activity="b", baseline="one")
    assert agent.statuses[-1] is F.CLEANUP_SUCCESS
    agent.go(P.CLEANUP, activity="b", baseline="other")
    assert agent.statuses[-3:] == [F.CLEANUP, F.CLEANUP_SUCCESS, F.INCOMPLETE]
    assert (agent.versions["apps:web"], agent.versions["apps:store"]) == ("1.1", "4.3")


def test_outcome_is_what_ends_are_decided_by() -> None:
    seen: list[ActivityOutcome] = []

    def ends(outcome: ActivityOutcome) -> FeedbackStatus:
        seen.append(outcome)
        return F.INCOMPLETE_INCONSISTENT

    agent = SteppedAgent(kept_but(replace(KEPT.executing, ends=ends)))
    agent.update(REST | {"web": "fails-activate"})

    assert agent.statuses[-1] is F.INCOMPLETE_INCONSISTENT
    assert seen == [
        ActivityOutcome(
            is_well=False, is_rolled_back=False, failures=["apps:web: activate of version fails-activate failed"]
        )
    ]
