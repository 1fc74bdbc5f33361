"""Whether the values of a point can be told apart, and written at all."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from harness.payload.single_precision import survivor, tolerance_for
from harness.payload.values import Value
from harness.protocols.udmi.profile import Point
from harness.text import brief


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in a profile, and the key of the point under which it stands."""

    key: str
    words: str


def slip_of(point: Point) -> Slip | None:
    """The first that is found; None where nothing is amiss."""
    for key, value in _values(point):
        if not is_sayable(value):
            return Slip(key, f"it has {brief(value)}, which JSON cannot carry")
    if not point.tolerance:
        return None
    numbers = sorted({float(v) for v in point.values if isinstance(v, int | float) and not isinstance(v, bool)})
    close = next((pair for pair in combinations(numbers, 2) if abs(pair[1] - pair[0]) <= 2 * point.tolerance), None)
    if close is None:
        return None
    words = (
        f"{close[0]:g} and {close[1]:g} could not be told apart; expected less than {abs(close[1] - close[0]) / 2:g}"
    )
    return Slip("tolerance", words)


def is_sayable(value: Value | None) -> bool:
    """Whether it can be written down as a number that every reader takes; texts and switches always can."""
    try:
        return not isinstance(value, int | float) or math.isfinite(value)
    except OverflowError:  # an integer that no float holds
        return False


def advice(point: str, number: float) -> str:
    """The lines of a profile for a device that keeps the number in single precision."""
    return (
        f"in [points.{point}], write tolerance = {tolerance_for(number):g}, "
        f"or good values that survive single precision, such as {survivor(number):g}"
    )


def _values(point: Point) -> Iterator[tuple[str, Value | None]]:
    lists: Mapping[str, tuple[Value, ...]] = {
        "good": point.good,
        "moves": point.moves,
        "elsewhere": tuple(point.elsewhere.values()),
    }
    for key, values in lists.items():
        yield from ((key, value) for value in values)
    for key in ("out_of_range", "wrong_type", "settles_within", "tolerance"):
        yield key, getattr(point, key)
