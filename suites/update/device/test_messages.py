"""Every message of a device. Feedback data model; envelope; topics."""

from harness.protocols.update.suite import UpdateDeviceEpisode, UpdateDeviceRun, covers, throughout
from suites.update.device.limits import Limits


@covers("device-message.topic")
@throughout("device_update")
def test_feedback_comes_at_the_topic_of_the_device(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.is_at_its_own_topic()


@covers("device-message.is-json")
@throughout("device_update")
def test_every_message_is_a_json_object(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.is_json()


@covers("device-message.envelope")
@throughout("device_update")
def test_every_message_has_an_envelope(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.is_enveloped()


@covers("device-message.timestamp")
@throughout("device_update")
def test_timestamps_count_milliseconds_and_rise(whole_run: UpdateDeviceRun, limits: Limits) -> None:
    whole_run.every_message.has_a_timestamp_of_its_time(tolerance=limits.clock)


@covers("device-message.activity")
@throughout("device_update")
def test_feedback_names_the_activity_of_its_desired_state(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.names_an_activity_of_ours()


@covers("device-message.status")
@throughout("device_update")
def test_every_status_is_known(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.has_a_known_status()


@covers("device-message.spelling")
@throughout("device_update")
def test_statuses_are_spelt_as_in_the_data_model(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.is_spelt_as_in_the_data_model()


@covers("device-message.text")
@throughout("device_update")
def test_every_message_text_is_a_string(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.has_text_for_messages()


@covers("device-message.baseline")
@throughout("device_update", "slices")
def test_every_baseline_is_one_that_was_desired(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.names_a_baseline_of_ours()


@covers("device-message.not-retained")
@throughout("device_update")
def test_feedback_is_published_at_qos_1_and_not_retained(whole_run: UpdateDeviceRun) -> None:
    whole_run.every_message.is_no_state_that_stays()


@covers("device-message.extra-fields")
def test_fields_that_nobody_knows_change_nothing(additional_fields: UpdateDeviceEpisode) -> None:
    additional_fields.activity("extra").completes()
