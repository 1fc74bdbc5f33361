"""The messages that a finding rests on, as they were on the wire."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.judging.history import History
from harness.judging.point_report import said
from harness.record import Provoked, Received, Record, Sent
from harness.report.pretty import Line, lines_of
from harness.report.results import Results
from harness.wire.topics import Topics
from harness.wire.udmi import Status

_MOST = 5  # messages of a finding that are shown
_SHORT, _LONG = 40, 300  # lines of a payload that are shown at once, and at all


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
    excerpt: Sequence[Line]
    whole: Sequence[Line]
    left_out: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is shown, in order, and the lines of the trace that decided as well."""

    exhibits: Sequence[Exhibit]
    other_lines: Sequence[int]


def evidence_of(history: History, finding: Results, origin: float) -> Evidence:
    """The decisive record, the one that seconds count from (at `origin`), and those nearest to the decision."""
    records = dict(history.placed())
    where = finding["where"]
    places = [place for place in finding["places"] if place in records]
    decisive = where["decisive"] if where["decisive"] is not None else max(places, default=0)
    nearest = sorted(places, key=lambda place: (place not in (decisive, where["since"]), abs(place - decisive)))
    shown = sorted(nearest[:_MOST])
    exhibits = [_exhibit(history, place, records[place], finding, origin) for place in shown]
    return Evidence(exhibits, [place + 1 for place in finding["places"] if place not in shown])


def _exhibit(history: History, place: int, record: Record, finding: Results, origin: float) -> Exhibit:
    point, decisive = finding["where"]["point"], finding["where"]["decisive"]
    payload = record.payload if isinstance(record, Sent | Received) else b""
    whole = lines_of(payload, point) if payload else []
    excerpt = lines_of(payload, point, excerpt=True)[:_SHORT] if payload else []
    return Exhibit(
        place + 1,
        round(record.time - origin, 6),
        _what(history, record, point),
        place == decisive,
        place == (decisive if decisive is not None else max(finding["places"])),
        excerpt,
        [] if excerpt == whole else whole[:_LONG],
        max(0, len(whole) - _LONG),
    )


def _what(history: History, record: Record, point: str | None) -> str:
    """In a few words."""
    topics = Topics.of(history.profile.id)
    match record:
        case Sent(label=label, settings=settings):
            named = [(name, value) for name, value in settings.values() if point in (None, name)]
            wanted = [f"{name} {'released' if value is None else said(value)}" for name, value in named]
            others = [f"other points: {len(settings) - len(named)}"] if len(settings) > len(named) else []
            name = f"config {label!r} sent" if label else "config sent"
            return name + (f": {', '.join([*wanted, *others])}" if settings else "")
        case Provoked(label=label, what=what, point=provoked, detail=detail):
            return f"provoked {label!r}: {what} {provoked} {detail}".rstrip()
        case Received(topic=topic, payload=payload) if topic == topics.state:
            told = f": {point} {said(history.codec.decode_state(payload).point(point).value_state)}" if point else ""
            return f"state received{told}"
        case Received(topic=topic, payload=payload) if topic == topics.system:
            entries = history.codec.decode_system_event(payload).entries
            names = ", ".join(said(entry.category) for entry in entries if isinstance(entry, Status))
            return f"log received: {names}" if names else "event of the system received"
        case Received(payload=payload):
            told = f": {point} {said(history.codec.decode_telemetry(payload).readings.get(point))}" if point else ""
            return f"telemetry received{told}"
        case _:
            return type(record).__name__.lower()
