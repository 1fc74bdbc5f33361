"""The values of the profile against those that are read: a write of what is there already shows nothing."""

import math
from collections.abc import Iterator

from harness.doctor.case import Case
from harness.doctor.check import Check
from harness.doctor.trouble import Trouble, Weight, Whose, valued
from harness.profile import Point
from harness.wire.udmi import Value

_CLOSE = 1e-6


def _find(case: Case) -> Iterator[Trouble]:
    for name, point in case.profile.points.items():
        reading = case.readings.get(name)
        if not isinstance(reading, bool | int | float | str):
            continue
        if any(_type(good) != _type(reading) for good in point.good):
            yield _of_another_type(point, reading)
        elif any(_same(good, reading) for good in point.good):
            yield _there_already(point, reading)


def _sound(case: Case) -> str | None:
    if case.beside is None or not case.readings:
        return None
    return "good values have the type of what is read, and differ from it"


def _of_another_type(point: Point, reading: Value) -> Trouble:
    return Trouble(
        Whose.PROFILE,
        Weight.GRAVE,
        f"{point.name} reads {valued(reading)}, which is {_type(reading)}; not all of the profile's good values are.",
        f"In [points.{point.name}], write good = [{_example(reading)}] with values of that type",
    )


def _there_already(point: Point, reading: Value) -> Trouble:
    rest = [good for good in point.good if not _same(good, reading)]
    mend = f"In [points.{point.name}], write good = [{', '.join(map(valued, rest)) or '…'}]"
    return Trouble(
        Whose.PROFILE,
        Weight.GRAVE,
        f"{point.name} reads {valued(reading)} by itself, which is one of its good values: "
        "a write of it would not be seen to do anything.",
        mend if rest else f"{mend} with a value other than {valued(reading)}",
    )


def _same(good: Value, reading: Value) -> bool:
    if isinstance(good, str) or isinstance(reading, str) or isinstance(good, bool) or isinstance(reading, bool):
        return type(good) is type(reading) and good == reading
    return math.isclose(good, reading, rel_tol=_CLOSE)


def _type(value: Value) -> str:
    if isinstance(value, bool):
        return "a boolean"
    return "a string" if isinstance(value, str) else "a number"


def _example(reading: Value) -> str:
    if isinstance(reading, bool):
        return str(not reading).lower()
    return '"…"' if isinstance(reading, str) else "…"


VALUES = Check("the values", _find, _sound)
