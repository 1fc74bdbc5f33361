"""The steps of the source document's flows. Component-to-device and device-to-component."""

from harness.protocols.replica.suite import Object, ServiceEpisode, covers, given, within
from suites.replica.service.limits import Limits

OFF: Object = {"light": "off"}
ON: Object = {"light": "on"}


@covers("recording.reported-state")
def test_initial_state_of_a_device_is_recorded(component_to_device: ServiceEpisode) -> None:
    component_to_device.document("c2d 2").has_all_that_the_device_reported()


@covers("recording.reported-state")
def test_changed_state_of_a_device_is_recorded(device_to_component: ServiceEpisode) -> None:
    device_to_component.document("d2c 4").has_all_that_the_device_reported()


@covers("recording.desired-state")
def test_desired_state_is_recorded(component_to_device: ServiceEpisode) -> None:
    component_to_device.document("c2d 9").still_has("desired", component_to_device.request("c2d 4"))


@covers("recording.all-three-are-read-back")
def test_difference_is_read_back_beside_both_states(component_to_device: ServiceEpisode) -> None:
    shown = component_to_device.document("c2d 4, read back")
    with given("both states are shown"):
        shown.still_has("desired", component_to_device.request("c2d 4"))
        shown.has_all_that_the_device_reported()

    shown.has_at_least("delta", component_to_device.request("c2d 4").section("desired"))
    shown.shows_its_own_difference()


@covers("delta.follows-a-desired-change")
def test_desired_state_reaches_the_device_as_a_delta(component_to_device: ServiceEpisode, limits: Limits) -> None:
    with given("the device had reported another state"):
        component_to_device.document("c2d 2").has_all_that_the_device_reported()

    component_to_device.delta("c2d 4", on="device").comes(within(limits.delta))


@covers("delta.ends-with-the-difference")
def test_report_that_removes_the_difference_is_followed_by_no_delta(
    component_to_device: ServiceEpisode, limits: Limits
) -> None:
    with given("there was a delta before"):
        component_to_device.delta("c2d 4").comes(within(limits.delta))

    wanted = component_to_device.request("c2d 4").section("desired")
    component_to_device.delta("c2d 7").never_brings_back(wanted, limits.quiet)


@covers("delta.ends-with-the-difference")
def test_no_difference_is_shown_once_it_is_removed(component_to_device: ServiceEpisode) -> None:
    with given("both states are recorded"):
        component_to_device.document("c2d 9").has_all_that_the_device_reported()
        component_to_device.document("c2d 9").still_has("desired", component_to_device.request("c2d 4"))

    component_to_device.document("c2d 9").shows_its_own_difference()


@covers("answer.report-is-accepted")
def test_report_that_follows_a_change_is_accepted(component_to_device: ServiceEpisode, limits: Limits) -> None:
    component_to_device.request("c2d 7").is_accepted(within(limits.answer))


@covers("answer.every-update-is-accepted")
def test_update_of_a_component_is_accepted(component_to_device: ServiceEpisode, limits: Limits) -> None:
    component_to_device.request("c2d 4").is_accepted(within(limits.answer))


@covers("answer.every-update-is-accepted")
def test_initial_state_is_accepted(component_to_device: ServiceEpisode, limits: Limits) -> None:
    component_to_device.request("c2d 1").is_accepted(within(limits.answer))


@covers("answer.get-is-answered")
def test_get_is_answered(component_to_device: ServiceEpisode, limits: Limits) -> None:
    component_to_device.request("c2d 9").is_accepted(within(limits.answer))


@covers("answer.get-is-answered")
def test_get_shows_the_state_of_the_present(component_to_device: ServiceEpisode) -> None:
    with given("another state was shown before"):
        component_to_device.document("c2d 2").has_all_that_the_device_reported()

    component_to_device.document("c2d 9").has_all_that_the_device_reported()


@covers("delta.tells-components")
def test_component_learns_of_a_change_of_the_device(device_to_component: ServiceEpisode, limits: Limits) -> None:
    changed = device_to_component.request("d2c 3").section("reported")

    device_to_component.learns("d2c 3", changed, within(limits.delta), on="other")
