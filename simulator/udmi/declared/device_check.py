"""Whether what a device file declares of its points is true of them: a slip there would accuse the device of it."""

from collections.abc import Iterator

from harness.protocols.udmi import profile
from simulator.udmi.declared.points import Condition, ReadOnly, SimulatedPoint
from simulator.udmi.declared.units import others
from simulator.udmi.write_progress import unacceptable


def slips(point: SimulatedPoint, declared: profile.Point) -> Iterator[str]:
    """Every declaration that the point does not live up to, in words."""
    condition = Condition(units=point.units)
    if declared.out_of_range is not None and unacceptable(point, condition, declared.out_of_range) is None:
        yield f"out_of_range is {declared.out_of_range!r}, which the point takes"
    if declared.wrong_type is not None and unacceptable(point, condition, declared.wrong_type) is None:
        yield f"wrong_type is {declared.wrong_type!r}, which the point takes"
    if point.base in declared.good:
        yield f"good has {point.base!r}, which the point shows by itself"
    if isinstance(point.behaviour, ReadOnly):
        return
    for value in declared.good:
        problem = unacceptable(point, condition, value)
        if problem:
            yield f"good has {value!r}, but the point {problem}"
    for units, value in declared.elsewhere.items():
        if units not in others(point.units):
            yield f"elsewhere has {units!r}, which nothing here converts to {point.units!r}"
        elif problem := unacceptable(point, Condition(units=units), value):
            yield f"elsewhere has {value!r} in {units}, but the point {problem}"
