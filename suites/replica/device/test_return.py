"""A device that was away takes up what changed. How a device knows what changed; Device Advisor."""

from harness.protocols.replica.suite import ReplicaDeviceEpisode, covers, within
from suites.replica.device.limits import Limits


@covers("return.takes-up-what-changed")
def test_device_that_is_back_takes_up_what_was_desired(away: ReplicaDeviceEpisode, limits: Limits) -> None:
    away.wish("third").is_reported(within(limits.initial), since=away.connection.reconnection("away").end)


@covers("return.by-get-alone")
def test_what_only_get_tells_of_is_taken_up(away_and_told_by_get: ReplicaDeviceEpisode, limits: Limits) -> None:
    back = away_and_told_by_get.connection.reconnection("away").end

    away_and_told_by_get.wish("third").is_reported(within(limits.initial), since=back)


@covers("return.by-delta-alone")
def test_what_only_a_delta_tells_of_is_taken_up(away_and_told_by_delta: ReplicaDeviceEpisode, limits: Limits) -> None:
    told = away_and_told_by_delta.stimulus("queued 3")

    away_and_told_by_delta.since("queued 1").one_of(
        away_and_told_by_delta.wish("third").leaves, within(limits.in_time), since=told
    )


@covers("return.ends-at-the-last")
def test_after_several_deltas_the_device_ends_at_the_last(
    away_and_told_by_delta: ReplicaDeviceEpisode, limits: Limits
) -> None:
    wish, told = away_and_told_by_delta.wish("third"), away_and_told_by_delta.stimulus("queued 3")
    away_and_told_by_delta.since("queued 1").heeds_deltas_alone(wish.leaves)

    wish.ends_so(within(limits.in_time), since=told, from_place=away_and_told_by_delta.stimulus("queued 1").place)


@covers("return.ends-at-the-last")
def test_after_several_wishes_the_device_ends_at_the_last(away: ReplicaDeviceEpisode, limits: Limits) -> None:
    away.wish("third").ends_so(within(limits.initial), since=away.connection.reconnection("away").end)


@covers("return.backs-off")
def test_gaps_between_tries_grow(away: ReplicaDeviceEpisode, limits: Limits) -> None:
    away.connection.reconnection("away").gaps_grow(connected_for=limits.connected_for)


@covers("return.subscribes-again")
def test_device_that_is_back_subscribes_again(away: ReplicaDeviceEpisode, limits: Limits) -> None:
    away.connection.asks_again(away.connection.reconnection("away").end, at_most=limits.in_time)
