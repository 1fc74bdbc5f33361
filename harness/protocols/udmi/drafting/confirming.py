"""Confirms what a draft guessed: takes the mark out of the file, and leaves all else in it as a person wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from harness.errors import UsageError
from harness.files.toml_file import TomlFile
from harness.files.toml_writing import value
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.profile_file import ProfileFile


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The answers of a person: the kinds of points, and whether the nameplate is right."""

    kinds: Mapping[str, PointKind]
    nameplate: bool = False


def guessed_points(profile: Profile) -> list[Point]:
    """Points of which a line is a guess, in the order of the file."""
    return [point for point in profile.points.values() if point.guessed]


def confirmed(text: str, path: Path, said: Confirmed) -> str:
    """The file's text without the guesses that were confirmed. Raises UsageError for what cannot be found in it."""
    file = TomlFile.parse(text, path, "udmi/schemas/profile", "udmi")
    before = ProfileFile.parse(text, path).profile
    for name in said.kinds:
        if name not in before.points:
            raise UsageError(f"{path} has no point {name!r}")
    lines: list[str | None] = [*StringIO(text, newline="\n")]
    for place, line in _changes(before, said):
        number = file.line_of(place)
        if number is None or not _is_whole(lines[number - 1], place[-1]):
            raise UsageError(f"{path}: {'.'.join(place)} does not stand on a line of its own; edit it by hand")
        lines[number - 1] = line and f"{line}{_comment(lines[number - 1])}"
    result = "".join(line for line in lines if line is not None)
    if ProfileFile.parse(result, path).profile != _meant(before, said):
        raise UsageError(f"{path} is written so that it must be edited by hand")
    return result


def _changes(before: Profile, said: Confirmed) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """The new text for each line; None: the line goes."""
    if said.nameplate and before.guessed:
        yield ("guessed",), None
    for name, kind in said.kinds.items():
        if before.points[name].kind is not kind:
            yield ("points", name, "kind"), f"kind = {value(kind)}"
        if before.points[name].guessed:
            yield ("points", name, "guessed"), None


def _meant(before: Profile, said: Confirmed) -> Profile:
    points = {
        name: replace(point, kind=said.kinds[name], guessed=()) if name in said.kinds else point
        for name, point in before.points.items()
    }
    return replace(before, points=points, guessed=() if said.nameplate else before.guessed)


def _is_whole(line: str | None, key: str) -> bool:
    """Whether the line is that key with its whole value, and nothing else."""
    return line is not None and line.split("=")[0].strip() == key


def _comment(line: str | None) -> str:
    """The end of the line; a draft's own comment on a guess goes with it."""
    return "\n" if line and line.endswith("\n") else ""
