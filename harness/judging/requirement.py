"""The catalogue of requirements: the only place where they are read from."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.judging.verdict import Level
from harness.wire.spec import Spec

CATALOGUE = Path(__file__).parent.parent.parent / "fixtures" / "requirements"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a requirement comes from; `rows` are those of the fact tables that it stands for."""

    document: str
    section: str
    rows: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.document}, {self.section}"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One clause. `untested` says why nothing decides it; `unclear`, how a spec contradicts itself."""

    id: str
    gist: str
    levels: Mapping[Spec, Level]
    source: Source
    untested: str | None = None
    unclear: Mapping[Spec, str] = field(default_factory=dict)

    def level(self, spec: Spec) -> Level:
        """How the spec binds; a clause on which the sources contradict each other is only observed."""
        return Level.OBSERVATION if spec in self.unclear else self.levels[spec]


class Catalogue:
    """Every requirement by its id, in the order of the files."""

    def __init__(self, requirements: Mapping[str, Requirement]) -> None:
        self._known = requirements

    @classmethod
    def read(cls, folder: Path = CATALOGUE) -> "Catalogue":
        """All files of the folder. Raises UsageError, with file and entry, for what is amiss."""
        known: dict[str, Requirement] = {}
        for file in sorted(folder.glob("*.toml")):
            for number, entry in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["requirement"], start=1):
                requirement = _requirement(file, number, entry)
                if requirement.id in known:
                    raise UsageError(f"{file.name}: {requirement.id} is declared twice")
                known[requirement.id] = requirement
        return cls(known)

    def __getitem__(self, name: str) -> Requirement:
        if name not in self._known:
            nearest = get_close_matches(name, self._known, n=1)
            hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
            raise UsageError(f"unknown requirement {name!r}{hint}")
        return self._known[name]

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self._known.values())

    def __len__(self) -> int:
        return len(self._known)


def _requirement(file: Path, number: int, entry: Mapping[str, Any]) -> Requirement:
    try:
        source = Source(entry["source"]["document"], entry["source"]["section"], tuple(entry["source"]["rows"]))
        return Requirement(entry["id"], entry["gist"], _levels(entry), source, entry.get("untested"), _unclear(entry))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{file.name}, requirement {number}: {type(error).__name__} {error}") from error


def _levels(entry: Mapping[str, Any]) -> Mapping[Spec, Level]:
    level = entry["level"]
    specs = [Spec(spec) for spec in entry["specs"]]
    return {spec: Level(level if isinstance(level, str) else level[spec]) for spec in specs}


def _unclear(entry: Mapping[str, Any]) -> Mapping[Spec, str]:
    """A text for all specs, or one for each that is unclear."""
    unclear = entry.get("unclear", {})
    if isinstance(unclear, str):
        return dict.fromkeys(map(Spec, entry["specs"]), unclear)
    return {Spec(spec): text for spec, text in unclear.items()}
