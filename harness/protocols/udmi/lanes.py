"""The picture of a UDMI device: the reports of each point, or of the etag where no point is at stake."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from harness.judging.lanes import Frame, Lane, SpanKind
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import State, Telemetry, ValueState
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Sent

M = TypeVar("M", State, Telemetry)

_MOST_POINTS = 3


def lanes(history: History, frame: Frame) -> Iterator[Lane]:
    """A point's value_state and telemetry; and where the picture has no point, all states and their etags."""
    states = _within(frame, history.states, lambda state: state.pointset is not None)
    for point in _points(history, frame):
        told = ((heard.time, heard.message.point(point).value_state) for heard in states)
        yield Lane(f"{point}: value_state", list(frame.spans(_with_kinds(told))))
        yield Lane(f"{point}: telemetry", list(frame.marks(_readings(history, frame, point))))
    if frame.about is None:
        etags = ((heard.time, heard.message.etag) for heard in states)
        yield Lane("state_etag", list(frame.spans(_with_kinds(etags))))
        yield Lane("states", list(frame.marks(_distances(_within(frame, history.states, lambda _: True)))))


def _readings(history: History, frame: Frame, point: str) -> Iterator[tuple[float, str]]:
    for heard in _within(frame, history.telemetry, lambda telemetry: point in telemetry.readings):
        yield heard.time, said(heard.message.readings[point])


def _within(frame: Frame, heard: Sequence[Heard[M]], tells: Callable[[M], bool]) -> list[Heard[M]]:
    """Those in the frame that tell of it, and the last before it: a flood elsewhere is not looked at."""
    since = bisect_left(heard, frame.start, key=lambda one: frame.at(one.time))
    until = bisect_right(heard, frame.end, key=lambda one: frame.at(one.time))
    before = next((at for at in range(since - 1, -1, -1) if tells(heard[at].message)), since)
    return [one for one in heard[before:until] if tells(one.message)]


def _points(history: History, frame: Frame) -> list[str]:
    """The one that it is about; or those that were written meanwhile."""
    if frame.about is not None:
        return [frame.about]
    sent = (r for r in history.records if isinstance(r, Sent) and frame.start <= frame.at(r.time) <= frame.end)
    return list(dict.fromkeys(one.subject for r in sent for one in r.desired.values()))[:_MOST_POINTS]


def _with_kinds(told: Iterable[tuple[float, object]]) -> Iterator[tuple[float, str, SpanKind]]:
    for time, word in told:
        yield time, said(word), _kind(word)


def _kind(word: object) -> SpanKind:
    if isinstance(word, ValueState):
        return _KINDS.get(word, SpanKind.OTHER)
    return SpanKind.ABSENT if word is None else SpanKind.OTHER


def _distances(states: list[Heard[State]]) -> Iterator[tuple[float, str]]:
    """How long each came after the one before it."""
    for heard in states[:1]:
        yield heard.time, "first state"
    for before, heard in pairwise(states):
        yield heard.time, f"{heard.time - before.time:.1f} s later"


_KINDS = {
    ValueState.APPLIED: SpanKind.SETTLED,
    ValueState.UPDATING: SpanKind.PENDING,
    ValueState.FAILURE: SpanKind.FAILED,
    ValueState.INVALID: SpanKind.REFUSED,
    ValueState.OVERRIDDEN: SpanKind.HELD,
}
