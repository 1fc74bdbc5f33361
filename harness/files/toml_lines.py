"""The line of every header and key of a TOML file. Text within a string or a comment is neither."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A header, or a key with its value. `line` is counted from one; `place` are the keys that lead there."""

    line: int
    place: tuple[str, ...]


def statements(text: str) -> Iterator[Statement]:
    """Every statement of a text that is TOML, in order. Tables of an array all have the place of the array."""
    table: tuple[str, ...] = ()
    for line, tokens in _logical_lines(text):
        if tokens[0] == "[":
            table = _keys("".join(tokens).strip("[] \t"))
            yield Statement(line, table)
        else:
            yield Statement(line, (*table, *_keys("".join(tokens[: tokens.index("=")]))))


def _logical_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The tokens of every line that begins a statement, and of those after it on which its value goes on."""
    line, begun, depth = 1, 1, 0
    tokens: list[str] = []
    for part in _TOKEN.findall(text.replace("\r\n", "\n") + "\n"):
        if part == "\n" and depth == 0:
            if tokens:
                yield begun, tokens
            tokens = []
        elif not part.startswith("#") and (tokens or not part.isspace()):
            begun = begun if tokens else line
            tokens.append(part)
            depth += (part in ("[", "{")) - (part in ("]", "}"))
        line += part.count("\n")


def _keys(dotted: str) -> tuple[str, ...]:
    """As TOML reads them: bare, quoted, with escapes, with space around the dots."""
    keys: list[str] = []
    inner: object = tomllib.loads(f"{dotted} = 0")
    while isinstance(inner, dict):
        ((key, inner),) = inner.items()
        keys.append(key)
    return tuple(keys)
