"""A TOML file of the operator's: read, held against its schema, and told with its line where something is amiss."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.files.protocol_tables import part_of
from harness.files.schema import named, problem
from harness.files.toml_lines import statements


@dataclass(frozen=True, slots=True)
class TomlFile:
    """The content of a TOML file, with the line of every key. `within`: the table that it stands in."""

    path: Path
    text: str
    content: Mapping[str, Any]
    within: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path, schema: str | Path, protocol: str = "") -> "TomlFile":
        """By a schema of ours, or one in a file of its plug's. `protocol`: of a profile, what is said of that.

        Raises UsageError with the file, the line, what is amiss there and the nearest allowed word.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise UsageError(f"cannot read the {Path(schema).stem} {path}: {error.strerror}") from error
        except ValueError as error:
            raise UsageError(f"{path} is not UTF-8: {error}") from error
        return cls.parse(text, path, schema, protocol)

    @classmethod
    def parse(cls, text: str, path: Path, schema: str | Path, protocol: str = "") -> "TomlFile":
        """From text that stands in that file, or is to stand there."""
        try:
            file = cls(path, text, *part_of(protocol, tomllib.loads(text)))
        except ValueError as error:
            last = f"at line {len(text.splitlines())}, the last"
            raise UsageError(f"{path} is not TOML: {str(error).replace('at end of document', last)}") from error
        if found := problem(file.content, schema):
            raise file.amiss(found.place, found.words)
        return file

    def line_of(self, place: Sequence[str | int]) -> int | None:
        """Counted from one: of what stands at that place, or else of the table that lacks it."""
        return _line(self.text, [str(part) for part in (*self.within, *place)])

    def amiss(self, place: Sequence[str | int], words: str) -> UsageError:
        """The error to raise for what stands at that place."""
        line = self.line_of(place)
        where = f"{self.path}, line {line}" if line else str(self.path)
        return UsageError(f"{where}: {named((*self.within, *place))}{words}")


def _line(text: str, place: Sequence[str]) -> int | None:
    """Of the key, or of the table that lacks it: the line, counted from one, that leads farthest to the place."""
    found: int | None = None
    depth = 0
    for statement in statements(text):
        path = statement.place[: len(place)]
        if len(path) > depth and path == tuple(place[: len(path)]):
            found, depth = statement.line, len(path)
    return found
