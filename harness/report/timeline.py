"""What is drawn of a finding: who said what when, in seconds from the write. Pure data; `svg` draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, zip_longest

from harness.judging.history import Heard, History
from harness.judging.point_report import said
from harness.record import Opened, Provoked, Record, Sent
from harness.report.results import Results
from harness.wire.udmi import State, Value, ValueState

_MOST_POINTS = 3
_MOST_ITEMS = 120  # of a lane: a picture of more is a blot
_LEAD = 0.04  # of the span, left of the first thing that matters
_TRAIL = 0.15  # and right of the last


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which one thing was the case. `kind` is one of a few words of ours, never a device's."""

    start: float
    end: float
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing at one moment; of things that say the same again, only the first is `news`."""

    at: float
    words: str
    kind: str
    news: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the picture."""

    title: str
    items: Sequence[Span | Mark]


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


def timeline_of(history: History, finding: Results) -> Timeline:
    """Of one episode, as far as the finding is about it."""
    return _Drawn(history, finding).timeline()


class _Drawn:
    """Gathers what belongs into the picture."""

    def __init__(self, history: History, finding: Results) -> None:
        self._history, self._finding = history, finding
        self._records = dict(history.placed())
        self._places = [place for place in finding["places"] if place in self._records]
        where = finding["where"]
        self._point: str | None = where["point"]
        self._decisive = where["decisive"] if where["decisive"] in self._records else None
        self._zero = where["since"] if where["since"] in self._records else self._last_config()
        self._origin = self._records[self._zero].time

    def timeline(self) -> Timeline:
        start, end = self._range()
        due = [
            Span(max(start, self._at(one["start"])), min(end, self._at(one["end"])), one["required"], "due")
            for one in self._finding["due"]
            if self._at(one["end"]) >= start and self._at(one["start"]) <= end
        ]
        lanes = [
            _lane("sent and provoked", self._deeds(), start, end),
            *self._lanes_of_points(start, end),
            *self._lanes_of_states(start, end),
        ]
        decided = None if self._decisive is None else self._at(self._records[self._decisive].time)
        origin = self._origin_in_words()
        drawn = [lane for lane in lanes if lane.items]
        return Timeline(self._history.scenario, origin, self._origin, start, end, drawn, due, decided)

    def _at(self, time: float) -> float:
        return round(time - self._origin, 6)

    def _last_config(self) -> int:
        """The config that the decisive record follows: of the point, if there is one; else the first record at all."""
        limit = self._decisive or max(self._places, default=self._history.end)
        before = [(n, r) for n, r in self._records.items() if isinstance(r, Sent) and n <= limit]
        about = [n for n, r in before if self._speaks_of_it(r)]
        return next(reversed(about or [n for n, _ in before]), self._history.first)

    def _range(self) -> tuple[float, float]:
        """All that the finding rests on, its windows, and a little more; no further than the point is followed."""
        times = [self._at(self._records[place].time) for place in (self._zero, *self._places)]
        times += [self._at(one[side]) for one in self._finding["due"] for side in ("start", "end")]
        first, last = min(times), max(times)
        room = max(last - first, 1.0)
        never = self._decisive is None
        end = self._followed() if never else min(last + _TRAIL * room, max(last, self._followed()))
        return first - _LEAD * room, max(end, last + _LEAD * room)

    def _followed(self) -> float:
        """Until the next config that speaks of the point, or the end of the episode."""
        later = (record for place, record in self._records.items() if place > self._zero and self._speaks_of_it(record))
        closed: Record = self._history.closed
        return self._at(next(later, closed).time)

    def _speaks_of_it(self, record: Record) -> bool:
        return isinstance(record, Sent) and any(point == self._point for point, _ in record.settings.values())

    def _deeds(self) -> Iterator[Mark]:
        """What was sent; and what was done to the point, or where none is at stake, to any."""
        for record in self._records.values():
            if isinstance(record, Sent):
                yield Mark(self._at(record.time), self._words_of(record), "config")
            if isinstance(record, Provoked) and self._point in (None, record.point):
                yield Mark(self._at(record.time), self._words_of(record), "provocation")

    def _words_of(self, record: Record) -> str:
        match record:
            case Provoked(label=label, point=point):
                return label if point == self._point else f"{label} {point}"
            case Sent(settings=settings, label=label):
                wanted = [self._wish(*wish) for wish in settings.values() if self._point in (None, wish[0])]
                return ", ".join(wanted) or f"config {label!r}"
            case _:
                return ""

    def _origin_in_words(self) -> str:
        record = self._records[self._zero]
        match record:
            case Sent():
                return f"the config ({self._words_of(record)})"
            case Opened():
                return "the start of the scenario"
            case _:
                return f"line {self._zero + 1} of the trace"

    def _wish(self, point: str, value: Value | None) -> str:
        wish = "release" if value is None else f"set {said(value)}"
        return wish if point == self._point else f"{point}: {wish}"

    def _points(self, start: float, end: float) -> list[str]:
        """The one that it is about; or those that were written meanwhile."""
        if self._point is not None:
            return [self._point]
        sent = (r for r in self._records.values() if isinstance(r, Sent) and start <= self._at(r.time) <= end)
        return list(dict.fromkeys(point for r in sent for point, _ in r.settings.values()))[:_MOST_POINTS]

    def _lanes_of_points(self, start: float, end: float) -> Iterator[Lane]:
        for point in self._points(start, end):
            states = [Heard(h.time, h.place, h.message.point(point).value_state) for h in self._states()]
            yield _lane(f"{point}: value_state", self._spans(states, end), start, end)
            shown = [
                (self._at(h.time), said(h.message.readings[point]))
                for h in self._history.telemetry
                if point in h.message.readings
            ]
            yield _lane(f"{point}: telemetry", _news(shown, "telemetry"), start, end)

    def _lanes_of_states(self, start: float, end: float) -> Iterator[Lane]:
        """Each state and its etag, where no point is at stake."""
        if self._point is None:
            etags = [Heard(h.time, h.place, h.message.etag) for h in self._states()]
            yield _lane("state_etag", self._spans(etags, end), start, end)
            states = [(self._at(h.time), _distance(h, before)) for before, h in _with_before(self._history.states)]
            yield _lane("states", _news(states, "state"), start, end)

    def _states(self) -> list[Heard[State]]:
        return [heard for heard in self._history.states if heard.message.pointset]

    def _spans(self, heard: Sequence[Heard[object]], end: float) -> Iterator[Span]:
        """What is said holds until something else is said."""
        changes = [next(group) for _, group in groupby(heard, key=lambda one: said(one.message))]
        for one, later in zip_longest(changes, changes[1:]):
            until = end if later is None else self._at(later.time)
            yield Span(self._at(one.time), until, said(one.message), _kind(one.message))


def _kind(word: object) -> str:
    if isinstance(word, ValueState):
        return str(word)
    return "absent" if word is None else "other"


def _news(said_when: Sequence[tuple[float, str]], kind: str) -> Iterator[Mark]:
    before = None
    for at, words in said_when:
        yield Mark(at, words, kind, news=words != before)
        before = words


def _with_before(states: Sequence[Heard[State]]) -> Iterator[tuple[Heard[State] | None, Heard[State]]]:
    return zip(chain([None], states), states, strict=False)  # of which the first is one longer


def _distance(heard: Heard[State], before: Heard[State] | None) -> str:
    return "first state" if before is None else f"{heard.time - before.time:.1f} s later"


def _lane(title: str, items: Iterator[Span] | Iterator[Mark], start: float, end: float) -> Lane:
    """What lies in the range, cut to it."""
    inside: list[Span | Mark] = []
    for item in items:
        if isinstance(item, Mark) and start <= item.at <= end:
            inside.append(item)
        if isinstance(item, Span) and item.end >= start and item.start <= end:
            inside.append(Span(max(item.start, start), min(item.end, end), item.words, item.kind))
    first = inside[0] if inside else None
    if isinstance(first, Mark):
        inside[0] = replace(first, news=True)
    return Lane(title, inside[:_MOST_ITEMS])
