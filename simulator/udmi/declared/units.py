"""Converts between the few units that the simulated points are given in."""

import math
from collections.abc import Mapping
from typing import TypeAlias

from harness.payload.values import Value

_Family: TypeAlias = Mapping[str | None, tuple[float, float]]

# Family by family: how many of the unit make one of the first, and where its zero lies on that scale.
_FAMILIES: tuple[_Family, ...] = (
    {"Degrees-Celsius": (1.0, 0.0), "Degrees-Fahrenheit": (1.8, 32.0)},
    {"Pascals": (1.0, 0.0), "Kilopascals": (0.001, 0.0)},
)

UNITS = tuple(units for family in _FAMILIES for units in family if units)


def others(units: str | None) -> tuple[str, ...]:
    """The units that values in these can be converted to."""
    return tuple(other for other in _family(units) if other and other != units)


def converted(value: Value, units: str | None, to: str | None) -> Value:
    """The same quantity in other units, to six decimals.

    A value that has no common scale, or that would be too large for a number, stays as it is.
    """
    if units == to or units is None or isinstance(value, bool | str):
        return value
    scales = _family(units)
    if to not in scales:
        return value
    (factor, zero), (to_factor, to_zero) = scales[units], scales[to]
    there = (value - zero) / factor * to_factor + to_zero
    return round(there, 6) if math.isfinite(there) else value


def _family(units: str | None) -> _Family:
    return next((family for family in _FAMILIES if units in family), {})
