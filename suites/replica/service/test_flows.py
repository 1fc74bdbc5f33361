"""The steps of the source document's flows. Component-to-device and device-to-component."""

from harness.protocols.replica.suite import Object, ServiceEpisode, covers, given, within
from suites.replica.service.limits import Limits

OFF: Object = {"light": "off"}


@covers("answer.report-is-accepted")
def test_report_that_follows_a_change_is_accepted(component_to_device: ServiceEpisode, limits: Limits) -> None:
    component_to_device.request("c2d 7").is_accepted(within(limits.answer))


@covers("recording.reported-state")
def test_initial_state_of_a_device_is_recorded(component_to_device: ServiceEpisode) -> None:
    component_to_device.document("c2d 2").has_at_least("reported", OFF)


@covers("delta.follows-a-desired-change")
def test_desired_state_reaches_the_device_as_a_delta(component_to_device: ServiceEpisode, limits: Limits) -> None:
    with given("the device had reported another state"):
        component_to_device.document("c2d 2").has_at_least("reported", OFF)

    component_to_device.delta("c2d 4", on="device").comes(within(limits.delta))
