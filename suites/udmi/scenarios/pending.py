"""A point whose write can be met under way: known to take more than 5 s, or seen to."""

from harness.protocols.udmi.suite import ABSENT, APPLIED, Cloud, Device, Point
from suites.udmi.limits import Limits


async def pending_point(
    cloud: Cloud, device: Device, candidates: list[Point], limits: Limits, *, goods: int = 1
) -> Point:
    """One with so many good values. Raises NotApplicable where every point is done at once.

    Where the profile names none, and this run has not yet seen how long writes take, candidates are tried.
    """
    for point in candidates:
        tried, released = point.to(point.good[0], "tried"), point.unset("tried and released")
        await cloud.write(tried)
        await cloud.allow(tried, APPLIED, at_most=limits.patience)
        await cloud.write(released)
        await cloud.until(released, ABSENT, at_most=limits.patience)
    return device.late(goods=goods)
