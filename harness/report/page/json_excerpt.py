"""Payloads as people read them: JSON with what fits a line on one line, and every number as it stood on the wire."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

_WIDTH = 84  # characters
_LARGEST = 100_000  # bytes: what is larger is shown as it came


class _SpeltNumber(str):
    """A number, as it was spelt."""

    __slots__ = ()


class _Fields(list[tuple[str, "_Node"]]):
    """An object; a field that comes twice is there twice."""


_Node: TypeAlias = "_Fields | list[_Node] | str | bool | None"


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """One line; `marked` where it is about what the reader is looking for."""

    text: str
    marked: bool = False


def lines_of(payload: bytes, about: str | None = None, *, excerpt: bool = False) -> list[ExcerptLine]:
    """The payload, line by line; the value of the field `about` is marked. One that is no JSON is shown as it came.

    So is an entry of a list that is called so. An excerpt only names what lies beside it.
    """
    text = payload.decode("utf-8", "backslashreplace")
    if len(payload) <= _LARGEST:
        try:
            node = _parsed(text)
            node = _excerpt(node, about) if excerpt and about is not None else node
            return list(_lines(node, "", "", about, marked=False))
        except (RecursionError, ValueError):
            pass  # so it is no JSON, or none that anyone could read
    return [ExcerptLine(line) for line in text.split("\n")]


def _parsed(text: str) -> _Node:
    node: _Node = json.loads(
        text, object_pairs_hook=_Fields, parse_int=_SpeltNumber, parse_float=_SpeltNumber, parse_constant=_SpeltNumber
    )
    return node


def _lines(node: _Node, before: str, after: str, about: str | None, *, marked: bool) -> Iterator[ExcerptLine]:
    """`before` and `after`: the text beside it on its first and its last line."""
    whole = f"{before}{_on_one_line(node)}{after}"
    fits = len(whole) <= _WIDTH and (marked or not _holds(node, about))
    if fits or not node or not isinstance(node, list):
        yield ExcerptLine(whole, marked)
        return
    margin = before[: len(before) - len(before.lstrip())]
    opening, closing = "{}" if isinstance(node, _Fields) else "[]"
    yield ExcerptLine(f"{before}{opening}", marked)
    children = _named(node)
    for number, (name, child) in enumerate(children, start=1):
        key = "" if name is None else f"{_quoted(name)}: "
        comma = "," if number < len(children) else ""
        here = marked or (name is not None and name == about) or (name is None and _is_called(child, about))
        yield from _lines(child, f"{margin}  {key}", comma, about, marked=here)
    yield ExcerptLine(f"{margin}{closing}{after}", marked)


def _holds(node: _Node, about: str | None) -> bool:
    """Whether a field of that name stands in it, or a list's entry that is called so: then it is broken up.

    What we look for gets lines of its own.
    """
    if about is None or not isinstance(node, list):
        return False
    entries = [] if isinstance(node, _Fields) else node
    return any(_is_called(entry, about) for entry in entries) or any(
        name == about or _holds(child, about) for name, child in _named(node)
    )


def _is_called(entry: _Node, about: str | None) -> bool:
    """Whether an entry of a list is what we look for: one of its fields has that name as its value."""
    return (
        isinstance(entry, _Fields)
        and about is not None
        and any(not isinstance(value, _SpeltNumber) and value == about for _, value in entry)
    )


def _excerpt(node: _Node, about: str) -> _Node:
    """The same, in which all that lies beside the way to what we look for is folded up; it is there as a whole."""
    if not isinstance(node, list) or not _holds(node, about):
        return node
    if isinstance(node, _Fields):
        return _Fields((name, child if name == about else _part(child, about)) for name, child in node)
    return [entry if _is_called(entry, about) else _part(entry, about) for entry in node]


def _part(node: _Node, about: str) -> _Node:
    return _excerpt(node, about) if _holds(node, about) else _folded(node)


def _folded(node: _Node) -> _Node:
    if not node or not isinstance(node, list):
        return node
    return _SpeltNumber("{…}" if isinstance(node, _Fields) else "[…]")


def _named(node: "_Fields | list[_Node]") -> list[tuple[str | None, _Node]]:
    return [*node] if isinstance(node, _Fields) else [(None, child) for child in node]


def _on_one_line(node: _Node) -> str:
    match node:
        case _SpeltNumber():
            return str(node)
        case _Fields():
            return f"{{{', '.join(f'{_quoted(name)}: {_on_one_line(child)}' for name, child in node)}}}"
        case list():
            return f"[{', '.join(_on_one_line(child) for _, child in _named(node))}]"
        case _:
            return json.dumps(node, ensure_ascii=False)


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
