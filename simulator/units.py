"""Converts between the few units that the simulated points are given in."""

from harness.wire.udmi import Value

# How many of the unit make one of its family's first, and where its zero lies on that scale.
_SCALES = {
    "Degrees-Celsius": (1.0, 0.0),
    "Degrees-Fahrenheit": (1.8, 32.0),
    "Pascals": (1.0, 0.0),
    "Kilopascals": (0.001, 0.0),
}


def has_scale(units: str | None) -> bool:
    """Whether values in these units can be converted."""
    return units in _SCALES


def converted(value: Value, units: str | None, to: str | None) -> Value:
    """The same quantity in other units, to six decimals; what has no scale stays as it is."""
    if isinstance(value, bool | str) or units == to or units not in _SCALES or to not in _SCALES:
        return value
    (factor, zero), (to_factor, to_zero) = _SCALES[units], _SCALES[to]
    return round((value - zero) / factor * to_factor + to_zero, 6)
