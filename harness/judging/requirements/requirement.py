"""The catalogue of requirements: the only place where they are read from."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from harness.errors import UsageError
from harness.judging.requirements.binding import Levels, Verb
from harness.judging.requirements.source import FILE, Source, SourceDocuments
from harness.judging.verdicts.verdict import Level
from harness.protocol import all_specs, protocol_of, protocols
from harness.suggest import hinted

_Word = TypeVar("_Word", Level, Verb)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One clause. `untested` says why nothing decides it; `unclear`, how a spec contradicts itself.

    `verbs`: the word of each spec's text. `because`: why the level is another than follows from that word.
    `official_test`: what a test of the specification's own makers asks for, where it asks for something else.
    `subject`: the kind of thing that it binds.
    """

    id: str
    gist: str
    levels: Mapping[str, Level]
    source: Source
    untested: str | None = None
    unclear: Mapping[str, str] = field(default_factory=dict)
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    because: Mapping[str, str] = field(default_factory=dict)
    official_test: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""

    @property
    def area(self) -> str:
        """Its subject matter: the part of its id before the dot."""
        return self.id.partition(".")[0]

    def level(self, spec: str, levels: Levels = Levels.CATALOGUE) -> Level:
        """How the spec binds; a clause on which the sources contradict each other is only observed."""
        if spec in self.unclear:
            return Level.OBSERVATION
        return self.verbs[spec].level if levels is Levels.TEXT else self.levels[spec]


class Catalogue:
    """Every requirement by its id, in the order of the files."""

    def __init__(self, requirements: Mapping[str, Requirement]) -> None:
        self._known = requirements

    @classmethod
    def read(cls, *folders: Path) -> "Catalogue":
        """All files of the folders, or else of every protocol. Raises UsageError with file and entry that are amiss."""
        known: dict[str, Requirement] = {}
        every = folders or [plug.requirements for plug in protocols()]
        for file, documents in ((file, documents) for folder in every for file, documents in _files(folder)):
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            for number, entry in enumerate(content["requirement"], start=1):
                requirement = _requirement(file, number, {"subject": content.get("subject"), **entry}, documents)
                if requirement.id in known:
                    raise UsageError(f"{file.name}: {requirement.id} is declared twice")
                known[requirement.id] = requirement
        return cls(known)

    def __getitem__(self, name: str) -> Requirement:
        if name not in self._known:
            raise UsageError(hinted(f"unknown requirement {name!r}", name, self._known))
        return self._known[name]

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self._known.values())

    def __len__(self) -> int:
        return len(self._known)

    def named(self, name: str) -> Sequence[Requirement]:
        """The requirement of that id, or all of that area or subject. Raises UsageError, with the nearest name."""
        if name in self._known:
            return [self._known[name]]
        found = [one for one in self if name in (one.area, one.subject)]
        if not found:
            raise UsageError(hinted(f"unknown requirement {name!r}", name, self.names()))
        return found

    def names(self) -> list[str]:
        """All that `named` knows: ids, areas and subjects."""
        return sorted({name for one in self for name in (one.id, one.area, one.subject)})

    def of(self, subject: str) -> "Catalogue":
        """The requirements that bind that subject."""
        return Catalogue({name: one for name, one in self._known.items() if one.subject == subject})

    def knows_a_must(self, spec: str) -> bool:
        """Whether any text of the spec says *must*; in one that never does, no level can be read off its verbs."""
        return any(requirement.verbs.get(spec) is Verb.MUST for requirement in self)


def _files(folder: Path) -> Iterator[tuple[Path, SourceDocuments]]:
    documents = SourceDocuments.beside(folder)
    return ((file, documents) for file in sorted(folder.glob("*.toml")) if file.name != FILE)


def _requirement(file: Path, number: int, entry: Mapping[str, Any], documents: SourceDocuments) -> Requirement:
    try:
        source = documents.source(entry["source"])
        return Requirement(
            entry["id"],
            entry["gist"],
            _by_spec(entry, "level", Level),
            source,
            entry.get("untested"),
            _texts(entry, "unclear"),
            _by_spec(entry, "verb", Verb),
            _texts(entry, "because"),
            _texts(entry, "official_test"),
            _subject(entry),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{file.name}, requirement {number}: {type(error).__name__} {error}") from error


def _by_spec(entry: Mapping[str, Any], name: str, kind: Callable[[str], _Word]) -> Mapping[str, _Word]:
    """One word for all specs, or one for each."""
    word = entry[name]
    specs = [_spec(spec) for spec in entry["specs"]]
    return {spec: kind(word if isinstance(word, str) else word[spec]) for spec in specs}


def _subject(entry: Mapping[str, Any]) -> str:
    """The one that the file names, or else the only one of those who speak the specs."""
    known = {subject.name for spec in entry["specs"] for subject in protocol_of(_spec(spec)).subjects}
    named = entry["subject"] or (next(iter(known)) if len(known) == 1 else None)
    if named not in known:
        raise ValueError(f"its subject is {named!r}; expected one of {', '.join(sorted(known))}")
    return str(named)


def _texts(entry: Mapping[str, Any], name: str) -> Mapping[str, str]:
    """A text for all specs, or one for each that it is about."""
    text = entry.get(name, {})
    if isinstance(text, str):
        return dict.fromkeys(map(_spec, entry["specs"]), text)
    return {_spec(spec): of_it for spec, of_it in text.items()}


def _spec(name: str) -> str:
    if name not in all_specs():
        raise ValueError(f"{name!r} is no spec of a protocol that is installed")
    return name
