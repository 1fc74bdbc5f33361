"""Reads JSON that may be anything: what a field holds amiss is listed and read as `Odd`, and the rest goes on."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from reprlib import Repr
from typing import TypeVar, cast

from harness.wire.instant import instant_of
from harness.wire.udmi import JSON, Field, Odd, Problem, Value

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

_MOST_PROBLEMS = 50  # of one message: who sends ten thousand wrong fields is told of the first
_DEEPEST = 20  # levels of an odd field that are kept
_WIDEST = 100  # items of each that are kept


class Fields:
    """One JSON object, read field by field."""

    def __init__(self, raw: Mapping[str, JSON], path: tuple[str, ...], problems: list[Problem]) -> None:
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

    def word(self, name: str, words: Iterable[W]) -> Field[W]:
        """One of the enumerated words."""
        return self._read(name, lambda raw: _word(raw, words), words)

    def block(self, name: str) -> "Fields | None":
        """An object; None where it is missing, or is none and has been listed."""
        block = self._read(name, lambda raw: raw if isinstance(raw, dict) else None, "an object")
        return Fields(block, (*self._path, name), self._problems) if isinstance(block, dict) else None

    def blocks(self, name: str) -> "Iterator[Fields | Odd]":
        """The objects of a list; an item that is none has been listed. Nothing where there is no list."""
        items = self._read(name, lambda raw: raw if isinstance(raw, list) else None, "a list")
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield Fields(item, (*self._path, name, str(number)), self._problems)
            else:
                self._list(f"{name}.{number}", item, "an object")
                yield Odd(_shallow(item))

    def unknown(self, *known: str) -> tuple[str, ...]:
        """Where the fields beside these stand."""
        return tuple(".".join((*self._path, name)) for name in self._raw if name not in known)

    def odd(self, name: str) -> Odd | None:
        """The field that should have been an object, if it is there and is none."""
        raw = self._raw.get(name, {})
        return None if isinstance(raw, dict) else Odd(_shallow(raw))

    def names(self) -> Iterator[str]:
        """Every field there is."""
        return iter(self._raw)

    def others(self, *known: str) -> dict[str, JSON]:
        """The fields beside these."""
        return {name: _shallow(raw) for name, raw in self._raw.items() if name not in known}

    def _read(self, name: str, fit: Callable[[JSON], T | None], expected: str | Iterable[str]) -> Field[T]:
        if name not in self._raw:
            return None
        raw = self._raw[name]
        fitting = fit(raw)
        if fitting is None:
            self._list(name, raw, expected)
            return Odd(_shallow(raw))
        return fitting

    def _list(self, name: str, raw: JSON, expected: str | Iterable[str]) -> None:
        """Unless there are plenty already: of a huge message, words are made for the first problems alone."""
        if len(self._problems) < _MOST_PROBLEMS:
            path = ".".join(printable(part) for part in (*self._path, name))
            words = expected if isinstance(expected, str) else f"one of {', '.join(expected)}"
            self._problems.append(Problem(path, brief(raw), words))


def read_object(payload: bytes, problems: list[Problem]) -> Fields:
    """The message's fields: none at all, and a problem, where it is not a JSON object."""
    return Fields(read_raw(payload, problems), (), problems)


def read_raw(payload: bytes, problems: list[Problem]) -> Mapping[str, JSON]:
    """The same as it came, field by field."""
    text = _utf_8(payload, problems)
    raw: JSON = None
    try:
        raw = json.loads(text, parse_int=_integer)
    except RecursionError:
        found = "nested too deeply"
    except ValueError as error:
        found = f"not JSON ({printable(str(error))})"
    else:
        if isinstance(raw, dict):
            return raw
        found = brief(raw)
    problems.append(Problem("", found, "a JSON object"))
    return {}


def brief(raw: object) -> str:
    """A few words for what may be huge, deep, or full of control characters."""
    return printable(_REPR.repr(raw))


def printable(text: str) -> str:
    """Text from a device, safe for a terminal: what does not print is escaped, what is long is cut."""
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in cut)


def _utf_8(payload: bytes, problems: list[Problem]) -> str:
    """JSON is UTF-8, RFC 8259; where a byte is not, the rest of the message still counts."""
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(Problem("", f"not UTF-8 ({error.reason} at byte {error.start})", "UTF-8"))
        return payload.decode("utf-8-sig", "replace")


def _integer(digits: str) -> int | float:
    """Infinity where there are thousands of digits: Python refuses to read them, and no float holds the number."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


def _word(raw: JSON, words: Iterable[W]) -> W | None:
    return next((word for word in words if word == raw), None)


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
    """The same, cut where it goes too deep, or too wide, to be compared and printed."""
    if levels == 0 and isinstance(raw, list | dict):
        return brief(raw)
    if isinstance(raw, list):
        return [_shallow(item, levels - 1) for item in raw[:_WIDEST]]
    if isinstance(raw, dict):
        return {name: _shallow(item, levels - 1) for name, item in islice(raw.items(), _WIDEST)}
    return cast("JSON", raw)


_LONGEST = 200
_REPR = Repr()
_REPR.maxstring = _REPR.maxother = 80
_REPR.maxlevel = 3
