"""How a device sums up. Diagram of aggregated states; device level aggregated state."""

from harness.protocols.update.suite import (
    Deadline,
    OnNewDesiredState,
    UpdateDeviceEpisode,
    UpdateDeviceRun,
    covers,
    given,
    throughout,
)
from suites.update.device.limits import Limits

UPDATES = ("device_update", "device_fails_in_update")


@covers("device-end.transitions")
@throughout(*UPDATES)
def test_every_status_of_the_whole_can_be_reached(whole_run: UpdateDeviceRun) -> None:
    whole_run.each_aggregate(lambda one: one.only_follows_the_diagram())


@covers("device-end.one")
def test_update_has_exactly_one_end(device_update: UpdateDeviceEpisode) -> None:
    device_update.aggregate("update").has_one_end()


@covers("device-end.one")
def test_update_that_fails_has_exactly_one_end(device_fails_in_update: UpdateDeviceEpisode) -> None:
    device_fails_in_update.aggregate("failing").has_one_end()


@covers("device-end.in-time")
def test_update_ends_in_time(device_update: UpdateDeviceEpisode) -> None:
    activity = device_update.activity("update")

    activity.ends_in_time(device_update.whole)


@covers("device-end.silence")
def test_nothing_is_said_behind_the_end(device_update: UpdateDeviceEpisode) -> None:
    device_update.aggregate("update").is_silent_behind_its_end()


@covers("device-end.completed-only-if-all")
def test_completed_update_has_no_action_that_did_not_succeed(device_update: UpdateDeviceEpisode) -> None:
    device_update.aggregate("update").completes_only_with_every_action()


@covers("device-end.completed-if-all")
def test_update_of_which_every_action_succeeds_is_completed(device_update: UpdateDeviceEpisode) -> None:
    device_update.aggregate("update").completes_with_every_action()


@covers("device-end.failure")
def test_failed_download_ends_incomplete(device_fails_in_download: UpdateDeviceEpisode) -> None:
    device_fails_in_download.aggregate("failing").fails_with_an_action()


@covers("device-end.failure")
def test_failed_update_ends_incomplete(device_fails_in_update: UpdateDeviceEpisode) -> None:
    device_fails_in_update.aggregate("failing").fails_with_an_action()


@covers("device-end.failure")
def test_failed_activation_ends_incomplete(device_fails_in_activation: UpdateDeviceEpisode) -> None:
    device_fails_in_activation.aggregate("failing").fails_with_an_action()


@covers("device-end.failure-told")
def test_failed_download_names_its_component(device_fails_in_download: UpdateDeviceEpisode) -> None:
    device_fails_in_download.activity("failing").names_what_failed()


@covers("device-end.failure-told")
def test_failed_update_names_its_component(device_fails_in_update: UpdateDeviceEpisode) -> None:
    device_fails_in_update.activity("failing").names_what_failed()


@covers("device-end.failure-told")
def test_failed_activation_names_its_component(device_fails_in_activation: UpdateDeviceEpisode) -> None:
    device_fails_in_activation.activity("failing").names_what_failed()


@covers("device-end.inconsistent")
def test_incomplete_update_leaves_each_component_as_it_was_or_as_desired(
    device_fails_in_update: UpdateDeviceEpisode,
) -> None:
    device_fails_in_update.is_inconsistent_where_it_says_so("failing", since="after the failure")


@covers("device-end.new-desired-state")
def test_desired_state_that_comes_in_the_middle_is_taken_as_the_profile_says(
    new_desired_state: UpdateDeviceEpisode,
) -> None:
    new_desired_state.activity("old").must_be_named()

    new_desired_state.takes_a_new_one("old", "new")


@covers("device-end.new-desired-state")
def test_both_desired_states_have_one_end_each(new_desired_state: UpdateDeviceEpisode) -> None:
    new_desired_state.activity("old").must_be_named()

    new_desired_state.aggregate("old").has_one_end()
    new_desired_state.aggregate("new").has_one_end()


@covers("device-end.superseded")
def test_superseded_comes_behind_running_alone(early_desired_state: UpdateDeviceEpisode) -> None:
    early_desired_state.activity("overtaken").must_be_named()
    early_desired_state.needs_policy(OnNewDesiredState.SUPERSEDE)

    early_desired_state.aggregate("overtaken").is_superseded_from_running()


@covers("device-end.executed-once")
def test_desired_state_that_comes_again_is_not_executed_again(same_again: UpdateDeviceEpisode) -> None:
    activity = same_again.activity("first time")
    activity.must_be_named()
    same_again.aggregate("first time").begins_once()
    activity.series.are_begun_once()
    with given("it is executed once"):
        activity.completes()

    activity.executes_nothing(after=same_again.stimulus("again at the end").place)


@covers("device-end.malformed")
def test_device_works_after_malformed_messages(device_malformed: UpdateDeviceEpisode) -> None:
    device_malformed.activity("after malformed").completes()


@covers("device-end.retained")
def test_what_is_retained_is_not_executed_again(device_retained: UpdateDeviceEpisode) -> None:
    activity = device_retained.activity("retained")
    with given("it was executed once"):
        activity.completes()

    activity.is_not_begun_again(after=device_retained.provocation("restart").place)


@covers("device-end.resumes")
def test_update_ends_though_the_connection_was_lost(device_dropped: UpdateDeviceEpisode) -> None:
    device_dropped.aggregate("interrupted").has_one_end()


@covers("device-end.running-on-change")
def test_running_is_said_when_something_changed(device_update: UpdateDeviceEpisode) -> None:
    device_update.aggregate("update").says_running_on_change_alone()


@covers("device-end.running-interval")
def test_running_keeps_its_interval(device_update: UpdateDeviceEpisode, limits: Limits) -> None:
    device_update.aggregate("update").keeps_running_apart(device_update.feedback_interval, jitter=limits.jitter)


@covers("device-inventory.on-connect")
def test_device_that_starts_publishes_its_current_state(device_start: UpdateDeviceEpisode) -> None:
    device_start.inventories.comes(device_start.deadline(Deadline.CURRENT_STATE), device_start.provocation("restart"))
