"""Configs that say how often telemetry is to come, and points that change meanwhile."""

from harness.suite import APPLIED, Cloud, Device, Listed, Reporting, SystemConfig, scenario
from suites.udmi.scenarios.waits import PATIENCE

__all__ = ["moved_point", "open_rates", "sampled_rates", "told_writes"]

LIMIT = 3  # seconds that telemetry is to keep apart while a point moves
_DEFAULT = 305  # seconds: the rate that holds where none is given, and what a sample may be late and on its way
_DELIVERED = 2  # seconds in which what is delivered twice at QoS 1 comes the second time
_TOLD_IN = 6.5  # seconds for which a change that is to be told of is waited for


@scenario(sample_rate=4)
async def sampled_rates(cloud: Cloud, device: Device) -> None:
    """A rate with a limit, a faster rate, and one below zero."""
    del device
    await cloud.ask(Reporting(4, limit=2), "every 4 s")
    await cloud.allow_answer(at_most=PATIENCE)
    for _ in range(3):
        await cloud.until_sampled(at_most=PATIENCE)

    await cloud.ask(Reporting(2), "every 2 s")
    await cloud.allow_answer(at_most=PATIENCE)
    for _ in range(3):
        await cloud.until_sampled(at_most=PATIENCE)

    await cloud.ask(Reporting(-1), "never")
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.listen(6)


@scenario(sample_rate=10)
async def moved_point(cloud: Cloud, device: Device) -> None:
    """A point that moves by much, and twice more before the limit is over; and then by little."""
    point = device.movable()
    low, middle, high, *_ = point.moves
    steps = sorted((abs(middle - low), abs(high - low), abs(high - middle)))
    await device.move(point, low, "at first")

    await cloud.ask(Reporting(10, limit=LIMIT, increments={point.name: steps[0] / 2}), "told of all")
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)
    await cloud.listen(LIMIT)
    await device.move(point, middle, "moved")
    await cloud.allow_shown(point, middle, at_most=_TOLD_IN)
    await device.move(point, low, "moved back")
    await cloud.listen(0.1)
    await device.move(point, high, "moved again")
    await cloud.allow_shown(point, high, at_most=PATIENCE)
    await cloud.until_sampled(at_most=PATIENCE)

    await cloud.ask(Reporting(6, limit=1, increments={point.name: steps[-1] * 2}), "told of leaps")
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)
    await cloud.listen(1)
    await device.move(point, low, "moved by little")
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=10)
async def told_writes(cloud: Cloud, device: Device) -> None:
    """Writes to a point whose changes are to be told of: one that changes it, and one of what it shows already."""
    point = device.number("writable", goods=2)
    first, second = point.to(point.good[0], "first"), point.to(point.good[1], "second")
    again = point.to(point.good[1], "again")

    await cloud.ask(Reporting(10, limit=1, increments={point.name: point.span / 2}), "told of all")
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.write(first)
    await cloud.until(first, APPLIED, at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)
    await cloud.listen(1)

    await cloud.write(second)
    await cloud.until(second, APPLIED, at_most=PATIENCE)
    await cloud.allow_shown(point, point.good[1], at_most=_TOLD_IN)

    await cloud.until_telemetry(at_most=PATIENCE)
    await cloud.listen(1)
    await cloud.write(again)
    await cloud.allow_answer(at_most=PATIENCE)
    await cloud.until_telemetry(at_most=PATIENCE)


@scenario(sample_rate=2, minutes=11)
async def open_rates(cloud: Cloud, device: Device) -> None:
    """No rate at all, a rate of zero, and no pointset: each time up to the second telemetry."""
    del device
    await cloud.ask(SystemConfig(metrics_rate_sec=0), "no metrics")
    for reporting, label in (
        (Reporting(None), "no rate"),
        (Reporting(0), "rate of zero"),
        (Reporting(None, points=Listed.NOTHING), "no pointset"),
    ):
        await cloud.ask(reporting, label)
        await cloud.allow_answer(at_most=PATIENCE)
        if await cloud.allow_telemetry(at_most=_DEFAULT):
            await cloud.listen(_DELIVERED)
            await cloud.allow_sampled(at_most=_DEFAULT)
