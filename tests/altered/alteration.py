"""A row of the table: an alteration of an episode, and the verdict that must come of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TypeAlias

from hypothesis import strategies as st

from tests.altered.take import Take

HAIR = 0.001  # seconds: the finest that a stamp of UDMI tells

Alter: TypeAlias = Callable[[Take, float], Take | None]


class Effect(StrEnum):
    """The effect of an alteration on the judgement that it concerns."""

    KEEPS = "keeps"
    BREAKS = "breaks"
    HIDES = "hides"  # the evidence: neither kept nor broken


@dataclass(frozen=True)
class Amounts:
    """By how much: the edges are always tried, and Hypothesis chooses from what lies between."""

    edges: tuple[float, ...] = (0.0,)
    between: st.SearchStrategy[float] | None = None


ONCE = Amounts()
ANYWHERE = Amounts((0.0,), st.integers(1, 999).map(float))  # for alterations that make a choice of it


def up_to(most: float, *edges: float) -> Amounts:
    """Seconds, or whatever it is, from none at all."""
    return Amounts((0.0, *edges), st.floats(0, most))


@dataclass(frozen=True)
class Alteration:
    """`judgement`: which one it concerns; * stands for anything. `scenario`: whose episode is altered; * each of them.

    `also`: the requirements that it cannot help breaking, too; `hides`: those that it takes the evidence from.
    `alter` gives None where the episode offers no occasion. `allowances`: seconds that messages may be on their way.
    `but`: judgements that are concerned otherwise by what does no harm to any other.
    """

    name: str
    judgement: str
    scenario: str
    effect: Effect
    alter: Alter
    amounts: Amounts = ONCE
    also: frozenset[str] = frozenset()
    hides: frozenset[str] = frozenset()
    allowances: tuple[float, ...] = (0.0, 1.0)
    but: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """For the terminal."""
        where = self.scenario if self.judgement == "*" else self.judgement
        return f"{where}: {self.name} ({self.effect})".replace("*", "any")

    def concerns(self, judgement: str) -> bool:
        """Whether the verdict of the judgement of that id must follow."""
        name = judgement.rpartition("::")[2]
        return name not in self.but and any(fnmatchcase(name, pattern) for pattern in _patterns(self.judgement))


def _patterns(name: str) -> Iterable[str]:
    """A name without parameters stands for all of them; brackets are no wildcards here."""
    literal = name.replace("[", "[[]")
    return (literal, f"{literal}[[]*")
