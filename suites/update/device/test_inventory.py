"""The current state of a device: when it comes, and what it shows."""

from harness.protocols.update.suite import (
    Deadline,
    UpdateDeviceEpisode,
    UpdateDeviceRun,
    covers,
    given,
    throughout,
)
from suites.update.device.limits import Limits
from suites.update.device.scenarios.connections import ODD_QUESTIONS


@covers("device-inventory.retained")
def test_current_state_is_retained(device_start: UpdateDeviceEpisode) -> None:
    device_start.inventories.stays_for_those_who_come_late()


@covers("device-inventory.retained")
def test_current_state_is_retained_behind_an_update(device_update: UpdateDeviceEpisode) -> None:
    device_update.inventories.stays_for_those_who_come_late()


@covers("device-inventory.qos")
@throughout("device_start", "device_questions")
def test_current_state_is_published_at_qos_1(whole_run: UpdateDeviceRun) -> None:
    whole_run.inventories.are_published_at_qos_1()


@covers("device-inventory.answers")
def test_question_is_answered_with_its_activity(device_questions: UpdateDeviceEpisode) -> None:
    device_questions.asked("while idle").is_answered(device_questions.deadline(Deadline.CURRENT_STATE))


@covers("device-inventory.answers-in-the-middle")
def test_question_in_the_middle_of_an_update_is_answered(device_questions: UpdateDeviceEpisode) -> None:
    device_questions.asked("in the middle").is_answered(device_questions.deadline(Deadline.CURRENT_STATE))


@covers("device-inventory.answers-in-the-middle")
def test_question_in_the_middle_disturbs_nothing(device_questions: UpdateDeviceEpisode) -> None:
    activity = device_questions.activity("with a question")
    activity.completes()

    activity.series.are_begun_once()


@covers("device-inventory.odd-questions")
def test_questions_without_an_envelope_are_noted(device_questions: UpdateDeviceEpisode, limits: Limits) -> None:
    device_questions.are_all_answered([*ODD_QUESTIONS], limits.soon)


@covers("device-inventory.hangs-together")
@throughout("device_start", "device_questions")
def test_current_state_hangs_together(whole_run: UpdateDeviceRun) -> None:
    whole_run.inventories.hangs_together(None)


@covers("device-inventory.as-desired")
def test_current_state_shows_what_was_desired(device_update: UpdateDeviceEpisode) -> None:
    activity = device_update.activity("update")
    with given("the update ends well"):
        activity.completes()

    device_update.inventories.shows(activity.desired.versions(), device_update.stimulus("after the update"))


@covers("device-inventory.after-failure")
def test_current_state_comes_after_a_failure(device_fails_in_update: UpdateDeviceEpisode) -> None:
    device_fails_in_update.activity("failing").must_have_failed()

    deadline = device_fails_in_update.deadline(Deadline.CURRENT_STATE)
    device_fails_in_update.asked("after the failure").is_answered(deadline)


@covers("device-inventory.told-after-failure")
def test_current_state_comes_unasked_after_a_failure(device_fails_in_update: UpdateDeviceEpisode) -> None:
    activity = device_fails_in_update.activity("failing")
    failed = activity.must_have_failed()

    deadline = device_fails_in_update.deadline(Deadline.CURRENT_STATE)
    device_fails_in_update.inventories.comes_unasked(deadline, activity.end, failed.place)
