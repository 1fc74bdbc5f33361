"""The current state: when it comes, and what it shows."""

from harness.protocols.update.suite import (
    AgentEpisode,
    AgentRun,
    Deadline,
    covers,
    given,
    law,
    throughout,
)
from suites.update.agent.limits import Limits
from suites.update.agent.scenarios.updates import ODD_QUESTIONS


@covers("agent-inventory.on-connect")
def test_agent_that_starts_publishes_its_current_state(agent_start: AgentEpisode) -> None:
    agent_start.inventories.comes(agent_start.deadline(Deadline.CURRENT_STATE), agent_start.provocation("restart"))


@covers("agent-inventory.retained")
def test_current_state_is_retained(agent_start: AgentEpisode) -> None:
    agent_start.inventories.stays_for_those_who_come_late()


@covers("agent-inventory.retained")
def test_current_state_is_retained_behind_an_update(whole_update: AgentEpisode) -> None:
    whole_update.inventories.stays_for_those_who_come_late()


@covers("agent-inventory.qos")
@throughout("agent_start", "update_questions")
def test_current_state_is_published_at_qos_1(whole_run: AgentRun) -> None:
    whole_run.inventories.are_published_at_qos_1()


@covers("agent-inventory.answers")
def test_question_is_answered_with_its_activity(update_questions: AgentEpisode) -> None:
    update_questions.asked("while idle").is_answered(update_questions.deadline(Deadline.CURRENT_STATE))


@covers("agent-inventory.answers-in-the-middle")
def test_question_in_the_middle_of_a_download_is_answered(update_questions: AgentEpisode) -> None:
    deadline = update_questions.deadline(Deadline.CURRENT_STATE)
    update_questions.asked("behind a command").is_answered(deadline)
    update_questions.asked("in the middle").is_answered(deadline)


@covers("agent-inventory.answers-in-the-middle")
def test_question_in_the_middle_disturbs_nothing(update_questions: AgentEpisode) -> None:
    activity = update_questions.activity("with a question")
    activity.completes()

    activity.series.are_begun_once()


@covers("agent-inventory.odd-questions")
def test_questions_without_an_envelope_are_noted(update_questions: AgentEpisode, limits: Limits) -> None:
    update_questions.are_all_answered([*ODD_QUESTIONS], limits.soon)


@covers("agent-inventory.hangs-together")
@throughout("agent_start", "update_questions")
def test_current_state_hangs_together(whole_run: AgentRun) -> None:
    whole_run.inventories.hangs_together(whole_run.history.profile.domain)


@covers("agent-inventory.as-desired")
def test_current_state_shows_what_was_desired(whole_update: AgentEpisode) -> None:
    activity = whole_update.activity("update")
    with given("the update ends well"):
        activity.completes()

    whole_update.inventories.shows(activity.desired.versions(), whole_update.stimulus("after the update"))


@covers("agent-inventory.after-failure")
def test_current_state_comes_after_a_failure(failing_update: AgentEpisode) -> None:
    failing_update.activity("failing").must_have_failed()

    failing_update.asked("after the failure").is_answered(failing_update.deadline(Deadline.CURRENT_STATE))


@covers("agent-inventory.told-after-failure")
def test_current_state_comes_unasked_after_a_failure(failing_update: AgentEpisode) -> None:
    activity = failing_update.activity("failing")
    failed = activity.must_have_failed()

    deadline = failing_update.deadline(Deadline.CURRENT_STATE)
    failing_update.inventories.comes_unasked(deadline, activity.end, failed.place)


@covers("agent-connection.resumes")
def test_download_ends_though_the_connection_was_lost(dropped_in_the_middle: AgentEpisode) -> None:
    phase = dropped_in_the_middle.phase("DOWNLOAD", of="interrupted")

    lost, back = (dropped_in_the_middle.stimulus(label) for label in ("dropped", "back"))
    phase.ends_over(lost, back, dropped_in_the_middle.deadline(Deadline.DOWNLOAD))


@covers("agent-connection.resumes")
def test_desired_state_ends_though_the_connection_was_lost(dropped_in_the_middle: AgentEpisode) -> None:
    activity = dropped_in_the_middle.activity("interrupted")

    activity.ends_as(*law.TERMINAL)
