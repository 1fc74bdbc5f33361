"""Writes with a time to live: spent, missing, nonsensical, replaced, or taken back before it is up."""

from collections.abc import Sequence
from dataclasses import replace

from harness.suite import ABSENT, APPLIED, INVALID, UPDATING, AfterTimestamp, Cloud, Device, In, Setting, scenario
from suites.udmi.scenarios.waits import PATIENCE

__all__ = ["bad_expiries", "expiring_writes", "past_expiry", "released_before_expiry", "replaced_expiry"]


_LATE = 5  # seconds that a device may take to notice that a time is up
_PLENTY = 10  # seconds of life in which whatever is under way has said so, if it ever does
_IN_GOOD_TIME = 0.25  # seconds before an expiry in which it is too late for anything else


@scenario(sample_rate=2, about="expiry.ends-the-write")
async def expiring_writes(cloud: Cloud, device: Device) -> None:
    """Writes whose common time of an hour is cut down to a moment: two that are applied, one that is on its way."""
    point, spare = device.point("writable"), device.spare("writable", "second")
    first, second = point.to(point.good[0], "first"), [other.to(other.good[0], "second") for other in spare]
    pending = device.one_of_each("stuck")

    for life in _lives(cloud, 2):
        await cloud.write(first, *second, *pending, label="for an hour")
        for applied in (first, *second):
            await cloud.until(applied, APPLIED, at_most=PATIENCE)
        for stuck in pending:
            await cloud.allow(stuck, UPDATING, at_most=PATIENCE)
        await cloud.write(first, *second, *pending, expiry=In(life), label="for a moment")
        told = [await cloud.allow_until(_in_good_time(cloud, cloud.expiry), setting, UPDATING) for setting in pending]
        if await cloud.allow_until(_in_good_time(cloud, cloud.expiry), first, APPLIED) and (
            all(told) or life > _PLENTY
        ):
            break
        await _free(cloud, first, *second, *pending)

    await cloud.until(first, ABSENT, at_most=PATIENCE)
    for other in (*second, *pending):
        await cloud.allow(other, ABSENT, at_most=_LATE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2, about="expiry.ends-the-write")
async def bad_expiries(cloud: Cloud, device: Device) -> None:
    """No expiry; one at the config's own timestamp; one before it. In between the point is free."""
    point = device.point("writable")

    for label, expiry in (("missing", None), ("equal", AfterTimestamp(0)), ("before", AfterTimestamp(-10))):
        write, released = point.to(point.good[0], label), point.unset(f"{label} no more")
        await cloud.write(write, expiry=expiry)
        await cloud.allow(write, INVALID, at_most=PATIENCE)
        await cloud.write(released)
        await cloud.until(released, ABSENT, at_most=PATIENCE)


@scenario(sample_rate=2, about="expiry.ends-the-write")
async def past_expiry(cloud: Cloud, device: Device) -> None:
    """A config that was sound when it was made out, and reaches the device when its time is already up."""
    point, spare = device.point("writable", goods=2), device.spare("writable", "beside")
    standing, late = point.to(point.good[0], "standing"), point.to(point.good[1], "late")

    await cloud.write(standing)
    await cloud.until(standing, APPLIED, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)

    beside = [other.to(other.good[0], "beside") for other in spare]
    await cloud.write(late, *beside, expiry=In(-30), label="late config")
    await cloud.allow_answer(at_most=PATIENCE)  # "changes nothing" may mean that it does not even answer
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2, about="expiry.ends-the-write")
async def replaced_expiry(cloud: Cloud, device: Device) -> None:
    """The same write again with a longer time to live, watched until the shorter one is over for any device."""
    point = device.point("writable")
    brief, lasting = point.to(point.good[0], "brief"), point.to(point.good[0], "lasting")

    for life in _lives(cloud, 2.5):
        await cloud.write(brief, expiry=In(life))
        expiry = cloud.expiry
        if await cloud.allow_until(_in_good_time(cloud, cloud.expiry), brief, APPLIED):
            await cloud.write(lasting)
            if await cloud.allow_until(_in_good_time(cloud, expiry), lasting, APPLIED):
                break
        await _free(cloud, brief)

    await cloud.listen_past(expiry, _LATE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2, about="expiry.ends-the-write")
async def released_before_expiry(cloud: Cloud, device: Device) -> None:
    """A write that is taken back before its time is up, and another one, watched until that time is over."""
    point = device.point("writable", goods=2)
    write, released = point.to(point.good[0], "write"), point.unset("released")
    later = point.to(point.good[1], "later")

    for life in _lives(cloud, 3.5):
        await cloud.write(write, expiry=In(life))
        expiry = cloud.expiry
        if await cloud.allow_until(_in_good_time(cloud, expiry), write, APPLIED):
            await cloud.write(released)
            await cloud.until(released, ABSENT, at_most=PATIENCE)
            await cloud.write(later)
            if await cloud.allow_until(_in_good_time(cloud, expiry), later, APPLIED):
                break
        await _free(cloud, write)

    await cloud.listen_past(expiry, _LATE)
    await cloud.until_telemetry(at_most=PATIENCE)


def _in_good_time(cloud: Cloud, expiry: float) -> float:
    """When it is too late for anything before the expiry, by our clock."""
    return expiry - cloud.heard.clock_ahead - _IN_GOOD_TIME


def _lives(cloud: Cloud, shortest: float) -> Sequence[float]:
    """Seconds that a write is given to live, by the device's clock: first so few, and more if it needs more."""
    ahead = cloud.heard.clock_ahead
    return (shortest + 3 * cloud.allowance + ahead, 12 + ahead, 45 + ahead)


async def _free(cloud: Cloud, *settings: Setting) -> None:
    """Back to the base, to begin anew: what is written last under a label is what counts."""
    await cloud.write(*(replace(setting, value=None, label=f"{setting.label} was too slow") for setting in settings))
    await cloud.until(replace(settings[0], value=None), ABSENT, at_most=PATIENCE)
