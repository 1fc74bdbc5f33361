"""Configs that say how often telemetry is to come, and points that change meanwhile."""

from harness.protocols.udmi.suite import (
    APPLIED,
    Cloud,
    Device,
    Listed,
    Point,
    SamplingRequest,
    SystemConfig,
    a_number,
    movable,
    scenario,
    some_points,
)
from suites.udmi.limits import Limits

__all__ = ["moved_point", "open_rates", "sampled_rates", "told_writes"]

LIMIT = 3  # seconds that telemetry is to keep apart while a point moves


@scenario(sample_rate=4, takes=28, demands={"points": some_points()})
async def sampled_rates(cloud: Cloud, limits: Limits) -> None:
    """A rate with a limit, a faster rate, and one below zero."""
    await cloud.ask(SamplingRequest(4, limit=2), "every 4 s")
    await cloud.allow_answer(at_most=limits.patience)
    for _ in range(3):
        await cloud.until_sampled(at_most=limits.patience)

    await cloud.ask(SamplingRequest(2), "every 2 s")
    await cloud.allow_answer(at_most=limits.patience)
    for _ in range(3):
        await cloud.until_sampled(at_most=limits.patience)

    await cloud.ask(SamplingRequest(-1), "never")
    await cloud.allow_answer(at_most=limits.patience)
    if await cloud.allow_sampled(at_most=limits.unasked):
        await cloud.listen(6)
        await cloud.allow_sampled(at_most=limits.unasked)


@scenario(sample_rate=10, takes=32, demands={"point": movable()}, hangs_on=("move",))
async def moved_point(cloud: Cloud, device: Device, point: Point, limits: Limits) -> None:
    """A point that moves by much, and twice more before the limit is over; and then by little."""
    low, middle, high, *_ = point.moves
    steps = sorted((abs(middle - low), abs(high - low), abs(high - middle)))
    await device.move(point, low, "at first")

    await cloud.ask(SamplingRequest(10, limit=LIMIT, increments={point.name: steps[0] / 2}), "told of all")
    await cloud.allow_answer(at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)
    await cloud.listen(LIMIT)
    await device.move(point, middle, "moved")
    await cloud.allow_shown(point, middle, at_most=limits.change_told)
    await device.move(point, low, "moved back")
    await cloud.listen(0.1)
    await device.move(point, high, "moved again")
    await cloud.allow_shown(point, high, at_most=limits.patience)
    await cloud.until_sampled(at_most=limits.patience)

    await cloud.ask(SamplingRequest(6, limit=1, increments={point.name: steps[-1] * 2}), "told of leaps")
    await cloud.allow_answer(at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)
    await cloud.listen(1)
    await device.move(point, low, "moved by little")
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(
    sample_rate=10,
    takes=26,
    longest_wait=lambda pace: pace.applied(pace.limits.patience) + pace.limits.change_told + pace.limits.patience + 1,
    demands={"point": a_number("writable", goods=2)},
)
async def told_writes(cloud: Cloud, point: Point, limits: Limits) -> None:
    """Writes to a point whose changes are to be told of: one that changes it, and one of what it shows already."""
    first, second = point.to(point.good[0], "first"), point.to(point.good[1], "second")
    again = point.to(point.good[1], "again")

    await cloud.ask(SamplingRequest(10, limit=1, increments={point.name: point.span / 2}), "told of all")
    await cloud.allow_answer(at_most=limits.patience)
    await cloud.write(first)
    await cloud.until(first, APPLIED, at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)
    await cloud.listen(1)

    await cloud.write(second)
    await cloud.until(second, APPLIED, at_most=limits.patience)
    await cloud.allow_shown(point, point.good[1], at_most=limits.change_told)

    await cloud.until_telemetry(at_most=limits.patience)
    await cloud.listen(1)
    await cloud.write(again)
    await cloud.allow_answer(at_most=limits.patience)
    await cloud.until_telemetry(at_most=limits.patience)


@scenario(sample_rate=2, minutes=11, takes=922, demands={"points": some_points()})
async def open_rates(cloud: Cloud, limits: Limits) -> None:
    """No rate at all, a rate of zero, and no pointset: each time up to the second telemetry."""
    await cloud.ask(SystemConfig(metrics_rate_sec=0), "no metrics")
    for reporting, label in (
        (SamplingRequest(None), "no rate"),
        (SamplingRequest(0), "rate of zero"),
        (SamplingRequest(None, points=Listed.NOTHING), "no pointset"),
    ):
        await cloud.ask(reporting, label)
        await cloud.allow_answer(at_most=limits.patience)
        if await cloud.allow_telemetry(at_most=limits.sample_patience):
            await cloud.listen(limits.delivered_twice)
            await cloud.allow_sampled(at_most=limits.sample_patience)
