"""Writes what a stranger said into TOML, so that it stays one value, or one comment, whatever is in it."""

import re
from collections.abc import Iterable, Mapping

from harness.payload.values import JSON, Value
from harness.text import printable


def value(raw: Value) -> str:
    """As TOML spells it."""
    match raw:
        case bool():
            return "true" if raw else "false"
        case str():
            return f'"{"".join(_escaped(c) for c in raw)}"'
        case _:
            return repr(raw)


def array(raws: Iterable[Value]) -> str:
    """As TOML spells a list of them."""
    return f"[{', '.join(value(raw) for raw in raws)}]"


def table(entries: Mapping[str, JSON]) -> str:
    """As TOML spells a table in one line; null has no spelling, and is left out."""
    lines = (f"{key(name)} = {content(raw)}" for name, raw in entries.items() if raw is not None)
    return f"{{ {', '.join(lines)} }}" if entries else "{}"


def comment(text: str) -> str:
    """One line that says nothing to a reader of TOML."""
    return f"# {printable(text)}"


def key(name: str) -> str:
    """As TOML spells one part of a key: in quotes where it must be."""
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else value(name)


def content(raw: JSON) -> str:
    """As TOML spells whatever JSON holds; null has no spelling, and an empty text stands for it."""
    match raw:
        case dict():
            return table(raw)
        case list():
            return f"[{', '.join(content(item) for item in raw if item is not None)}]"
        case None:
            return '""'
        case _:
            return value(raw)


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    if _SURROGATES[0] <= code <= _SURROGATES[1]:  # half a character: TOML has no word for it
        return "�"
    return f"\\u{code:04x}" if code <= _SHORT else f"\\U{code:08x}"


_SURROGATES = (0xD800, 0xDFFF)
_SHORT = 0xFFFF
