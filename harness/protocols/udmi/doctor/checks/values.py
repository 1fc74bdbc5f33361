"""The values of the profile against those that are read: a write of what is there already shows nothing."""

import math
from collections.abc import Iterator

from harness.doctor.check import Check
from harness.doctor.problem import Party, Problem, Severity, valued
from harness.payload.single_precision import in_single, looks_single
from harness.payload.values import Value
from harness.protocols.udmi.doctor.case import Case
from harness.protocols.udmi.profile import Point
from harness.protocols.udmi.profile_values import advice

_CLOSE = 1e-6


def _find(case: Case) -> Iterator[Problem]:
    readings = case.readings
    has_single = any(looks_single(reading) for reading in readings.values())
    for name, point in case.profile.points.items():
        reading = readings.get(name)
        if not isinstance(reading, bool | int | float | str):
            continue
        if any(_type(good) != _type(reading) for good in point.good):
            yield _of_another_type(point, reading)
        elif any(_same(good, reading, point) for good in point.good):
            yield _there_already(point, reading)
        elif has_single and (lost := _lost(point)):
            yield _of_single_precision(point, lost)


def _sound(case: Case) -> str | None:
    if case.beside is None or not case.readings:
        return None
    return "good values have the type of what is read, and differ from it"


def _lost(point: Point) -> float | None:
    """The first good value that comes back as another one, of a device that shows single precision anywhere."""
    numbers = [good for good in point.good if isinstance(good, int | float) and not isinstance(good, bool)]
    return next((good for good in numbers if abs(in_single(good) - good) > point.tolerance), None)


def _of_single_precision(point: Point, good: float) -> Problem:
    return Problem(
        Party.PROFILE,
        Severity.GRAVE,
        f"the device shows numbers in single precision, in which {valued(good)} comes back as "
        f"{valued(in_single(good))}: a write of it to {point.name} would not be seen.",
        _capital(advice(point.name, good)),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _of_another_type(point: Point, reading: Value) -> Problem:
    return Problem(
        Party.PROFILE,
        Severity.GRAVE,
        f"{point.name} reads {valued(reading)}, which is {_type(reading)}; not all of the profile's good values are.",
        f"In [points.{point.name}], write good = [{_example(reading)}] with values of that type",
    )


def _there_already(point: Point, reading: Value) -> Problem:
    rest = [good for good in point.good if not _same(good, reading, point)]
    mend = f"In [points.{point.name}], write good = [{', '.join(map(valued, rest)) or '…'}]"
    return Problem(
        Party.PROFILE,
        Severity.GRAVE,
        f"{point.name} reads {valued(reading)} by itself, which is one of its good values: "
        "a write of it would not be seen to do anything.",
        mend if rest else f"{mend} with a value other than {valued(reading)}",
    )


def _same(good: Value, reading: Value, point: Point) -> bool:
    if isinstance(good, str) or isinstance(reading, str) or isinstance(good, bool) or isinstance(reading, bool):
        return type(good) is type(reading) and good == reading
    return math.isclose(good, reading, rel_tol=_CLOSE, abs_tol=point.tolerance)


def _type(value: Value) -> str:
    if isinstance(value, bool):
        return "a boolean"
    return "a string" if isinstance(value, str) else "a number"


def _example(reading: Value) -> str:
    if isinstance(reading, bool):
        return str(not reading).lower()
    return '"…"' if isinstance(reading, str) else "…"


VALUES = Check("the values", _find, _sound)
