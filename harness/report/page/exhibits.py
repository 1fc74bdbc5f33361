"""The messages that a finding rests on, as they were on the wire."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from harness.judging.history import History
from harness.judging.reader import Reader
from harness.record.kinds import Provoked, Received, Record, Sent
from harness.report.page.grounds import Grounds
from harness.report.page.json_excerpt import ExcerptLine, lines_of
from harness.text import brief

H = TypeVar("H", bound=History)

_MOST = 5  # messages of a finding that are shown
_AT_ONCE, _AT_MOST = 40, 300  # lines of a payload that are shown at once, and at all


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One record: what matters of its payload, and the whole where that is more.

    `line` is counted from one, as editors do; `left_out`: lines of the whole that are not shown.
    """

    line: int
    seconds: float
    what: str
    decisive: bool
    is_open: bool
    excerpt: Sequence[ExcerptLine]
    whole: Sequence[ExcerptLine]
    left_out: int


@dataclass(frozen=True, slots=True)
class Exhibits:
    """The exhibits, in order, and the lines of the trace that decided as well."""

    exhibits: Sequence[Exhibit]
    other_lines: Sequence[int]


def exhibits_of(history: H, grounds: Grounds, origin: float, reader: Reader[H]) -> Exhibits:
    """The decisive record, the one that seconds count from (at `origin`), and those nearest to the decision."""
    where = grounds.where
    places = [place for place in grounds.places if place in history.places]
    decisive = where.decisive if where.decisive is not None else max(places, default=0)
    nearest = sorted(places, key=lambda place: (place not in (decisive, where.since), abs(place - decisive)))
    shown = sorted(nearest[:_MOST])
    exhibits = [_exhibit(history, place, grounds, origin, reader) for place in shown]
    return Exhibits(exhibits, [place + 1 for place in grounds.places if place not in shown])


def _exhibit(history: H, place: int, grounds: Grounds, origin: float, reader: Reader[H]) -> Exhibit:
    record = history.record_at(place)
    about, decisive = grounds.where.about, grounds.where.decisive
    payload = record.payload if isinstance(record, Sent | Received) else b""
    whole = lines_of(payload, about) if payload else []
    excerpt = lines_of(payload, about, excerpt=True)[:_AT_ONCE] if payload else []
    return Exhibit(
        place + 1,
        round(record.time - origin, 6),
        _what(history, record, about, reader),
        place == decisive,
        place == (decisive if decisive is not None else max(grounds.places)),
        excerpt,
        [] if excerpt == whole else whole[:_AT_MOST],
        max(0, len(whole) - _AT_MOST),
    )


def _what(history: H, record: Record, about: str | None, reader: Reader[H]) -> str:
    """The record, in a few words."""
    match record:
        case Sent(desired=desired):
            named = [one for one in desired.values() if about in (None, one.subject)]
            wanted = [f"{one.subject} {'released' if one.value is None else brief(one.value)}" for one in named]
            others = [f"others: {len(desired) - len(named)}"] if len(desired) > len(named) else []
            name = f"{reader.sent_words(history, record)} sent"
            return name + (f": {', '.join([*wanted, *others])}" if desired else "")
        case Provoked(label=label, name=name, subject=provoked):
            return f"provoked {label!r}: {name} {provoked} {record.detail_text}".rstrip()
        case Received():
            return reader.words(history, record, about)
        case _:
            return type(record).__name__.lower()
