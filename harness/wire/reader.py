"""Reads JSON that may be anything: what a field holds amiss is listed and read as `Odd`, and the rest goes on."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from reprlib import Repr
from typing import TypeVar, cast

from harness.wire.instant import instant_of
from harness.wire.udmi import JSON, Field, Odd, Problem, Value

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

_MOST_PROBLEMS = 50  # of one message: who sends ten thousand wrong fields is told of the first
_DEEPEST = 20  # levels of an odd field that are kept


class Fields:
    """One JSON object, read field by field."""

    def __init__(self, raw: Mapping[str, JSON], path: str, problems: list[Problem]) -> None:
        self._raw, self._path, self._problems = raw, path, problems

    def text(self, name: str) -> Field[str]:
        """A string."""
        return self._read(name, lambda raw: raw if isinstance(raw, str) else None, "a string")

    def flag(self, name: str) -> Field[bool]:
        """True or false."""
        return self._read(name, lambda raw: raw if isinstance(raw, bool) else None, "true or false")

    def whole(self, name: str) -> Field[int]:
        """An integer; 5.0 is one, as JSON does not tell them apart."""
        return self._read(name, _whole, "an integer")

    def number(self, name: str) -> Field[float]:
        """A finite number."""
        return self._read(name, _number, "a number")

    def value(self, name: str) -> Field[Value]:
        """What a point may hold."""
        return self._read(name, _value, "a string, a boolean or a number")

    def instant(self, name: str) -> Field[float]:
        """An RFC 3339 time, as Unix seconds."""
        return self._read(name, lambda raw: instant_of(raw) if isinstance(raw, str) else None, "an RFC 3339 time")

    def word(self, name: str, words: type[W]) -> Field[W]:
        """One of the enumerated words."""
        known = {str(word): word for word in words}
        return self._read(
            name, lambda raw: known.get(raw) if isinstance(raw, str) else None, f"one of {', '.join(known)}"
        )

    def block(self, name: str) -> "Fields | None":
        """An object; None where it is missing, or is none and has been listed."""
        block = self._read(name, lambda raw: raw if isinstance(raw, dict) else None, "an object")
        return Fields(block, self._below(name), self._problems) if isinstance(block, dict) else None

    def odd(self, name: str) -> Odd | None:
        """The field that should have been an object, if it is there and is none."""
        raw = self._raw.get(name, {})
        return None if isinstance(raw, dict) else Odd(_shallow(raw))

    def names(self) -> Iterator[str]:
        """Every field there is."""
        return iter(self._raw)

    def others(self, *known: str) -> dict[str, JSON]:
        """The fields beside these."""
        return {name: raw for name, raw in self._raw.items() if name not in known}

    def _read(self, name: str, fit: Callable[[JSON], T | None], expected: str) -> Field[T]:
        if name not in self._raw:
            return None
        raw = self._raw[name]
        fitting = fit(raw)
        if fitting is None:
            note(self._problems, Problem(self._below(name), brief(raw), expected))
            return Odd(_shallow(raw))
        return fitting

    def _below(self, name: str) -> str:
        return f"{self._path}.{printable(name)}" if self._path else printable(name)


def read_object(payload: bytes, problems: list[Problem]) -> Fields:
    """The message's fields: none at all, and a problem, where it is not a JSON object."""
    raw: JSON
    try:
        raw = json.loads(payload)
    except RecursionError:
        raw, problem = None, Problem("", "nested too deeply", "a JSON object")
    except ValueError as error:
        raw, problem = None, Problem("", f"not JSON ({printable(str(error))})", "a JSON object")
    else:
        problem = Problem("", brief(raw), "a JSON object")
    if isinstance(raw, dict):
        return Fields(raw, "", problems)
    note(problems, problem)
    return Fields({}, "", problems)


def note(problems: list[Problem], problem: Problem) -> None:
    """List it, unless there are plenty already."""
    if len(problems) < _MOST_PROBLEMS:
        problems.append(problem)


def brief(raw: object) -> str:
    """A few words for what may be huge, deep, or full of control characters."""
    return printable(_REPR.repr(raw))


def printable(text: str) -> str:
    """Text from a device, safe for a terminal: what does not print is escaped, what is long is cut."""
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in cut)


def _whole(raw: JSON) -> int | None:
    number = _number(raw)
    return int(number) if number is not None and number == int(number) else None


def _number(raw: JSON) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    try:
        return raw if math.isfinite(raw) else None
    except OverflowError:  # an integer that no float holds
        return None


def _value(raw: JSON) -> Value | None:
    return raw if isinstance(raw, bool | str) else _number(raw)


def _shallow(raw: JSON, levels: int = _DEEPEST) -> JSON:
    """The same, cut where it goes too deep to be compared and printed."""
    if levels == 0 and isinstance(raw, list | dict):
        return brief(raw)
    if isinstance(raw, list):
        return [_shallow(item, levels - 1) for item in raw]
    if isinstance(raw, dict):
        return {name: _shallow(item, levels - 1) for name, item in raw.items()}
    return cast("JSON", raw)


_LONGEST = 200
_REPR = Repr()
_REPR.maxstring = _REPR.maxother = 80
_REPR.maxlevel = 3
