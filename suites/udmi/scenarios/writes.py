"""Writes to one point or to many."""

from harness.protocols.udmi.suite import (
    ABSENT,
    APPLIED,
    INVALID,
    UPDATING,
    Cloud,
    Device,
    DevicePace,
    Point,
    Setting,
    a_point,
    a_second,
    one_beside_the_late,
    one_of_each,
    one_that_may_be_late,
    points_beside_written,
    scenario,
)
from suites.udmi.limits import Limits
from suites.udmi.scenarios.pending import pending_point

__all__ = [
    "abandoned_write",
    "many_points",
    "odd_fields",
    "plain_write",
    "refused_values",
    "superseded_write",
    "write_before_telemetry",
]


@scenario(
    sample_rate=2,
    takes=10,
    longest_wait=lambda pace: pace.applied(pace.limits.patience) + 2 * pace.limits.patience,
    demands={"point": a_point("writable", goods=2), "others": points_beside_written("writable", "others")},
)
async def plain_write(cloud: Cloud, device: Device, point: Point, limits: Limits) -> None:
    """A good value for a point that takes it at once; the same config delivered again; another value; release."""
    first, second = point.to(point.good[0], "first"), point.to(point.good[1], "second")

    await cloud.until_sampled(at_most=limits.patience)
    await cloud.write(first, label="write")
    await cloud.until(first, APPLIED, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)

    await cloud.redeliver("redelivered")
    await cloud.until_telemetry(at_most=limits.patience)

    await cloud.write(second)
    await cloud.until(second, APPLIED, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)

    released = point.unset("released")
    await cloud.write(released)
    await cloud.until(released, ABSENT, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)
    await device.allow_acknowledgements(at_most=limits.acknowledgement_patience)


# What happens on the device during the one scenario that watches a minute, by the kind of point that it happens to.
_PROVOKED = {
    "overridden": {"let go": "release", "taken again": "override"},
    "faulty": {"mended": "mend", "broken again": "break"},
    "stuck": {"loosened": "mend"},
}


def _all_is_seen(pace: DevicePace[Limits]) -> float:
    """The one config of `many_points` is in force until everything has happened, and each point has told of it."""
    limits = pace.limits
    provoked = sum(len(labels) for labels in _PROVOKED.values()) * pace.provokes_within
    watched = max(limits.patience + 2 + 2 * limits.in_time + 2.5, limits.minute + 1.5)
    longer = max(0.0, pace.fails_in - limits.failure_at)
    told = pace.applied(limits.patience) + limits.patience + limits.acknowledgement_patience
    return provoked + watched + longer + told


@scenario(
    sample_rate=10,
    takes=70,
    longest_wait=_all_is_seen,
    demands={
        "settings": one_of_each(
            "writable",
            "read_only",
            "overridden",
            "faulty",
            "stuck",
            beside={kind: list(provoked) for kind, provoked in _PROVOKED.items()},
        ),
        "spare": a_second("writable", "beyond"),
    },
    provokes={label: name for provoked in _PROVOKED.values() for label, name in provoked.items()},
)
async def many_points(
    cloud: Cloud, device: Device, settings: list[Setting], spare: list[Point], limits: Limits
) -> None:
    """One config that writes to a point of every kind, watched until the one that never settles has failed.

    It is written right after a telemetry, so that the next is a whole sample away. It is watched for a minute, or for
    longer where the device's maker says that it tries for longer. No other config is sent meanwhile, as it would
    deliver the writes again; but points are released, taken, mended and broken on the device itself, one
    after the other, and each has time to tell. A value out of range and a point that nobody knows are bad neighbours,
    and no more: what becomes of them is not asked here.
    """
    points = {setting.label: setting.point for setting in settings}
    beyond = [point.to(point.out_of_range, "beyond") for point in spare if point.out_of_range is not None]

    await cloud.until_sampled(at_most=limits.patience)
    await cloud.write(*settings, *beyond, Setting("no_such_point", 1, "unknown"), label="write")
    await cloud.listen(limits.patience)

    if "overridden" in points:
        await device.release(points["overridden"], "let go")
    await cloud.listen(2)
    if "faulty" in points:
        await device.mend(points["faulty"], "mended")
    await cloud.listen(limits.in_time)

    if "overridden" in points:
        await device.override(points["overridden"], "taken again")
    await cloud.listen(2)
    if "faulty" in points:
        await device.break_(points["faulty"], "broken again")
    left = limits.minute + 1.5 - (limits.patience + 2 + limits.in_time + 2)
    await cloud.listen(max(limits.in_time + 0.5, left) + device.tries_longer_than(limits.failure_at))

    if "stuck" in points:
        stuck = next(setting for setting in settings if setting.label == "stuck")
        await device.mend(points["stuck"], "loosened")
        await cloud.allow(stuck, APPLIED, at_most=limits.patience)
        await cloud.allow_recovery(stuck, at_most=limits.patience)
    await device.allow_acknowledgements(at_most=limits.acknowledgement_patience)


@scenario(
    sample_rate=2,
    takes=6,
    longest_wait=lambda pace: pace.late_applied(pace.limits.long_patience) + 2 * pace.limits.patience,
    demands={"candidates": one_that_may_be_late()},
)
async def write_before_telemetry(cloud: Cloud, device: Device, candidates: list[Point], limits: Limits) -> None:
    """A write that does not settle at once, a second before the next telemetry is due."""
    point = await pending_point(cloud, device, candidates, limits)
    write = point.to(point.good[0], "late")

    await cloud.until_sampled(at_most=limits.patience)
    await cloud.listen(1)
    await cloud.write(write)
    await cloud.until(write, APPLIED, at_most=limits.long_patience)
    await cloud.allow_calm(at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=1,
    takes=9,
    longest_wait=lambda pace: pace.late_applied(pace.limits.long_patience) + pace.limits.patience,
    demands={"candidates": one_that_may_be_late(goods=2)},
)
async def superseded_write(cloud: Cloud, device: Device, candidates: list[Point], limits: Limits) -> None:
    """A second value while the device still works on the first, watched until the second has settled.

    The second comes nearly a second more than a sample after the first, or as much more as a message may be on its way:
    a device that does both late shows the first for as long as that.
    """
    point = await pending_point(cloud, device, candidates, limits, goods=2)
    old, new = point.to(point.good[1], "old"), point.to(point.good[0], "new")

    pause = await cloud.until_sampled_again(at_most=limits.patience)
    await cloud.write(old)
    await cloud.listen(min(pause + max(0.9, cloud.allowance + 0.1), 3.5))
    await cloud.until(old, UPDATING, at_most=limits.patience)

    await cloud.write(new)
    await cloud.until(new, APPLIED, at_most=limits.long_patience)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=2,
    takes=11,
    longest_wait=lambda pace: max(
        pace.applied(pace.limits.patience), 2 * pace.limits.patience + pace.limits.minute + pace.limits.on_its_way
    ),
    demands={"candidates": one_that_may_be_late(), "kept": one_beside_the_late("writable", "kept")},
)
async def abandoned_write(cloud: Cloud, device: Device, candidates: list[Point], limits: Limits) -> None:
    """A config that no longer has one of the two writes before it, while the device still works on that one.

    It is watched for as long as that point takes, a minute at most, as the write that is kept must not expire
    meanwhile: a device that finishes the other all the same shows it by then.
    """
    slow = await pending_point(cloud, device, candidates, limits)
    pending = slow.to(slow.good[-1], "pending")

    for other in device.another("writable", slow, "kept"):
        kept = other.to(other.good[0], "kept")
        await cloud.write(kept)
        await cloud.until(kept, APPLIED, at_most=limits.patience)
    await cloud.write(pending)
    await cloud.until(pending, UPDATING, at_most=limits.patience)

    dropped = slow.unset("dropped")
    await cloud.write(dropped, label="without it")
    await cloud.until(dropped, ABSENT, at_most=limits.patience)
    await cloud.listen(min(device.takes(slow), limits.minute) + limits.on_its_way)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=2,
    takes=4,
    longest_wait=lambda pace: 2 + 2 * pace.limits.patience,
    demands={"point": a_point("writable"), "spare": a_second("writable", "easing")},
)
async def odd_fields(cloud: Cloud, point: Point, spare: list[Point], limits: Limits) -> None:
    """A value in a field that no specification knows; and beside it a stop_time, which no document explains."""
    easing = [other.easing(other.good[0], "easing", stops_in=1.5) for other in spare]

    await cloud.until_sampled(at_most=limits.patience)
    await cloud.write(point.misspelt(point.good[0], "misspelt"), *easing)
    await cloud.listen(2)
    await cloud.until_answered(at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=2,
    takes=6,
    longest_wait=lambda pace: pace.applied(pace.limits.patience) + pace.limits.patience,
    demands={"point": a_point("writable", lines={"out of range": "out_of_range", "wrong type": "wrong_type"})},
)
async def refused_values(cloud: Cloud, point: Point, limits: Limits) -> None:
    """Values that the point cannot take, between values that it can."""
    good = point.to(point.good[0], "good")
    await cloud.write(good)
    await cloud.until(good, APPLIED, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)

    if point.out_of_range is not None:
        beyond = point.to(point.out_of_range, "out of range")
        await cloud.write(beyond, label="write beyond")
        await cloud.until(beyond, INVALID, at_most=limits.patience)
        await cloud.say_again("still beyond")
        await cloud.allow_answer(at_most=limits.patience)
        await cloud.until_telemetry(at_most=limits.patience)

    if point.wrong_type is not None:
        mistyped = point.to(point.wrong_type, "wrong type")
        await cloud.write(mistyped)
        await cloud.until(mistyped, INVALID, at_most=limits.patience)

    again = point.to(point.good[0], "good again")
    await cloud.write(again)
    await cloud.until(again, APPLIED, at_most=limits.patience)
    await cloud.allow_recovery(again, at_most=limits.patience)
