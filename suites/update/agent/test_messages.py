"""Every message of an agent. Feedback data model; envelope; topics."""

from harness.protocols.update.suite import AgentEpisode, AgentRun, covers, throughout
from suites.update.agent.limits import Limits


@covers("agent-message.topic")
@throughout("whole_update")
def test_feedback_comes_at_the_topic_of_the_domain(whole_run: AgentRun) -> None:
    whole_run.every_message.is_at_its_own_topic()


@covers("agent-message.is-json")
@throughout("whole_update")
def test_every_message_is_a_json_object(whole_run: AgentRun) -> None:
    whole_run.every_message.is_json()


@covers("agent-message.envelope")
@throughout("whole_update")
def test_every_message_has_an_envelope(whole_run: AgentRun) -> None:
    whole_run.every_message.is_enveloped()


@covers("agent-message.timestamp")
@throughout("whole_update")
def test_timestamps_count_milliseconds_and_rise(whole_run: AgentRun, limits: Limits) -> None:
    whole_run.every_message.has_a_timestamp_of_its_time(tolerance=limits.clock)


@covers("agent-message.activity")
@throughout("whole_update", "odd_activity")
def test_feedback_names_the_activity_of_its_desired_state(whole_run: AgentRun) -> None:
    whole_run.every_message.names_an_activity_of_ours()


@covers("agent-message.status")
@throughout("whole_update")
def test_every_status_is_known(whole_run: AgentRun) -> None:
    whole_run.every_message.has_a_known_status()


@covers("agent-message.spelling")
@throughout("whole_update")
def test_statuses_are_spelt_as_in_the_data_model(whole_run: AgentRun) -> None:
    whole_run.every_message.is_spelt_as_in_the_data_model()


@covers("agent-message.text")
@throughout("whole_update")
def test_every_message_text_is_a_string(whole_run: AgentRun) -> None:
    whole_run.every_message.has_text_for_messages()


@covers("agent-message.baseline")
@throughout("whole_update", "baselines")
def test_every_baseline_is_one_that_was_desired(whole_run: AgentRun) -> None:
    whole_run.every_message.names_a_baseline_of_ours()


@covers("agent-message.not-retained")
@throughout("whole_update")
def test_feedback_is_published_at_qos_1_and_not_retained(whole_run: AgentRun) -> None:
    whole_run.every_message.is_no_state_that_stays()


@covers("agent-message.extra-fields")
def test_fields_that_nobody_knows_change_nothing(extra_fields: AgentEpisode) -> None:
    extra_fields.activity("extra").completes()
