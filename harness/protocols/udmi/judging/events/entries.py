"""Log entries, each with the moment at which it was written down: by its own stamp, and by how far the clock is off.

A device may gather its entries for a minute, so when one comes says little of what it is about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from harness.payload.values import Field
from harness.protocols.udmi.judging.decoded import DECODED
from harness.protocols.udmi.judging.heard import Heard, HeardAs
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import Status, SystemEvent
from harness.protocols.udmi.words.said import said

_A_STAMP, _A_SECOND = 0.002, 1.0  # seconds that a stamp leaves out; and one that knows no fractions
_A_WHILE = 120.0  # seconds: no device gathers its entries for longer
_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Made:
    """No sooner, and no later: Unix seconds, by our clock."""

    earliest: float
    latest: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the entries of the event in which it came. `made` None: nobody can tell when it was written down.

    What it says is looked up in the event, as a flood may have any number of them.
    """

    event: Heard[SystemEvent]
    number: int
    clock: "_Clock"
    made: Made | None = None
    is_of_no_clock: bool = False  # it is stamped as by a device that does not know the time yet

    @property
    def time(self) -> float:
        """When it came, in Unix seconds."""
        return self.event.time

    @property
    def place(self) -> int:
        """The place of its event."""
        return self.event.place

    @property
    def message(self) -> Status:
        """The entry's message."""
        entry = self.event.message.entries[self.number]
        assert isinstance(entry, Status), "no other is numbered"  # noqa: S101 - ours
        return entry

    @property
    def unknown(self) -> str:
        """Why nobody can tell when it was written down; empty where that is known."""
        made = self.clock.made(self.time, self.message)
        return made if isinstance(made, str) else ""

    def is_made(self, since: float, until: float) -> bool:
        """Whether it may have been written down between the two."""
        return self.made is not None and self.made.latest >= since and self.made.earliest <= until


@dataclass(frozen=True, slots=True)
class _Clock:
    """Seconds by which the device's is ahead of ours, no less and no more; None: nothing tells. `stamp`: of entries."""

    least: float | None
    most: float
    stamp: float
    strange: str = ""

    def made(self, time: float, entry: Status) -> Made | str:
        """When an entry that came at that time was; or why nobody can tell."""
        stamp = entry.timestamp
        if not isinstance(stamp, int | float):
            return f"the timestamp of its entry {said(entry.category)} is {said(stamp)}"
        if self.least is None:
            return "no state and no telemetry had a timestamp, so how far the device's clock is off is not known"
        if self.strange:
            return self.strange
        if self.is_unset(time, entry):
            return f"its entry {said(entry.category)} is stamped as by a clock that was not set"
        return Made(stamp - self.most, min(time, stamp + self.stamp - self.least))

    def is_unset(self, time: float, entry: Status) -> bool:
        """Whether the entry is of days ago, or of a time to come."""
        stamp = entry.timestamp
        return isinstance(stamp, int | float) and self.least is not None and abs(time - stamp + self.least) > _A_DAY


def entries_of(history: History) -> Sequence[Entry]:
    """All of the episode and all that came later in the run, in the order of their stamps."""
    events = _events(history)
    clock = _clock(history, events)
    entries = [
        Entry(event, number, clock, _known(clock.made(event.time, one)), clock.is_unset(event.time, one))
        for event in events
        for number, one in _in_order(event.message)
    ]
    return sorted(entries, key=lambda entry: entry.made.earliest if entry.made else entry.time)


def _known(made: Made | str) -> Made | None:
    return None if isinstance(made, str) else made


def longest_wait(entries: Iterable[Entry]) -> float:
    """Seconds that an entry surely waited in the device, at most, before it was sent.

    One that is older than any device gathers was kept, over a start or a time without a connection.
    """
    waits = (entry.time - entry.made.latest for entry in entries if entry.made)
    return round(max((wait for wait in waits if wait < _A_WHILE), default=0.0), 6)


def _events(history: History) -> Sequence[Heard[SystemEvent]]:
    look = partial(DECODED.of, decode=history.codec.decode_system_event)
    later = [HeardAs(record, place, look) for place, record in history.afterwards.messages]
    return [*history.events, *later]


def _in_order(event: SystemEvent) -> list[tuple[int, Status]]:
    """With their numbers, oldest first: a device that lists its newest first shows it by its stamps."""
    entries = [(number, entry) for number, entry in enumerate(event.entries) if isinstance(entry, Status)]
    stamps = [entry.timestamp for _, entry in entries if isinstance(entry.timestamp, int | float)]
    falls = any(later < before for before, later in pairwise(stamps))
    rises = any(later > before for before, later in pairwise(stamps))
    return entries[::-1] if falls and not rises else entries


def _clock(history: History, events: Sequence[Heard[SystemEvent]]) -> _Clock:
    """By what its messages are stamped with: the one that came fastest tells."""
    messages: list[tuple[Field[float], float]] = [
        *((heard.message.timestamp, heard.time) for heard in history.states),
        *((heard.message.timestamp, heard.time) for heard in history.telemetry),
        *((heard.message.timestamp, heard.time) for heard in history.events),
    ]
    known = [(stamp, time) for stamp, time in messages if isinstance(stamp, int | float)]
    if not known:
        return _Clock(None, 0.0, 0.0)
    newest = max(stamp - time for stamp, time in known)
    rounding = _resolution(stamp for stamp, _ in known)
    stamps = ((one.timestamp, event.time) for event in events for _, one in _in_order(event.message))
    own = [(stamp, time) for stamp, time in stamps if isinstance(stamp, int | float)]
    resolution = _resolution(stamp for stamp, _ in own)
    most = newest + history.allowance + rounding
    return _Clock(newest - _A_STAMP, most, resolution, _strange(history, own, newest, most + resolution))


def _strange(history: History, own: Sequence[tuple[float, float]], newest: float, most: float) -> str:
    """That entries are stamped by another clock than messages are, if they are: after they came, or long before."""
    soon = [stamp - time for stamp, time in own if time <= history.closed.time + _A_WHILE]
    if soon and max(soon) > most:
        return f"its entries are stamped {max(soon) - newest:.0f} s after they came, by the clock of its messages"
    if soon and -_A_DAY < max(soon) - newest < -_A_WHILE:
        return f"its entries are stamped {newest - max(soon):.0f} s before they came, every one of them"
    return ""


def _resolution(stamps: Iterable[float]) -> float:
    return _A_SECOND if all(stamp == int(stamp) for stamp in stamps) else _A_STAMP
