"""JSON as the standard has it, of numbers that can be calculated with: what is written down can be read anywhere."""

import json
from math import isfinite
from typing import Any, NoReturn


def loads(text: str) -> Any:  # noqa: ANN401 - what it holds, the reader of it checks
    """The parsed value. Raises ValueError, or RecursionError where it is too deep."""
    return _DECODER.decode(text)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"no JSON: {constant}")


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(f"no number that is written down here is as large as {digits[:20]}")
    return number


def _integer(digits: str) -> int:
    _finite(digits)
    return int(digits)


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite, parse_int=_integer)
