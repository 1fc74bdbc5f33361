"""Actions on components. Action data model; diagram of action states."""

from harness.protocols.update.suite import AgentRun, covers, law, throughout

UPDATES = ("whole_update", "removal", "failing_update")


@covers("agent-action.status")
@throughout(*UPDATES)
def test_every_action_has_a_known_status(whole_run: AgentRun) -> None:
    whole_run.every_message.has_known_statuses_of_actions()


@covers("agent-action.component")
@throughout(*UPDATES)
def test_every_action_names_its_component(whole_run: AgentRun) -> None:
    whole_run.every_message.has_components()


@covers("agent-action.as-desired")
@throughout(*UPDATES)
def test_actions_are_on_components_that_are_desired_or_were_there(whole_run: AgentRun) -> None:
    domain = whole_run.history.profile.domain

    whole_run.each_activity(lambda one: one.names_what_is_desired_or_there(domain))


@covers("agent-action.progress")
@throughout(*UPDATES)
def test_progress_is_in_per_cent(whole_run: AgentRun) -> None:
    whole_run.every_message.has_progress_in_per_cent()


@covers("agent-action.progress-rises")
@throughout(*UPDATES)
def test_progress_does_not_go_down(whole_run: AgentRun) -> None:
    whole_run.each_activity(lambda one: one.series.have_rising_progress())


@covers("agent-action.progress-full")
@throughout(*UPDATES)
def test_progress_is_full_at_the_end_alone(whole_run: AgentRun) -> None:
    whole_run.each_activity(lambda one: one.series.are_full_at_the_end_alone())


@covers("agent-action.same-set")
@throughout(*UPDATES)
def test_all_feedback_lists_the_same_actions(whole_run: AgentRun) -> None:
    whole_run.each_activity(lambda one: one.series.keep_their_set())


@covers("agent-action.transitions")
@throughout(*UPDATES)
def test_every_status_can_be_reached_from_the_one_before(whole_run: AgentRun) -> None:
    table = law.ACTIONS[whole_run.history.spec]

    whole_run.each_activity(lambda one: one.drawn_series.only_follow(table))


@covers("agent-action.step-by-step")
@throughout(*UPDATES)
def test_every_status_follows_the_one_before_at_once(whole_run: AgentRun) -> None:
    table = law.ACTIONS[whole_run.history.spec]

    whole_run.each_activity(lambda one: one.drawn_series.follow_step_by_step(table))


@covers("agent-action.final")
@throughout(*UPDATES)
def test_action_that_has_ended_stays_so(whole_run: AgentRun) -> None:
    table = law.ACTIONS[whole_run.history.spec]

    whole_run.each_activity(lambda one: one.drawn_series.stay_at_their_end(table))
