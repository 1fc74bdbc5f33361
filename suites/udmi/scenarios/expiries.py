"""Writes with a time to live: spent, missing, nonsensical, replaced, or taken back before it is up."""

from harness.suite import ABSENT, APPLIED, INVALID, AfterTimestamp, Cloud, Device, In, scenario
from suites.udmi.scenarios.waits import PATIENCE

__all__ = ["bad_expiries", "expiring_writes", "past_expiry", "released_before_expiry", "replaced_expiry"]


@scenario(sample_rate=2)
async def expiring_writes(cloud: Cloud, device: Device) -> None:
    """A write, a second one, and one that is still on its way when their common time is up."""
    point, spare = device.point("writable"), device.spare("writable", "second")
    first, second = point.to(point.good[0], "first"), [other.to(other.good[0], "second") for other in spare]
    pending = device.one_of_each("stuck")

    await cloud.write(first, *second, *pending, expiry=In(5.5))
    await cloud.until(first, APPLIED, at_most=5)
    await cloud.until(first, ABSENT, at_most=PATIENCE)
    for other in (*second, *pending):
        await cloud.allow(other, ABSENT, at_most=5)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2)
async def bad_expiries(cloud: Cloud, device: Device) -> None:
    """No expiry; one at the config's own timestamp; one before it. In between the point is free."""
    point = device.point("writable")

    for label, expiry in (("missing", None), ("equal", AfterTimestamp(0)), ("before", AfterTimestamp(-10))):
        write, released = point.to(point.good[0], label), point.unset(f"{label} no more")
        await cloud.write(write, expiry=expiry)
        await cloud.allow(write, INVALID, at_most=PATIENCE)
        await cloud.write(released)
        await cloud.until(released, ABSENT, at_most=PATIENCE)


@scenario(sample_rate=2)
async def past_expiry(cloud: Cloud, device: Device) -> None:
    """A config that was sound when it was made out, and reaches the device when its time is already up."""
    point, spare = device.point("writable", goods=2), device.spare("writable", "beside")
    standing, late = point.to(point.good[0], "standing"), point.to(point.good[1], "late")

    await cloud.write(standing)
    await cloud.until(standing, APPLIED, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    beside = [other.to(other.good[0], "beside") for other in spare]
    await cloud.write(late, *beside, expiry=In(-30), label="late config")
    await cloud.until_answered(at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2)
async def replaced_expiry(cloud: Cloud, device: Device) -> None:
    """The same write again with a longer time to live, watched beyond the shorter one."""
    point = device.point("writable")
    brief, lasting = point.to(point.good[0], "brief"), point.to(point.good[0], "lasting")

    await cloud.write(brief, expiry=In(5.5))
    await cloud.until(brief, APPLIED, at_most=5)

    await cloud.write(lasting)
    await cloud.until(lasting, APPLIED, at_most=PATIENCE)
    await cloud.listen(5)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2)
async def released_before_expiry(cloud: Cloud, device: Device) -> None:
    """A write that is taken back before its time is up, and another one after it, watched beyond that time."""
    point = device.point("writable", goods=2)
    write, released = point.to(point.good[0], "write"), point.unset("released")
    later = point.to(point.good[1], "later")

    await cloud.write(write, expiry=In(5.5))
    await cloud.until(write, APPLIED, at_most=5)

    await cloud.write(released)
    await cloud.until(released, ABSENT, at_most=PATIENCE)

    await cloud.write(later)
    await cloud.until(later, APPLIED, at_most=PATIENCE)
    await cloud.listen(3)
    await cloud.until_telemetry(at_most=PATIENCE)
