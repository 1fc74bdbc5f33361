"""A message that comes late is left alone, and one that has the same version is not. Message ordering."""

from harness.protocols.replica.suite import ReplicaDeviceEpisode, covers, given, within
from suites.replica.device.limits import Limits


@covers("version.late-delta")
def test_late_delta_is_left_alone(swapped_deltas: ReplicaDeviceEpisode, limits: Limits) -> None:
    late = swapped_deltas.late_delta(after="swapped")
    with given("the newer wish was performed"):
        swapped_deltas.wish("newer").ends_so(within(limits.in_time))

    swapped_deltas.wish("older").is_never_reported(after=late)


@covers("version.equal-delta")
def test_delta_of_the_accepted_version_is_performed(
    accepted_before_delta: ReplicaDeviceEpisode, limits: Limits
) -> None:
    accepted_before_delta.accepted_came_first(after="accepted first")

    accepted_before_delta.wish("accepted first, then told").is_reported(within(limits.in_time))


@covers("version.late-get")
def test_answer_to_get_that_is_older_than_a_delta_is_left_alone(late_get: ReplicaDeviceEpisode, limits: Limits) -> None:
    late = late_get.late_answer_to_get(after="dropped")
    with given("the newer wish was performed"):
        late_get.wish("newer").ends_so(within(limits.in_time))

    late_get.wish("taken back").is_never_reported(after=late)
