"""Every message of an agent: accused of what is the agent's own, and passed where there was something to see."""

from dataclasses import replace

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.values import JSON
from harness.protocols.update.judging.agent.episode import AgentEpisode
from harness.protocols.update.judging.episode import scenes_of
from harness.record.kinds import Received, Record
from tests.protocols.update.records import NAME, feedback, heard, run_with, sent

STATE: JSON = {
    "softwareNodes": [{"id": "a", "parameters": [{"key": "domain", "value": "containers"}]}],
    "associations": [],
}
WEB: JSON = {"domains": [{"id": "containers", "components": [{"id": "web", "version": "2"}]}]}
INBOX = "containersupdate/desiredstate"


def _of(*records: Record) -> AgentEpisode:
    return scenes_of(run_with(*records), AgentEpisode)[1][NAME]


def _strange(activity: str) -> Received:
    """Feedback at the topic of another agent."""
    return feedback(3.0, "IDENTIFYING", {}, "lab", activity=activity)


def test_feedback_at_another_topic_is_accused_for_a_desired_state_of_this_run() -> None:
    own = feedback(2.0, "IDENTIFYING", {}, activity="ours")

    with pytest.raises(NotObserved, match="but came at labupdate/desiredstatefeedback"):
        _of(sent(1.0, INBOX, WEB, activity="ours"), own, _strange("ours")).every_message.is_at_its_own_topic()


@pytest.mark.parametrize("payload", [None, "y", {"domains": {"id": "x"}}, {"command": ["DOWNLOAD"]}, {"domains": [7]}])
def test_another_agent_may_answer_what_every_run_sends_because_nobody_can_read_it(payload: JSON) -> None:
    own = feedback(2.0, "IDENTIFYING", {}, activity="x")

    _of(sent(1.0, INBOX, payload, activity="x"), own, _strange("x")).every_message.is_at_its_own_topic()


def test_timestamps_that_nobody_can_read_pass_no_judgement_on_their_time() -> None:
    halves = replace(
        feedback(2.0, "IDENTIFYING", {}), payload=b'{"activityId": "a", "timestamp": 2000.5, "payload": {}}'
    )

    with pytest.raises(CouldNotTest, match="no timestamp can be read"):
        _of(halves).every_message.has_a_timestamp_of_its_time(tolerance=60)


def test_current_state_answers_for_its_payload_alone() -> None:
    state = heard(1.0, "containersupdate/currentstate", STATE)
    odd_time = replace(state, payload=state.payload.replace(b'"timestamp": 1,', b'"timestamp": 1.5,'))
    odd_node = heard(1.0, "containersupdate/currentstate", {"softwareNodes": [7]})

    _of(odd_time).inventories.hangs_together("containers")
    with pytest.raises(NotObserved, match=r"In a current state, payload\.softwareNodes\.0"):
        _of(odd_node).inventories.hangs_together("containers")


def test_nothing_is_executed_where_a_phase_is_not_said_to_be() -> None:
    activity = _of(
        sent(1.0, INBOX, WEB, activity="a"), feedback(2.0, "IDENTIFIED", {}), feedback(3.0, "DOWNLOAD_SUCCESS", {})
    ).activities[0]

    activity.executes_nothing(until=4)
    with pytest.raises(NotObserved, match="nothing should be executed, but it is DOWNLOAD_SUCCESS"):
        activity.executes_nothing()


def test_agent_that_shows_neither_actions_nor_phases_is_seen_to_do_nothing_by_nobody() -> None:
    activity = _of(sent(1.0, INBOX, WEB, activity="a"), feedback(2.0, "IDENTIFIED", {})).activities[0]

    with pytest.raises(CouldNotTest, match="lists an action"):
        activity.executes_nothing()
