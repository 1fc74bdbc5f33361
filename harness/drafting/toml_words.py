"""Writes what a stranger said into TOML, so that it stays one value, or one comment, whatever is in it."""

import re
from collections.abc import Iterable, Mapping

from harness.wire.reader import printable
from harness.wire.udmi import Value


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


def table(texts: Mapping[str, str]) -> str:
    """As TOML spells a table in one line."""
    return f"{{ {', '.join(f'{_key(name)} = {value(text)}' for name, text in texts.items())} }}"


def comment(text: str) -> str:
    """One line that says nothing to a reader of TOML."""
    return f"# {printable(text)}"


def _key(name: str) -> str:
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else value(name)


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
