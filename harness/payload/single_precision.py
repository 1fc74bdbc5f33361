"""Numbers in single precision (IEEE 754): a device that has four bytes for each keeps seven digits of a fraction."""

import math
import struct


def in_single(number: float) -> float:
    """The number in single precision; infinity where it is too large."""
    try:
        back: float = struct.unpack("<f", struct.pack("<f", number))[0]
    except OverflowError:
        return math.inf if number > 0 else -math.inf
    return back


def is_single(shown: object, number: object) -> bool:
    """Whether the number that is shown is the other one as single precision has it, and not itself."""
    if isinstance(shown, bool) or isinstance(number, bool):
        return False
    if not isinstance(shown, int | float) or not isinstance(number, int | float):
        return False
    return shown != number and shown == in_single(number)


def looks_single(shown: object) -> bool:
    """Whether a number is surely of single precision: it is one, with digits behind the seventh that mean nothing."""
    if not isinstance(shown, float) or shown != in_single(shown):
        return False
    return is_single(shown, float(f"{shown:.7g}"))


def tolerance_for(number: float) -> float:
    """The next power of ten that takes in what single precision makes of it; 0 where it survives."""
    away = abs(in_single(number) - number)
    return 10.0 ** math.ceil(math.log10(away)) if 0 < away < math.inf else 0.0


def survivor(number: float) -> float:
    """A number close by that single precision keeps: a multiple of a quarter."""
    return round(number * 4) / 4
