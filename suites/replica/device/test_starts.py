"""A device starts: it subscribes, gets, and reports. Component-to-device, steps 1 to 3; device initialization."""

from harness.protocols.replica.suite import ReplicaDeviceEpisode, covers, within
from suites.replica.device.limits import Limits


@covers("start.reports-its-state")
def test_device_that_starts_publishes_its_state(start: ReplicaDeviceEpisode, limits: Limits) -> None:
    start.since("restart").update_comes(within(limits.initial))


@covers("start.reports-every-property")
def test_device_that_starts_reports_every_property(start: ReplicaDeviceEpisode) -> None:
    start.since("restart").tell_all([*start.history.profile.properties.values()])


@covers("start.state-is-reported")
def test_first_state_is_an_object_in_the_section_reported(start: ReplicaDeviceEpisode) -> None:
    start.since("restart").first_update_is_an_object()


@covers("start.subscribes-to-deltas")
def test_device_subscribes_to_its_deltas(start: ReplicaDeviceEpisode) -> None:
    start.subscribes_to_deltas()


@covers("start.subscribes-first")
def test_device_subscribes_before_it_publishes(start: ReplicaDeviceEpisode) -> None:
    start.subscribes_first(start.stimulus("restart"))


@covers("start.will")
def test_device_has_a_will_or_none(start: ReplicaDeviceEpisode) -> None:
    start.observes_its_will()
