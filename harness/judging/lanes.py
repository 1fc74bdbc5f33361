"""The rows of a picture of a history: spans and marks. Pure data, in seconds from the picture's origin."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, zip_longest
from typing import TypeAlias


class SpanKind(StrEnum):
    """The look of a span."""

    SETTLED = "settled"
    PENDING = "pending"
    FAILED = "failed"
    REFUSED = "refused"
    HELD = "held"
    OTHER = "other"
    ABSENT = "absent"
    DUE = "due"


class MarkKind(StrEnum):
    """The look of a mark: something that the thing under test said, or that was sent to it or done to it."""

    SAID = "said"
    SENT = "sent"
    PROVOKED = "provoked"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which one thing was the case."""

    start: float
    end: float
    words: str
    kind: SpanKind = SpanKind.OTHER


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing at one moment; of things that say the same again, only the first is `news`."""

    at: float
    words: str
    kind: MarkKind = MarkKind.SAID
    news: bool = True


@dataclass(frozen=True, slots=True)
class Curve:
    """A share of something, from 0 to 1, at the moments at which it was told. It is drawn within the span behind it."""

    shares: Sequence[tuple[float, float]]
    words: str


Item: TypeAlias = Span | Mark | Curve


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the picture. `decided`: the step that decided, in words; None: it is none of this lane."""

    title: str
    items: Sequence[Item]
    decided: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The subject of a picture, and its start and end in seconds from `origin`, which is in Unix seconds.

    `about`: the one thing that it tells of, if it does of one. `decisive`: the place of the record that decided.
    """

    about: str | None
    origin: float
    start: float
    end: float
    decisive: int | None = None

    def at(self, time: float) -> float:
        """The moment, in seconds from the origin."""
        return round(time - self.origin, 6)

    def spans(self, said: Iterable[tuple[float, str, SpanKind]]) -> Iterator[Span]:
        """A word holds until another is said. `said`: times in Unix seconds, words and kinds."""
        changes = [next(group) for _, group in groupby(said, key=lambda one: one[1])]
        for (time, words, kind), later in zip_longest(changes, changes[1:]):
            yield Span(self.at(time), self.end if later is None else self.at(later[0]), words, kind)

    def marks(self, said: Iterable[tuple[float, str]]) -> Iterator[Mark]:
        """Everything that is said, at its time in Unix seconds; what is said again is no news."""
        before = None
        for time, words in said:
            yield Mark(self.at(time), words, news=words != before)
            before = words
