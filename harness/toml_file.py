"""A TOML file of the operator's: read, held against its schema, and told with its line where something is amiss."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.schema import named, problem

_HEADER = re.compile(r"\s*\[\[?\s*([^\],]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*([\w."'-]+)\s*=""")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What stands in it, and where."""

    path: Path
    text: str
    content: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path, schema: str) -> "TomlFile":
        """Raises UsageError with the file, the line, what is amiss there and the nearest allowed word."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise UsageError(f"cannot read the {schema} {path}: {error.strerror}") from error
        except ValueError as error:
            raise UsageError(f"{path} is not UTF-8: {error}") from error
        return cls.parse(text, path, schema)

    @classmethod
    def parse(cls, text: str, path: Path, schema: str) -> "TomlFile":
        """From text that stands in that file, or is to stand there."""
        try:
            file = cls(path, text, tomllib.loads(text))
        except ValueError as error:
            last = f"at line {len(text.splitlines())}, the last"
            raise UsageError(f"{path} is not TOML: {str(error).replace('at end of document', last)}") from error
        if found := problem(file.content, schema):
            raise file.amiss(found.place, found.words)
        return file

    def amiss(self, place: Sequence[str | int], words: str) -> UsageError:
        """The error to raise for what stands at that place."""
        line = _line(self.text, [str(part) for part in place])
        where = f"{self.path}, line {line}" if line else str(self.path)
        return UsageError(f"{where}: {named(place)}{words}")


def _line(text: str, place: Sequence[str]) -> int | None:
    """Of the key, or of the table that lacks it: the line, counted from one, that leads farthest to the place."""
    table: list[str] = []
    found: int | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = _parts(header[1])
        elif not key:
            continue
        path = (table if header else [*table, *_parts(key[1] if key else "")])[: len(place)]
        if len(path) > depth and path == list(place[: len(path)]):
            found, depth = number, len(path)
    return found


def _parts(key: str) -> list[str]:
    return [part.strip(" \"'") for part in key.split(".")]
