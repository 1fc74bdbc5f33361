"""Writes that rest on the latest state, on an older one, or on none."""

from harness.protocols.udmi.suite import (
    ABSENT,
    APPLIED,
    INVALID,
    Cloud,
    Device,
    NotApplicable,
    Point,
    Value,
    a_point,
    a_second,
    convertible,
    points_beside_written,
    scenario,
)
from suites.udmi.limits import Limits

__all__ = ["changed_units", "stale_write", "write_without_etag"]


@scenario(
    sample_rate=2,
    about="etag.stale-is-invalid",
    takes=6,
    longest_wait=lambda pace: pace.applied(pace.limits.patience) + 3 * pace.limits.patience,
    demands={
        "point": a_point("writable", goods=2),
        "spare": a_second("writable", "beside"),
        "others": points_beside_written("writable", "others", most=2),
    },
)
async def stale_write(cloud: Cloud, point: Point, spare: list[Point], limits: Limits) -> None:
    """Writes that rest on a state which another write has outdated; then one of them again, on the latest.

    At the end a stale write while all points are free, so that nothing but the refusal can change the etag.
    """
    if not cloud.knows_etags:
        raise NotApplicable(_NO_ETAGS)
    outdated = cloud.etag
    fresh, stale = point.to(point.good[0], "fresh"), point.to(point.good[1], "stale")

    await cloud.write(fresh)
    await cloud.until(fresh, APPLIED, at_most=limits.patience)

    beside = [other.to(other.good[0], "beside") for other in spare]
    await cloud.write(stale, *beside, etag=outdated, label="stale config")
    await cloud.until(stale, INVALID, at_most=limits.patience)
    for other in beside:
        await cloud.allow(other, INVALID, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)

    again = point.to(point.good[1], "again")
    await cloud.write(again, *(other.unset("no more beside") for other in spare))
    await cloud.until(again, APPLIED, at_most=limits.patience)

    outdated, released, rejected = cloud.etag, point.unset("released"), point.to(point.good[0], "rejected")
    await cloud.write(released)
    await cloud.until(released, ABSENT, at_most=limits.patience)
    await cloud.write(rejected, etag=outdated)
    await cloud.until(rejected, INVALID, at_most=limits.patience)


@scenario(
    sample_rate=2,
    about="etag.local-change-outdates",
    takes=8,
    longest_wait=lambda pace: pace.applied(pace.limits.patience) + pace.limits.patience,
    demands={"switched": convertible("writable")},
    hangs_on=("change_units",),
)
async def changed_units(cloud: Cloud, device: Device, switched: tuple[Point, str, Value], limits: Limits) -> None:
    """Units change on the device: first the cloud heeds it in what it writes next; then it does not.

    It waits until the device has told of the change: from then on, and no sooner, the etag before is outdated for sure.
    """
    point, units, value = switched
    informed, heedless = point.to(value, "in new units"), point.to(point.good[0], "heedless")

    await cloud.say_again("before")
    await cloud.allow_answer(at_most=limits.patience)
    await device.change_units(point, units, "units changed")
    await cloud.allow_units(point, units, at_most=limits.patience)
    await cloud.say_again("asked for it")
    await cloud.allow_answer(at_most=limits.patience)

    await cloud.write(informed)
    await cloud.until(informed, APPLIED, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)
    released = point.unset("released")
    await cloud.write(released)
    await cloud.until(released, ABSENT, at_most=limits.patience)

    if not cloud.knows_etags:
        device.does_without("heedless", _NO_ETAGS)
        return
    known = cloud.etag
    await device.change_units(point, point.units or "", "units changed again")
    await cloud.allow_units(point, point.units, at_most=limits.patience)
    await cloud.write(heedless, etag=known)
    await cloud.until(heedless, INVALID, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=2,
    about="etag.missing-in-config",
    takes=2,
    longest_wait=lambda pace: 2 * pace.limits.patience,
    demands={"point": a_point("writable")},
)
async def write_without_etag(cloud: Cloud, point: Point, limits: Limits) -> None:
    """A write that rests on no state at all."""
    await cloud.write(point.to(point.good[0], "without"), etag=None)
    await cloud.until_answered(at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)


_NO_ETAGS = "the device sends no etags; that it should is another clause's question"
