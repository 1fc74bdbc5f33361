"""Actions on components. Action data model; diagram of action states."""

from harness.protocols.update.suite import UpdateDeviceRun, covers, law, throughout

UPDATES = ("device_update", "device_removal", "device_fails_in_update")


@covers("device-action.status")
@throughout(*UPDATES)
def test_every_action_has_a_known_status(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.has_known_statuses_of_actions()


@covers("device-action.component")
@throughout(*UPDATES)
def test_every_action_names_its_component(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.has_components()


@covers("device-action.as-desired")
@throughout(*UPDATES)
def test_actions_are_on_components_that_are_desired_or_were_there(whole_run: UpdateDeviceRun) -> None:
    whole_run.each_activity(lambda one: one.names_what_is_desired_or_there(None))


@covers("device-action.progress")
@throughout(*UPDATES)
def test_progress_is_in_per_cent(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.has_progress_in_per_cent()


@covers("device-action.progress-rises")
@throughout(*UPDATES)
def test_progress_does_not_go_down(whole_run: UpdateDeviceRun) -> None:
    whole_run.each_activity(lambda one: one.series.have_rising_progress())


@covers("device-action.progress-full")
@throughout(*UPDATES)
def test_progress_is_full_at_the_end_alone(whole_run: UpdateDeviceRun) -> None:
    whole_run.each_activity(lambda one: one.series.are_full_at_the_end_alone())


@covers("device-action.same-set")
@throughout(*UPDATES)
def test_all_feedback_lists_the_same_actions(whole_run: UpdateDeviceRun) -> None:
    whole_run.each_activity(lambda one: one.series.keep_their_set())


@covers("device-action.transitions")
@throughout(*UPDATES)
def test_every_status_can_be_reached_from_the_one_before(whole_run: UpdateDeviceRun) -> None:
    table = law.ACTIONS_OF_A_DEVICE[whole_run.history.spec]

    whole_run.each_activity(lambda one: one.drawn_series.only_follow(table))


@covers("device-action.step-by-step")
@throughout(*UPDATES)
def test_every_status_follows_the_one_before_at_once(whole_run: UpdateDeviceRun) -> None:
    table = law.ACTIONS_OF_A_DEVICE[whole_run.history.spec]

    whole_run.each_activity(lambda one: one.drawn_series.follow_step_by_step(table))


@covers("device-action.final")
@throughout(*UPDATES)
def test_action_that_has_ended_stays_so(whole_run: UpdateDeviceRun) -> None:
    table = law.ACTIONS_OF_A_DEVICE[whole_run.history.spec]

    whole_run.each_activity(lambda one: one.drawn_series.stay_at_their_end(table))
