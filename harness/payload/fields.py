"""Reads JSON that may be anything: what a field holds amiss is listed and read as `IllTyped`, and the rest goes on.

A field that holds `null` is missing, as many serializers write what is missing so. Whether it may be, its schema says.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import EnumType, StrEnum
from functools import cache
from itertools import islice
from typing import TypeVar, cast

import msgspec

from harness.payload.json_text import NoNumber, parse
from harness.payload.timestamps import parsed_timestamp
from harness.payload.values import JSON, Field, IllTyped, PayloadProblem, Value
from harness.text import brief, printable

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)

_MOST_PROBLEMS = 50  # of one message: who sends ten thousand wrong fields is told of the first
_DEEPEST = 20  # levels of an odd field that are kept
_WIDEST = 100  # items of each that are kept


class Fields:
    """One JSON object, read field by field."""

    __slots__ = ("_above", "_name", "_problems", "_raw")

    def __init__(
        self, raw: Mapping[str, JSON], problems: list[PayloadProblem], above: "Fields | None" = None, name: str = ""
    ) -> None:
        self._raw, self._problems, self._above, self._name = raw, problems, above, name

    def text(self, name: str) -> Field[str]:
        """A string."""
        raw = self._raw.get(name)
        return raw if raw is None or isinstance(raw, str) else self._amiss(name, raw, "a string")

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
        """A single value: text, a number or a flag."""
        return self._read(name, _value, "a string, a boolean or a number")

    def timestamp(self, name: str) -> Field[float]:
        """An RFC 3339 time, as Unix seconds."""
        return self._read(name, lambda raw: parsed_timestamp(raw) if isinstance(raw, str) else None, "an RFC 3339 time")

    def word(self, name: str, words: Iterable[W]) -> Field[W]:
        """One of the enumerated words."""
        return self._read(name, lambda raw: _word(raw, words), words)

    def block(self, name: str) -> "Fields | None":
        """An object; None where it is missing, or is none and has been listed."""
        raw = self._raw.get(name)
        block = None if raw is None else self._object(name, raw)
        return block if isinstance(block, Fields) else None

    def each(self) -> "Iterator[tuple[str, Fields | IllTyped]]":
        """Every field that holds something, as an object; what is none has been listed."""
        return ((name, self._object(name, raw)) for name, raw in self._raw.items() if raw is not None)

    def each_or_its_text(self, name: str) -> "Iterator[tuple[str, Fields | IllTyped | str]]":
        """As `each`, but the short string alone where an object has that field and no other."""
        for block, raw in self._raw.items():
            text = raw.get(name) if isinstance(raw, dict) and len(raw) == 1 else None
            if isinstance(text, str) and len(text) <= _SHORT:
                yield block, text
            elif raw is not None:
                yield block, self._object(block, raw)

    def each_value(self, name: str) -> Iterator[tuple[str, Field[Value]]]:
        """The single value of that name in every object in here: a message may have thousands, most of them sound."""
        for block, raw in self._raw.items():
            value = raw.get(name) if isinstance(raw, dict) else None
            if isinstance(value, str) or (type(value) is float and math.isfinite(value)):
                yield block, value
            elif raw is not None:
                read = self._object(block, raw)
                yield block, read if isinstance(read, IllTyped) else read.value(name)

    def blocks(self, name: str) -> "Iterator[Fields | IllTyped]":
        """The objects of a list; an item that is none has been listed. Nothing where there is no list."""
        items = self._read(name, lambda raw: raw if isinstance(raw, list) else None, "a list")
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield Fields(item, self._problems, self, f"{name}.{number}")
            else:
                self._list(f"{name}.{number}", item, "an object")
                yield IllTyped(_shallow(item))

    def unknown(self, *known: str) -> tuple[str, ...]:
        """The path of the object that has these fields."""
        return tuple(".".join((*self.path, name)) for name in self.names() if name not in known)

    def ill_typed(self, name: str) -> IllTyped | None:
        """The field that should have been an object, if it is there and is none."""
        raw = self._raw.get(name)
        return None if raw is None or isinstance(raw, dict) else IllTyped(_shallow(raw))

    def texts(self, name: str) -> tuple[str, ...]:
        """The strings of a list; an item that is none has been listed. Nothing where there is no list."""
        items = self._read(name, lambda raw: raw if isinstance(raw, list) else None, "a list")
        texts: list[str] = []
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, str):
                texts.append(item)
            else:
                self._list(f"{name}.{number}", item, "a string")
        return tuple(texts)

    def text_as_it_is(self, name: str) -> str:
        """The string of that name, whatever word it is, and nothing listed; "" where there is none."""
        raw = self._raw.get(name)
        return raw if isinstance(raw, str) else ""

    def is_object(self, name: str) -> bool:
        """Whether the field of that name is an object."""
        return isinstance(self._raw.get(name), dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is no field at all."""
        return not self._raw

    def names(self) -> Iterator[str]:
        """Every field that holds something."""
        return (name for name, raw in self._raw.items() if raw is not None)

    def names_within(self) -> frozenset[str]:
        """Every field that holds something in any of the objects in here."""
        blocks = (raw for raw in self._raw.values() if isinstance(raw, dict))
        return frozenset(name for block in blocks for name, raw in block.items() if raw is not None)

    def others(self, *known: str) -> dict[str, JSON]:
        """The fields beside these."""
        return {name: _shallow(self._raw[name]) for name in self.names() if name not in known}

    @property
    def path(self) -> tuple[str, ...]:
        """The names of the objects that it lies in, the outermost first, and its own."""
        return (*self._above.path, self._name) if self._above is not None else ()

    def _object(self, name: str, raw: JSON) -> "Fields | IllTyped":
        if isinstance(raw, dict):
            return Fields(raw, self._problems, self, name) if raw else _EMPTY
        self._list(name, raw, "an object")
        return IllTyped(_shallow(raw))

    def _read(self, name: str, fit: Callable[[JSON], T | None], expected: str | Iterable[str]) -> Field[T]:
        raw = self._raw.get(name)
        if raw is None:
            return None
        fitting = fit(raw)
        if fitting is None:
            return self._amiss(name, raw, expected)
        return fitting

    def _amiss(self, name: str, raw: JSON, expected: str | Iterable[str]) -> IllTyped:
        self._list(name, raw, expected)
        return IllTyped(_shallow(raw))

    def _list(self, name: str, raw: JSON, expected: str | Iterable[str]) -> None:
        """Unless there are plenty already: of a huge message, words are made for the first problems alone."""
        if len(self._problems) < _MOST_PROBLEMS:
            path = ".".join(printable(part) for part in (*self.path, name))
            words = expected if isinstance(expected, str) else f"one of {', '.join(expected)}"
            self._problems.append(PayloadProblem(path, brief(raw), words))


def read_object(payload: bytes, problems: list[PayloadProblem]) -> Fields:
    """The message's fields: none at all, and a problem, where it is not a JSON object."""
    return Fields(read_raw(payload, problems), problems)


def read_one(payload: bytes, name: str) -> JSON:
    """That field of the object as it came, whatever else stands there; None where there is none."""
    try:
        content: JSON = getattr(_decoder_of(name).decode(payload), name)
    except (msgspec.MsgspecError, RecursionError):
        return read_raw(payload, []).get(name)
    return content


@cache
def _decoder_of(name: str) -> msgspec.json.Decoder[msgspec.Struct]:
    """It skips the other fields: a message may have thousands."""
    return msgspec.json.Decoder(msgspec.defstruct("Fields", [(name, object, None)]))


def read_raw(payload: bytes, problems: list[PayloadProblem]) -> Mapping[str, JSON]:
    """The same as it came, field by field. A literal that JSON lacks reads as null, and spoils no other field."""
    text = _utf_8(payload, problems)
    try:
        raw, literals = parse(text)
    except RecursionError:
        found = "nested too deeply"
    except ValueError as error:
        found = f"not JSON ({printable(str(error))})"
    else:
        if literals:
            problems.append(PayloadProblem("", f"not JSON ({_told(literals)})", "a JSON object"))
        if isinstance(raw, dict):
            return raw
        if literals:
            return {}
        found = brief(raw)
    problems.append(PayloadProblem("", found, "a JSON object"))
    return {}


def _utf_8(payload: bytes, problems: list[PayloadProblem]) -> str:
    """JSON is UTF-8, RFC 8259; where a byte is not, the rest of the message still counts."""
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(PayloadProblem("", f"not UTF-8 ({error.reason} at byte {error.start})", "UTF-8"))
        return payload.decode("utf-8-sig", "replace")


def _told(literals: Sequence[NoNumber]) -> str:
    """The first of the literals that JSON does not have, and how many more there are."""
    where = ".".join(map(printable, literals[0].place))
    more = f", and {len(literals) - 1} more" if len(literals) > 1 else ""
    return f"{literals[0].literal}{f' at {where}' if where else ''}{more}"


def _word(raw: JSON, words: Iterable[W]) -> W | None:
    if not isinstance(words, EnumType) or not isinstance(raw, str):
        return next((word for word in words if word == raw), None)
    try:
        return words(raw)
    except ValueError:
        return None


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


_SHORT = 100  # characters
_EMPTY = Fields({}, [])  # it has no field that could be amiss, so that one does for all
