"""The evidence and the measurements of one judgement, for the report."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from math import isfinite

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Elapsed, Window

_ASIDE = ContextVar("aside", default=False)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, in seconds, against the window that it was held to; `latest` None: no later is too late."""

    what: str
    least: float
    most: float
    required: str
    earliest: float
    latest: float | None


@dataclass(frozen=True, slots=True)
class Due:
    """From when to when something had to happen, in Unix seconds of the record."""

    start: float
    end: float
    required: str


@dataclass(slots=True)
class Evidence:
    """Filled while a judgement runs. `places` are places in the record, counted from zero; each is named once."""

    measured: list[Measured] = field(default_factory=list)
    observed: list[str] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    _known: set[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """A run may rest on very many."""
        self._known = set(self.places)

    def measure(self, what: str, elapsed: Elapsed, window: Window) -> None:
        """Note a figure, unless a control is being looked at: that is not what the judgement is about."""
        if not _ASIDE.get():
            latest = window.latest if isfinite(window.latest) else None
            self.measured.append(Measured(what, elapsed.least, elapsed.most, str(window), window.earliest, latest))

    def awaits(self, window: Window, since: Stimulus, ends: float | None = None) -> None:
        """Note when something is due, unless for a control; `ends`: what closed the window before its time."""
        if not _ASIDE.get():
            start, end = since.earliest + window.earliest, since.earliest + window.latest
            end = end if ends is None else max(start, min(end, ends))
            self.due.append(Due(round(start, 6), round(end, 6), str(window)))

    def rests_on(self, *places: int) -> None:
        """These records decided."""
        for place in places:
            if place not in self._known:
                self._known.add(place)
                self.places.append(place)


@contextmanager
def aside() -> Iterator[None]:
    """Measurements made in here stay out of the evidence of every judgement."""
    token = _ASIDE.set(True)
    try:
        yield
    finally:
        _ASIDE.reset(token)
