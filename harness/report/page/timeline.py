"""The picture of a finding: messages in their order, in seconds from the write. Pure data; `svg` draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from harness.judging.history import History
from harness.judging.lanes import Curve, Frame, Item, Lane, Mark, MarkKind, Span, SpanKind
from harness.judging.reader import Reader
from harness.record.kinds import Desired, Opened, Provoked, Record, Sent
from harness.report.page.grounds import Grounds
from harness.text import brief

H = TypeVar("H", bound=History)

_MOST_ITEMS = 120  # of a lane: a picture of more is a blot
_MOST_SHARES = 120  # of a curve
_RECENT = 60.0  # seconds: a write that came sooner before the one that counts is drawn, too
_LEAD = 0.04  # of the span, left of the first thing that matters
_TRAIL = 0.15  # and right of the last


@dataclass(frozen=True, slots=True)
class Timeline:
    """Seconds count from `origin`, a thing in words, which was at `began`, in Unix seconds.

    `due`: the windows; `decided`: when it was.
    """

    scenario: str
    origin: str
    began: float
    start: float
    end: float
    lanes: Sequence[Lane]
    due: Sequence[Span]
    decided: float | None


def timeline_of(history: H, grounds: Grounds, reader: Reader[H]) -> Timeline:
    """Of one episode, as far as the finding is about it that rests on these grounds."""
    return _Drawn(history, grounds, reader).timeline()


class _Drawn(Generic[H]):
    """Gathers what belongs into the picture."""

    def __init__(self, history: H, grounds: Grounds, reader: Reader[H]) -> None:
        self._history, self._due, self._reader = history, grounds.due, reader
        self._places = [place for place in grounds.places if place in history.places]
        where = grounds.where
        self._about = where.about
        self._decisive = self._here(where.decisive)
        since = self._here(where.since)
        self._zero = self._last_sent() if since is None else since
        self._origin = self._time_of(self._zero)

    def timeline(self) -> Timeline:
        start, end = self._range()
        due = [
            Span(max(start, self._at(one.start)), min(end, self._at(one.end)), one.required, SpanKind.DUE)
            for one in self._due
            if self._at(one.end) >= start and self._at(one.start) <= end
        ]
        frame = Frame(self._about, self._origin, start, end, self._decisive)
        deeds = Lane("sent and provoked", list(self._deeds(frame)))
        lanes = [_cut(lane, start, end) for lane in (deeds, *self._reader.lanes(self._history, frame))]
        decided = None if self._decisive is None else self._at(self._time_of(self._decisive))
        origin = self._origin_in_words()
        drawn = [lane for lane in lanes if lane.items]
        return Timeline(self._history.scenario, origin, self._origin, start, end, drawn, due, decided)

    def _here(self, place: int | None) -> int | None:
        """The place, if it is one of the history's."""
        return place if place in self._history.places else None

    def _time_of(self, place: int) -> float:
        return self._history.record_at(place).time

    def _at(self, time: float) -> float:
        return round(time - self._origin, 6)

    def _last_sent(self) -> int:
        """The config that the decisive record follows: of what the finding is about; else the first record at all."""
        limit = self._decisive or max(self._places, default=self._history.end)
        before = [(place, record) for place, record in self._history.sent if place <= limit]
        about = [place for place, record in before if self._speaks_of_it(record)]
        return next(reversed(about or [place for place, _ in before]), self._history.first)

    def _range(self) -> tuple[float, float]:
        """All that the finding rests on, its windows, and a little more; no further than its matter is followed."""
        times = [self._at(self._time_of(place)) for place in (self._zero, *self._places)]
        times += [self._at(moment) for one in self._due for moment in (one.start, one.end)]
        first, last = min(times), max(times)
        room = max(last - first, 1.0)
        if (before := self._write_before()) is not None and first - before <= max(room, _RECENT):
            first = before
        never = self._decisive is None
        end = self._followed() if never else min(last + _TRAIL * room, max(last, self._followed()))
        return first - _LEAD * room, max(end, last + _LEAD * room)

    def _write_before(self) -> float | None:
        """When the write was sent that was in force until then: what came of it may still be under way."""
        sent = [record for place, record in self._history.sent if place < self._zero and self._speaks_of_it(record)]
        is_a_write = bool(sent) and any(
            one.subject == self._about and one.value is not None for one in sent[-1].desired.values()
        )
        return self._at(sent[-1].time) if is_a_write else None

    def _followed(self) -> float:
        """Until the next config that speaks of it, or the end of the episode."""
        later = (record for place, record in self._history.sent if place > self._zero and self._speaks_of_it(record))
        closed: Record = self._history.closed
        return self._at(next(later, closed).time)

    def _speaks_of_it(self, record: Sent) -> bool:
        return any(one.subject == self._about for one in record.desired.values())

    def _deeds(self, frame: Frame) -> Iterator[Mark]:
        """Messages that were sent, and provocations: of what the finding is about, or all where that is nothing."""
        for record in self._history.records:
            if isinstance(record, Sent) and self._reader.concerns(self._history, frame, record):
                yield Mark(self._at(record.time), self._words_of(record), MarkKind.SENT)
            if isinstance(record, Provoked) and self._about in (None, record.subject):
                yield Mark(self._at(record.time), self._words_of(record), MarkKind.PROVOKED)

    def _words_of(self, record: Record) -> str:
        match record:
            case Provoked(label=label, subject=subject):
                return label if subject == self._about or subject in label else f"{label} {subject}".rstrip()
            case Sent(desired=desired):
                wanted = [self._asked(one) for one in desired.values() if self._about in (None, one.subject)]
                return ", ".join(wanted) or self._reader.sent_words(self._history, record)
            case _:
                return ""

    def _origin_in_words(self) -> str:
        record = self._history.record_at(self._zero)
        match record:
            case Sent():
                words = self._reader.sent_words(self._history, record).partition(" ")[0]
                return f"the {words} ({self._words_of(record)})" if record.desired else self._words_of(record)
            case Provoked(label=label):
                return repr(label)
            case Opened():
                return "the start of the scenario"
            case _:
                return f"line {self._zero + 1} of the trace"

    def _asked(self, desired: Desired) -> str:
        asked = "release" if desired.value is None else f"set {brief(desired.value)}"
        return asked if desired.subject == self._about else f"{desired.subject}: {asked}"


def _cut(lane: Lane, start: float, end: float) -> Lane:
    """The part of the lane in the range."""
    inside: list[Item] = []
    for item in lane.items:
        if isinstance(item, Mark) and start <= item.at <= end:
            inside.append(item)
        if isinstance(item, Span) and item.end >= start and item.start <= end:
            inside.append(Span(max(item.start, start), min(item.end, end), item.words, item.kind))
        if isinstance(item, Curve) and (shares := [one for one in item.shares if start <= one[0] <= end]):
            inside.append(Curve(_thinned(shares), item.words))
    first = inside[0] if inside else None
    if isinstance(first, Mark):
        inside[0] = replace(first, news=True)
    return Lane(lane.title, inside[:_MOST_ITEMS], lane.decided)


def _thinned(shares: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """Every so many of them, and the last, so that they are not too many."""
    step = -(-len(shares) // _MOST_SHARES)
    return shares if step <= 1 else [*shares[:-1:step], shares[-1]]
