"""Writes with a time to live: spent, missing, nonsensical, replaced, or taken back before it is up."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.protocols.udmi.suite import (
    ABSENT,
    APPLIED,
    INVALID,
    UPDATING,
    AfterTimestamp,
    Cloud,
    Device,
    DevicePace,
    In,
    Point,
    Setting,
    a_point,
    a_second,
    one_of_each,
    scenario,
)
from suites.udmi.limits import Limits

__all__ = [
    "bad_expiries",
    "expiring_writes",
    "past_expiry",
    "released_before_expiry",
    "replaced_expiry",
    "rewritten_before_expiry",
]


def _longest_life(pace: DevicePace[Limits], shortest: float) -> float:
    """Seconds that a short write lives, by our clock."""
    lives = _lives(pace.allowance, pace.settles_in, shortest, pace.limits)
    return max(lives) + pace.ahead


def _past_the_first(shortest: float) -> Callable[[DevicePace[Limits]], float]:
    """A second write is watched until the first is over for any device, and telemetry has told of it."""
    return lambda pace: (
        _longest_life(pace, shortest) + pace.limits.expires_in + pace.allowance + pace.behind + pace.limits.patience
    )


@scenario(
    sample_rate=2,
    about="expiry.ends-the-write",
    takes=4,
    longest_wait=lambda pace: 2 * pace.applied(pace.limits.patience) + pace.limits.patience,
    demands={"point": a_point("writable"), "spare": a_second("writable", "second"), "pending": one_of_each("stuck")},
)
async def expiring_writes(
    cloud: Cloud, point: Point, spare: list[Point], pending: list[Setting], limits: Limits
) -> None:
    """Writes whose common time is cut down to a moment: two that are applied, one that is on its way."""
    first, second = point.to(point.good[0], "first"), [other.to(other.good[0], "second") for other in spare]

    for life in _lives_of(cloud, point, 2, limits):
        await cloud.write(first, *second, *pending, label="for long")
        for applied in (first, *second):
            await cloud.until(applied, APPLIED, at_most=limits.patience)
        for stuck in pending:
            await cloud.allow(stuck, UPDATING, at_most=limits.patience)
        await cloud.write(first, *second, *pending, expiry=In(life), label="for a moment")
        told = [
            await cloud.allow_until(_in_good_time(cloud, cloud.expiry, limits), setting, UPDATING)
            for setting in pending
        ]
        if await cloud.allow_until(_in_good_time(cloud, cloud.expiry, limits), first, APPLIED) and (
            all(told) or life > limits.plenty
        ):
            break
        await _free(cloud, limits, first, *second, *pending)

    await cloud.until(first, ABSENT, at_most=limits.patience)
    for other in (*second, *pending):
        await cloud.allow(other, ABSENT, at_most=limits.expires_in)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(sample_rate=2, about="expiry.ends-the-write", takes=7, demands={"point": a_point("writable")})
async def bad_expiries(cloud: Cloud, point: Point, limits: Limits) -> None:
    """No expiry; one at the config's own timestamp; one before it. In between the point is free."""
    for label, expiry in (("missing", None), ("equal", AfterTimestamp(0)), ("before", AfterTimestamp(-10))):
        write, released = point.to(point.good[0], label), point.unset(f"{label} no more")
        await cloud.write(write, expiry=expiry)
        await cloud.allow(write, INVALID, at_most=limits.patience)
        await cloud.write(released)
        await cloud.until(released, ABSENT, at_most=limits.patience)


@scenario(
    sample_rate=2,
    about="expiry.ends-the-write",
    takes=4,
    longest_wait=lambda pace: pace.applied(pace.limits.patience) + 3 * pace.limits.patience,
    demands={"point": a_point("writable", goods=2), "spare": a_second("writable", "beside")},
)
async def past_expiry(cloud: Cloud, point: Point, spare: list[Point], limits: Limits) -> None:
    """A config that was sound when it was made out, and reaches the device when its time is already up."""
    standing, late = point.to(point.good[0], "standing"), point.to(point.good[1], "late")

    await cloud.write(standing)
    await cloud.until(standing, APPLIED, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)

    beside = [other.to(other.good[0], "beside") for other in spare]
    await cloud.write(late, *beside, expiry=In(-30), label="late config")
    await cloud.allow_answer(at_most=limits.patience)  # "changes nothing" may mean that it does not even answer
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=2,
    about="expiry.ends-the-write",
    takes=8,
    longest_wait=_past_the_first(2.5),
    demands={"point": a_point("writable")},
)
async def replaced_expiry(cloud: Cloud, point: Point, limits: Limits) -> None:
    """The same write again with a longer time to live, watched until the shorter one is over for any device."""
    brief, lasting = point.to(point.good[0], "brief"), point.to(point.good[0], "lasting")

    for life in _lives_of(cloud, point, 2.5, limits):
        await cloud.write(brief, expiry=In(life))
        expiry = cloud.expiry
        if await cloud.allow_until(_in_good_time(cloud, cloud.expiry, limits), brief, APPLIED):
            await cloud.write(lasting)
            if await cloud.allow_until(_in_good_time(cloud, expiry, limits), lasting, APPLIED):
                break
        await _free(cloud, limits, brief)

    await cloud.listen_past(expiry, limits.expires_in)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=2,
    about="expiry.ends-the-write",
    takes=10,
    longest_wait=_past_the_first(3.5),
    demands={"point": a_point("writable", goods=2)},
)
async def released_before_expiry(cloud: Cloud, point: Point, limits: Limits) -> None:
    """A write that is taken back before its time is up, and another one, watched until that time is over."""
    write, released = point.to(point.good[0], "write"), point.unset("released")
    later = point.to(point.good[1], "later")

    for life in _lives_of(cloud, point, 3.5, limits):
        await cloud.write(write, expiry=In(life))
        expiry = cloud.expiry
        if await cloud.allow_until(_in_good_time(cloud, expiry, limits), write, APPLIED):
            await cloud.write(released)
            await cloud.until(released, ABSENT, at_most=limits.patience)
            await cloud.write(later)
            if await cloud.allow_until(_in_good_time(cloud, expiry, limits), later, APPLIED):
                break
        await _free(cloud, limits, write)

    await cloud.listen_past(expiry, limits.expires_in)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=2,
    about="expiry.ends-the-write",
    takes=12,
    longest_wait=_past_the_first(6),
    demands={"point": a_point("writable", goods=2), "pending": one_of_each("stuck", beside={"stuck": ["anew"]})},
)
async def rewritten_before_expiry(
    cloud: Cloud, device: Device, point: Point, pending: list[Setting], limits: Limits
) -> None:
    """Other values, with a longer time to live, in place of two writes: one that is applied, one that is on its way.

    Watched until the shorter time is over for any device.
    """
    brief, lasting = point.to(point.good[0], "brief"), point.to(point.good[1], "lasting")
    anew = [replace(setting, value=device.point("stuck").good[-1], label="anew") for setting in pending]

    for life in _lives_of(cloud, point, 6, limits):
        await cloud.write(brief, *pending, expiry=In(life))
        expiry = cloud.expiry
        told = [await cloud.allow_until(_in_good_time(cloud, expiry, limits), setting, UPDATING) for setting in pending]
        if await cloud.allow_until(_in_good_time(cloud, expiry, limits), brief, APPLIED) and (
            all(told) or life > limits.plenty
        ):
            await cloud.write(lasting, *anew)
            told = [
                await cloud.allow_until(_in_good_time(cloud, expiry, limits), setting, UPDATING) for setting in anew
            ]
            if await cloud.allow_until(_in_good_time(cloud, expiry, limits), lasting, APPLIED) and (
                all(told) or life > limits.plenty
            ):
                break
        await _free(cloud, limits, brief, *pending)

    await cloud.listen_past(expiry, limits.expires_in)
    await cloud.until_telemetry(at_most=limits.patience)


def _in_good_time(cloud: Cloud, expiry: float, limits: Limits) -> float:
    """When it is too late for anything before the expiry, by our clock."""
    return expiry - cloud.heard.clock_ahead - limits.in_good_time


def _lives_of(cloud: Cloud, point: Point, shortest: float, limits: Limits) -> Sequence[float]:
    """Seconds that a write is given to live, by the device's clock: first so few, and more if the point needs more."""
    ahead = cloud.heard.clock_ahead
    return tuple(life + ahead for life in _lives(cloud.allowance, point.settles_in, shortest, limits))


def _lives(allowance: float, settles_in: float, shortest: float, limits: Limits) -> Sequence[float]:
    return (shortest + 3 * allowance, 12, 2 * settles_in + limits.expires_in)


async def _free(cloud: Cloud, limits: Limits, *settings: Setting) -> None:
    """Back to the base, to begin anew: what is written last under a label is what counts."""
    await cloud.write(*(replace(setting, value=None, label=f"{setting.label} was too slow") for setting in settings))
    await cloud.until(replace(settings[0], value=None), ABSENT, at_most=limits.patience)
