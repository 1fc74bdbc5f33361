"""Writes to one point or to many."""

from harness.suite import ABSENT, APPLIED, INVALID, UPDATING, Cloud, Device, Setting, scenario
from suites.udmi.scenarios.waits import MINUTE, PATIENCE

__all__ = [
    "abandoned_write",
    "many_points",
    "odd_fields",
    "plain_write",
    "refused_values",
    "superseded_write",
    "write_before_telemetry",
]


# What happens on the device during the one scenario that watches a minute, by the kind of point that it happens to.
_PROVOKED = {
    "overridden": ("let go", "taken again"),
    "faulty": ("mended", "broken again"),
    "stuck": ("loosened",),
}


@scenario(sample_rate=2)
async def plain_write(cloud: Cloud, device: Device) -> None:
    """A good value for a point that takes it at once; the same config delivered again; another value; release."""
    point = device.point("writable", goods=2)
    first, second = point.to(point.good[0], "first"), point.to(point.good[1], "second")

    await cloud.until_sampled(at_most=PATIENCE)
    await cloud.write(first, label="write")
    await cloud.until(first, APPLIED, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    await cloud.redeliver("redelivered")
    await cloud.until_telemetry(at_most=PATIENCE)

    await cloud.write(second)
    await cloud.until(second, APPLIED, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    released = point.unset("released")
    await cloud.write(released)
    await cloud.until(released, ABSENT, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=10)
async def many_points(cloud: Cloud, device: Device) -> None:
    """One config that writes to a point of every kind, watched until the one that never settles has failed.

    It is written right after a telemetry, so that the next is a whole sample away. It is watched for a minute, or for
    longer where the device's maker says that it tries for longer. No other config is sent meanwhile, as it would
    deliver the writes again; but points are released, taken, mended and broken on the device itself, one
    after the other, and each has time to tell. A value out of range and a point that nobody knows are bad neighbours,
    and no more: what becomes of them is not asked here.
    """
    settings = device.one_of_each("writable", "read_only", "overridden", "faulty", "stuck")
    points = {setting.label: setting.point for setting in settings}
    for kind, labels in _PROVOKED.items():
        if kind not in points:
            device.lacks(kind, *labels)
    beyond = [p.to(p.out_of_range, "beyond") for p in device.spare("writable", "beyond") if p.out_of_range is not None]

    await cloud.until_sampled(at_most=PATIENCE)
    await cloud.write(*settings, *beyond, Setting("no_such_point", 1, "unknown"), label="write")
    await cloud.listen(22)

    if "overridden" in points:
        await device.release(points["overridden"], "let go")
    await cloud.listen(2)
    if "faulty" in points:
        await device.mend(points["faulty"], "mended")
    await cloud.listen(20)

    if "overridden" in points:
        await device.override(points["overridden"], "taken again")
    await cloud.listen(2)
    if "faulty" in points:
        await device.break_(points["faulty"], "broken again")
    await cloud.listen(20.5 + device.tries_longer_than(60))

    if "stuck" in points:
        stuck = next(setting for setting in settings if setting.label == "stuck")
        await device.mend(points["stuck"], "loosened")
        await cloud.allow(stuck, APPLIED, at_most=PATIENCE)
        await cloud.allow_recovery(stuck, at_most=PATIENCE)


@scenario(sample_rate=2)
async def write_before_telemetry(cloud: Cloud, device: Device) -> None:
    """A write that does not settle at once, a second before the next telemetry is due."""
    point = device.point("slow")
    write = point.to(point.good[0], "late")

    await cloud.until_sampled(at_most=PATIENCE)
    await cloud.listen(1)
    await cloud.write(write)
    await cloud.until(write, APPLIED, at_most=MINUTE)
    await cloud.allow_calm(at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2)
async def superseded_write(cloud: Cloud, device: Device) -> None:
    """A second value while the device still works on the first, watched until the second has settled."""
    point = device.point("slow", goods=2)
    old, new = point.to(point.good[1], "old"), point.to(point.good[0], "new")

    await cloud.write(old)
    await cloud.until(old, UPDATING, at_most=PATIENCE)

    await cloud.write(new)
    await cloud.until(new, APPLIED, at_most=MINUTE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2)
async def abandoned_write(cloud: Cloud, device: Device) -> None:
    """A config that no longer has one of the two writes before it, while the device still works on that one."""
    quick, slow = device.point("writable"), device.point("slow")
    kept, pending = quick.to(quick.good[0], "kept"), slow.to(slow.good[-1], "pending")

    await cloud.write(kept)
    await cloud.until(kept, APPLIED, at_most=PATIENCE)
    await cloud.write(pending)
    await cloud.until(pending, UPDATING, at_most=PATIENCE)

    dropped = slow.unset("dropped")
    await cloud.write(dropped, label="without it")
    await cloud.until(dropped, ABSENT, at_most=PATIENCE)
    await cloud.listen(2)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2)
async def odd_fields(cloud: Cloud, device: Device) -> None:
    """A value in a field that no specification knows; and beside it a stop_time, which no document explains."""
    point = device.point("writable")
    easing = [other.easing(other.good[0], "easing", stops_in=1.5) for other in device.spare("writable", "easing")]

    await cloud.until_sampled(at_most=PATIENCE)
    await cloud.write(point.misspelt(point.good[0], "misspelt"), *easing)
    await cloud.listen(2)
    await cloud.until_answered(at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2)
async def refused_values(cloud: Cloud, device: Device) -> None:
    """Values that the point cannot take, between values that it can."""
    point = device.point("writable")

    good = point.to(point.good[0], "good")
    await cloud.write(good)
    await cloud.until(good, APPLIED, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    if point.out_of_range is None:
        device.lacks_line(point, "out_of_range", "out of range")
    else:
        beyond = point.to(point.out_of_range, "out of range")
        await cloud.write(beyond, label="write beyond")
        await cloud.until(beyond, INVALID, at_most=PATIENCE)
        await cloud.say_again("still beyond")
        await cloud.allow_answer(at_most=PATIENCE)
        await cloud.until_telemetry(at_most=PATIENCE)

    if point.wrong_type is None:
        device.lacks_line(point, "wrong_type", "wrong type")
    else:
        mistyped = point.to(point.wrong_type, "wrong type")
        await cloud.write(mistyped)
        await cloud.until(mistyped, INVALID, at_most=PATIENCE)

    again = point.to(point.good[0], "good again")
    await cloud.write(again)
    await cloud.until(again, APPLIED, at_most=PATIENCE)
    await cloud.allow_recovery(again, at_most=PATIENCE)
