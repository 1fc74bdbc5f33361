"""A device finds out what is to be done. Diagram of aggregated states; supported statuses."""

from harness.protocols.update.suite import (
    Deadline,
    FeedbackStatus,
    UpdateDeviceEpisode,
    covers,
    each,
    given,
)


@covers("device-identification.begins")
def test_first_feedback_is_identifying(device_update: UpdateDeviceEpisode) -> None:
    device_update.activity("update").begins_with_identifying(device_update.deadline(Deadline.IDENTIFY))


@covers("device-identification.in-time")
def test_actions_are_identified_in_time(device_update: UpdateDeviceEpisode) -> None:
    device_update.activity("update").is_identified(device_update.deadline(Deadline.IDENTIFY))


@covers("device-identification.lists-all")
def test_identified_lists_every_action_as_identified(device_update: UpdateDeviceEpisode) -> None:
    activity = device_update.activity("update")

    activity.lists_all_as_identified(device_update.inventories.showed(activity.since.place))


@covers("device-identification.unknown-version")
def test_version_that_nobody_knows_cannot_be_identified(device_unidentifiable: UpdateDeviceEpisode) -> None:
    deadline = device_unidentifiable.deadline(Deadline.IDENTIFY)

    device_unidentifiable.activity("unknown version").cannot_be_identified(deadline)


@covers("device-identification.unknown-version")
def test_version_that_nobody_knows_changes_nothing(device_unidentifiable: UpdateDeviceEpisode) -> None:
    activity = device_unidentifiable.activity("unknown version")
    before = device_unidentifiable.inventories.showed(activity.since.place)

    device_unidentifiable.inventories.shows(before, device_unidentifiable.stimulus("after it"))


@covers("device-identification.failure-explained")
def test_version_that_nobody_knows_fails_with_a_message(device_unidentifiable: UpdateDeviceEpisode) -> None:
    device_unidentifiable.activity("unknown version").explains_its_failure()


@covers("device-identification.incomplete")
@each("label", ["no field", "no domain", "a domain without an id"])
def test_incomplete_desired_state_cannot_be_identified(device_incomplete: UpdateDeviceEpisode, label: str) -> None:
    device_incomplete.activity(label).cannot_be_identified(device_incomplete.deadline(Deadline.IDENTIFY))


@covers("device-identification.config-forms")
def test_config_is_taken_in_both_forms(config_in_each_form: UpdateDeviceEpisode) -> None:
    deadline = config_in_each_form.deadline(Deadline.IDENTIFY)
    with given("it is taken in the usual form"):
        config_in_each_form.activity("usual form").is_identified(deadline)

    config_in_each_form.activity("other form").is_identified(deadline)


@covers("device-identification.unknown-domain")
def test_desired_state_of_an_unknown_domain_ends_badly(unknown_domain: UpdateDeviceEpisode) -> None:
    failures = (FeedbackStatus.IDENTIFICATION_FAILED, FeedbackStatus.INCOMPLETE, FeedbackStatus.INCOMPLETE_INCONSISTENT)

    unknown_domain.activity("of nobody").ends_as(*failures)


@covers("device-identification.mixed-domains")
def test_desired_state_with_an_unknown_domain_beside_is_noted(mixed_domains: UpdateDeviceEpisode) -> None:
    mixed_domains.activity("mixed").completes()


@covers("device-identification.nothing-to-do")
def test_desired_state_that_is_met_completes_without_a_change(device_has_nothing_to_do: UpdateDeviceEpisode) -> None:
    activity = device_has_nothing_to_do.activity("as it is")
    activity.completes()

    activity.changes_nothing()


@covers("device-identification.removal")
def test_component_that_is_desired_no_longer_is_removed(device_removal: UpdateDeviceEpisode) -> None:
    activity = device_removal.activity("without it")
    before = device_removal.inventories.showed(activity.since.place)
    with given("it ends well"):
        activity.completes()

    device_removal.inventories.lacks(
        [*activity.desired.undesired(before)], device_removal.stimulus("after the removal")
    )
