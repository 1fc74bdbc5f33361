"""Whether the value that is shown is the one that was asked for."""

from harness.payload.values import Field, IllTyped, Value

_ROUNDING = 1e-9  # of a tolerance: 21.4 is not 0.1 away from 21.3, but a little less or more


def same(shown: Field[Value], value: Value | None, tolerance: float = 0.0) -> bool:
    """Equal, and of one JSON type: to JSON 21 and 21.0 are both numbers, true and 1 are not both booleans.

    `tolerance`: how far one number may be from the other, where the profile has one.
    """
    if isinstance(shown, IllTyped) or isinstance(shown, bool) is not isinstance(value, bool):
        return False
    if tolerance and isinstance(shown, int | float) and isinstance(value, int | float) and not isinstance(value, bool):
        return abs(shown - value) <= tolerance * (1 + _ROUNDING)
    return shown == value
