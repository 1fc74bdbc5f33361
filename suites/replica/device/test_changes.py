"""All that is desired is performed and reported. Component-to-device, steps 6 and 7; delta state."""

from harness.protocols.replica.suite import ReplicaDeviceEpisode, covers, given, within
from suites.replica.device.limits import Limits


@covers("change.is-reported")
def test_desired_value_is_performed_and_reported(plain_change: ReplicaDeviceEpisode, limits: Limits) -> None:
    plain_change.wish("change").is_reported(within(limits.in_time))


@covers("change.is-reported")
def test_value_that_is_desired_next_is_performed_and_reported(
    plain_change: ReplicaDeviceEpisode, limits: Limits
) -> None:
    plain_change.wish("back").is_reported(within(limits.in_time))


@covers("change.all-and-nothing-else")
def test_all_fields_of_a_delta_are_performed(many_fields: ReplicaDeviceEpisode, limits: Limits) -> None:
    with given("something was reported"):
        many_fields.since("all").report_comes(within(limits.in_time))

    many_fields.wish("all").is_reported(within(limits.in_time))


@covers("change.all-and-nothing-else")
def test_sibling_in_an_object_keeps_its_value(one_of_two_siblings: ReplicaDeviceEpisode, limits: Limits) -> None:
    wish = one_of_two_siblings.wish("the second")
    with given("the second was performed"):
        wish.is_reported(within(limits.in_time))

    wish.leaves_alone(*one_of_two_siblings.sibling_of(wish))


@covers("change.beside-unknown-fields")
def test_good_value_beside_an_unknown_field_is_performed(unknown_field: ReplicaDeviceEpisode, limits: Limits) -> None:
    unknown_field.wish("beside unknown").is_reported(within(limits.in_time))


@covers("change.impossible-value")
def test_impossible_value_is_never_reported(impossible_value: ReplicaDeviceEpisode, limits: Limits) -> None:
    with given("the device performs what follows"):
        impossible_value.wish("possible").is_reported(within(limits.in_time))

    impossible_value.wish("impossible").is_never_reported()


@covers("change.impossible-value")
def test_impossible_value_is_not_answered_without_end(impossible_value: ReplicaDeviceEpisode, limits: Limits) -> None:
    with given("the device performs what follows"):
        impossible_value.wish("possible").is_reported(within(limits.in_time))

    impossible_value.since("impossible", until="possible").are_at_most(limits.few, watched=limits.refused)


@covers("change.executed-once")
def test_delta_that_comes_twice_is_executed_once(counted_changes: ReplicaDeviceEpisode, limits: Limits) -> None:
    with given("the change was reported"):
        counted_changes.wish("said twice").is_reported(within(limits.in_time))

    counted_changes.since("said twice", until="already so").count_once(counted_changes.counter)


@covers("change.already-so")
def test_delta_of_what_is_so_is_not_executed_again(counted_changes: ReplicaDeviceEpisode, limits: Limits) -> None:
    with given("the device performs what follows"):
        counted_changes.wish("after what is so").is_reported(within(limits.in_time))

    counted_changes.since("already so").count_once(counted_changes.counter)


@covers("change.of-another-device")
def test_delta_of_another_device_is_left_alone(another_devices_delta: ReplicaDeviceEpisode, limits: Limits) -> None:
    wish = another_devices_delta.wish("its own")
    with given("the device performs its own"):
        wish.is_reported(within(limits.in_time))

    wish.is_never_reported(after=another_devices_delta.first_foreign_delta, until=wish.since.place)


@covers("change.malformed")
def test_device_performs_deltas_after_malformed_ones(malformed_deltas: ReplicaDeviceEpisode, limits: Limits) -> None:
    malformed_deltas.wish("after malformed").is_reported(within(limits.in_time))


@covers("change.removal")
def test_device_performs_deltas_after_a_wish_was_removed(removed_wish: ReplicaDeviceEpisode, limits: Limits) -> None:
    removed_wish.wish("after removal").is_reported(within(limits.in_time))


@covers("change.converges")
def test_after_many_wishes_all_that_is_desired_is_reported(many_wishes: ReplicaDeviceEpisode, limits: Limits) -> None:
    with given("the device performs anything"):
        many_wishes.since("wish 1").report_comes(within(limits.settled))

    many_wishes.all_wishes.ends_so(within(limits.settled), since=many_wishes.stimulus("last"))
