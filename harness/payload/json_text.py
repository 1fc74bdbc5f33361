"""JSON as devices write it: read as far as it can be, with what RFC 8259 says against it.

Python's own reader takes `NaN` and `Infinity`, takes the last of two fields of one name, and is asked to take a byte
order mark. Other readers do not, so each is found here.
"""

import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NoReturn, TypeAlias, cast

import msgspec

from harness.payload.values import JSON

_MOST = 50  # repeated names of one message

Place: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoNumber:
    """A literal that stands where a number could, and that JSON does not have: `NaN`, `Infinity`, `-Infinity`.

    `place`: nowhere, where it is all of the text, or in a field that another of its name has replaced.
    """

    place: Place
    literal: str


def parse(text: str) -> tuple[JSON, Sequence[NoNumber]]:
    """The content of the text, with nothing where a literal stands that JSON does not have; and these literals.

    Raises ValueError or RecursionError where it cannot be read at all.
    """
    try:
        return msgspec.json.decode(text), []
    except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError):
        return _parsed_by_python(text)


def _parsed_by_python(text: str) -> tuple[JSON, Sequence[NoNumber]]:
    """Likewise, of what msgspec does not take. What it takes, both read alike, but Python's reader is slower."""
    try:
        return _DECODER.decode(text), []
    except json.JSONDecodeError:
        raise
    except ValueError:  # a literal, or an integer of thousands of digits
        return _parsed_in_full(text)


def _parsed_in_full(text: str) -> tuple[JSON, Sequence[NoNumber]]:
    """Likewise, whatever stands in it."""
    literals: list[_Literal] = []

    def noted(literal: str) -> _Literal:
        literals.append(_Literal(literal))
        return literals[-1]

    raw = json.loads(text, parse_int=_integer, parse_constant=noted)
    if not literals:
        return raw, []
    content, places = _cleared(raw)
    return content, [NoNumber(places.get(id(one), ()), one.literal) for one in literals]


def places_of_literals(payload: bytes) -> frozenset[Place]:
    """The places of literals that JSON lacks, of a message that can be read but for them."""
    try:
        return frozenset(literal.place for literal in parse(payload.decode("utf-8-sig"))[1])
    except (ValueError, RecursionError):
        return frozenset()


def has_mark(payload: bytes) -> bool:
    """Whether it begins with a byte order mark. RFC 8259, 8.1: JSON on a network must not."""
    return payload.startswith(BOM_UTF8)


def repeated_names(payload: bytes) -> Sequence[Place]:
    """The places of names that stand in an object twice. RFC 8259, 4: names should be unique; the last often counts.

    Nothing where the payload cannot be read at all.
    """
    repeating: list[_Repeating] = []

    def noted(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        content = _object(pairs)
        if isinstance(content, _Repeating):
            repeating.append(content)
        return content

    try:
        raw = json.loads(payload.decode("utf-8-sig", "replace"), parse_int=_integer, object_pairs_hook=noted)
    except (ValueError, RecursionError):
        return []
    if not repeating:
        return []
    objects = ((place, part.repeated) for place, part in _containers(raw) if isinstance(part, _Repeating))
    return list(islice(((*place, name) for place, names in objects for name in names), _MOST))


def _refuse(literal: str) -> NoReturn:
    """Raises ValueError: hardly any message has such a literal, and the others need not wait for it."""
    raise ValueError(literal)


_DECODER = json.JSONDecoder(parse_constant=_refuse)  # made once: a run has thousands of messages


@dataclass(frozen=True, slots=True)
class _Literal:
    """One that stands somewhere in the text; each is told from its like."""

    literal: str


class _Repeating(dict[str, object]):
    """An object that has some of its names more than once."""

    repeated: Sequence[str] = ()


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) == len(pairs):
        return content
    repeating, counts = _Repeating(content), Counter(name for name, _ in pairs)
    repeating.repeated = [name for name, count in counts.items() if count > 1]
    return repeating


def _cleared(raw: object) -> tuple[JSON, Mapping[int, Place]]:
    """The content without literals, and where each of these stood."""
    whole: dict[str, object] = {"": raw}
    places: dict[int, Place] = {}
    for place, part in [*_containers(whole)]:
        for name, content in [*_items(part)]:
            if isinstance(content, _Literal):
                places[id(content)] = (*place, name)[1:]
                part[name if isinstance(part, dict) else int(name)] = None  # type: ignore[index]  # it is of that kind
    return cast("JSON", whole[""]), places


def _containers(raw: object) -> Iterator[tuple[Place, dict[str, object] | list[object]]]:
    """Every object and every list with its place, without recursion: JSON may go a thousand levels deep."""
    waiting: list[tuple[Place, object]] = [((), raw)]
    while waiting:
        place, part = waiting.pop()
        if isinstance(part, dict | list):
            yield place, part
            waiting += reversed([((*place, name), content) for name, content in _items(part)])


def _items(part: dict[str, object] | list[object]) -> Iterable[tuple[str, object]]:
    return part.items() if isinstance(part, dict) else ((str(number), item) for number, item in enumerate(part))


def _integer(digits: str) -> int | float:
    """Infinity where there are thousands of digits: Python refuses to read them, and no float holds the number."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)
