"""How a device's manager leads its agents, which the harness plays. Update manager API; phases."""

from harness.protocols.update.suite import (
    IDENTIFY,
    FeedbackStatus,
    OddFeedback,
    UpdateDeviceEpisode,
    covers,
    each,
    given,
)
from suites.update.device.scenarios.agents import SILENT_STEPS, STEPS

FAILED = (FeedbackStatus.INCOMPLETE, FeedbackStatus.INCOMPLETE_INCONSISTENT)


@covers("device-agents.slices")
def test_every_agent_is_told_of_its_own_domain(slices: UpdateDeviceEpisode) -> None:
    slices.agents("slices").have_their_own_slices()


@covers("device-agents.slices")
def test_every_agent_is_told_of_its_own_domain_without_baselines(slices: UpdateDeviceEpisode) -> None:
    slices.agents("without baselines").have_their_own_slices()


@covers("device-agents.activity")
def test_agents_are_told_the_same_activity(slices: UpdateDeviceEpisode) -> None:
    slices.agents("slices").have_the_same_activity()


@covers("device-agents.all-identified")
def test_no_command_comes_before_all_agents_are_identified(late_agent: UpdateDeviceEpisode) -> None:
    late_agent.agents("with a late agent").wait_until_all_are_identified()


@covers("device-agents.all-identified")
def test_no_command_comes_where_one_agent_cannot_identify(unidentified_agent: UpdateDeviceEpisode) -> None:
    unidentified_agent.agents("unidentified").are_commanded_nothing()


@covers("device-agents.phases-together")
def test_next_phase_waits_for_all_agents(late_agent: UpdateDeviceEpisode) -> None:
    late_agent.agents("with a late agent").go_through_phases_together()


@covers("device-agents.idle")
def test_agent_that_has_nothing_to_do_gets_no_command(idle_agent: UpdateDeviceEpisode) -> None:
    agents = idle_agent.agents("with an idle agent")
    with given("the other agent gets commands"):
        agents.are_commanded_something()

    agents.are_commanded_nothing(idle_agent.history.profile.played[0])


@covers("device-agents.failing")
@each("step", STEPS)
def test_failing_agent_is_cleaned_up(failing_agents: UpdateDeviceEpisode, step: str) -> None:
    failing_agents.agents(f"failing in {step}").are_cleaned_up(failing_agents.history.profile.played[0])


@covers("device-agents.failing")
@each("step", STEPS)
def test_device_whose_agent_fails_ends_incomplete(failing_agents: UpdateDeviceEpisode, step: str) -> None:
    failing_agents.activity(f"failing in {step}").ends_as(*FAILED)


@covers("device-agents.silent")
@each("step", SILENT_STEPS)
def test_device_whose_agent_is_silent_comes_to_an_end(silent_agents: UpdateDeviceEpisode, step: str) -> None:
    ends = {IDENTIFY: (FeedbackStatus.IDENTIFICATION_FAILED,), "CLEANUP": (*FAILED, FeedbackStatus.COMPLETED)}

    silent_agents.activity(f"silent in {step}").ends_as(*ends.get(step, FAILED))


@covers("device-agents.silent")
@each("step", SILENT_STEPS)
def test_device_whose_agent_is_silent_ends_in_time(silent_agents: UpdateDeviceEpisode, step: str) -> None:
    silent_agents.activity(f"silent in {step}").ends_in_time(silent_agents.whole)


@covers("device-agents.odd-feedback")
@each("feedback", (OddFeedback.FOREIGN, OddFeedback.UNKNOWN, OddFeedback.TWICE, OddFeedback.EARLY))
def test_odd_feedback_of_an_agent_changes_nothing(odd_agents: UpdateDeviceEpisode, feedback: OddFeedback) -> None:
    activity = odd_agents.activity(f"beside feedback {feedback}")
    activity.must_be_named()

    activity.ends_as(FeedbackStatus.COMPLETED)


@covers("device-agents.odd-feedback")
def test_command_waits_for_the_answer_that_is_due(odd_agents: UpdateDeviceEpisode) -> None:
    odd_agents.activity(f"beside feedback {OddFeedback.EARLY}").must_be_named()
    agents = odd_agents.agents(f"beside feedback {OddFeedback.EARLY}")

    agents.wait_until_all_are_identified()
    agents.go_through_phases_together()


@covers("device-agents.broken-feedback")
@each("feedback", (OddFeedback.BROKEN, OddFeedback.MALFORMED))
def test_broken_feedback_of_an_agent_does_no_harm(odd_agents: UpdateDeviceEpisode, feedback: OddFeedback) -> None:
    odd_agents.activity(f"beside feedback {feedback}").ends_as(FeedbackStatus.COMPLETED)


@covers("device-consent.asks")
def test_owner_is_asked_before_the_command(consent_granted: UpdateDeviceEpisode) -> None:
    consent_granted.asks_for_consent("with consent")


@covers("device-consent.waits")
def test_command_waits_for_the_owner(consent_granted: UpdateDeviceEpisode) -> None:
    consent_granted.waits_for_consent("with consent")


@covers("device-consent.waits")
def test_command_waits_for_an_owner_who_does_not_answer(consent_unanswered: UpdateDeviceEpisode) -> None:
    consent_unanswered.does_nothing_without_consent("unanswered")


@covers("device-consent.denied")
def test_nothing_comes_without_the_owners_consent(consent_denied: UpdateDeviceEpisode) -> None:
    consent_denied.does_nothing_without_consent("without consent")


@covers("device-consent.denied")
def test_update_without_the_owners_consent_ends_incomplete(consent_denied: UpdateDeviceEpisode) -> None:
    consent_denied.activity("without consent").ends_as(*FAILED)


@covers("device-consent.rolls-back")
def test_update_that_is_denied_behind_its_download_is_rolled_back(consent_denied_later: UpdateDeviceEpisode) -> None:
    consent_denied_later.rolls_back_without_consent("denied later")


@covers("device-consent.denied")
def test_update_that_is_denied_behind_its_download_ends_incomplete(consent_denied_later: UpdateDeviceEpisode) -> None:
    consent_denied_later.must_have_been_denied()

    consent_denied_later.activity("denied later").ends_as(*FAILED)
