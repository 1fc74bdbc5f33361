"""How strongly a clause binds: the word of its source, the level that follows from it, and what a run measures by."""

from dataclasses import dataclass
from enum import StrEnum

from harness.judging.verdicts.verdict import Level


class Verb(StrEnum):
    """The word with which a source binds a device, or what stands in its place."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    FACT = "fact"
    DERIVED = "derived"
    SCHEMA = "schema"
    ERROR = "error"
    TOOL = "tool"
    OPEN = "open"

    @property
    def level(self) -> Level:
        """The level that follows from the word alone."""
        return _LEVELS[self]

    def beside(self, level: Level) -> str:
        """The level, and the word of the text where that is another one: `must; the text has "should"`."""
        is_the_same = str(self) == level or (self is Verb.OPEN and level is Level.OBSERVATION)
        words = _WORDS.get(self, f'the text has "{self}"')
        return str(level) if is_the_same else f"{level}; {words}"


class Levels(StrEnum):
    """The source of a run's levels: the catalogue with its reasons, or the verbs of the texts alone."""

    CATALOGUE = "catalogue"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Measure:
    """The operator's measure of verdicts. `strict`: a broken *should* keeps a device from conforming, too."""

    levels: Levels = Levels.CATALOGUE
    strict: bool = False


_LEVELS = {
    Verb.MUST: Level.MUST,
    Verb.SCHEMA: Level.MUST,
    Verb.ERROR: Level.MUST,
    Verb.SHOULD: Level.SHOULD,
    Verb.FACT: Level.SHOULD,
    Verb.DERIVED: Level.SHOULD,
    Verb.MAY: Level.OBSERVATION,
    Verb.TOOL: Level.OBSERVATION,
    Verb.OPEN: Level.OBSERVATION,
}
_WORDS = {
    Verb.FACT: "the text describes it",
    Verb.DERIVED: "it follows from the text",
    Verb.SCHEMA: "by the schema",
    Verb.ERROR: "the text calls the opposite an error",
    Verb.TOOL: "an official tool asks for it",
    Verb.OPEN: "the text leaves it open",
}
