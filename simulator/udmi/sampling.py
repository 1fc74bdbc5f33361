"""When telemetry is due and what it holds: rates, limits, changes that are told of, changes that are coalesced."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from harness.payload.values import Field, Value
from harness.protocols.udmi.words.messages import Config, Telemetry

_UNTIL_A_CONFIG = 10.0  # seconds from one telemetry to the next before a config speaks of points
_DEFAULT_RATE = 300.0  # where a config leaves it open. UDMI 1.5, pointset
_NEVER = math.inf

Readings: TypeAlias = Mapping[str, Value]
Read: TypeAlias = Callable[[], Readings]


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace that a config asks for. `rate`: seconds between two complete telemetries; `limit`: between any two.

    `increments`: by how much a point must have changed to be told of before the next complete telemetry.
    """

    rate: float = _UNTIL_A_CONFIG
    limit: float = 0.0
    increments: Mapping[str, float] = field(default_factory=dict)


def rate(asked: Field[float]) -> float:
    """Absent or zero leaves it open; a negative one wants none at all."""
    if not isinstance(asked, int | float) or asked == 0:
        return _DEFAULT_RATE
    return asked if asked > 0 else _NEVER


def limit(asked: Field[float]) -> float:
    """Nothing is too close where a config does not say so."""
    return max(0.0, asked) if isinstance(asked, int | float) else 0.0


def is_told(shown: Value | None, value: Value, increment: float | None) -> bool:
    """Whether a point has changed enough to be told of; words and switches have no increment."""
    if increment is None or isinstance(shown, bool | str | None) or isinstance(value, bool | str):
        return False
    return shown != value and abs(value - shown) >= increment - _ROUNDING


def first_due(due: float, now: float, rate: float) -> float:
    """When the first complete telemetry under a new config is due, if it was due before; Unix seconds."""
    return _NEVER if rate == _NEVER else min(due, now + rate)


@dataclass(frozen=True, slots=True)
class Sampling:
    """Decisions about telemetry. Times are Unix seconds, spans are seconds."""

    rate: Callable[[Field[float]], float] = rate
    limit: Callable[[Field[float]], float] = limit
    pace: Callable[[Pace, Pace], Pace] = lambda _before, pace: pace
    first_due: Callable[[float, float, float], float] = first_due
    due_after: Callable[[float, float], float] = lambda now, rate: now + rate
    is_told: Callable[[Value | None, Value, float | None], bool] = is_told
    tells_of_any_change: bool = False  # though no config asked for it
    coalesced: Callable[[Readings, Readings], Readings] = lambda _waiting, changes: changes
    completes: Callable[[float, float], bool] = lambda complete_in, limit: complete_in < limit
    due_after_changes: Callable[[float, float], float] = lambda due, _now: due
    holds: Callable[[int, Readings], Readings] = lambda _number, readings: readings  # what is told by rate
    tells_of_write: bool = False  # though it changed nothing


class Sampler:
    """One device's telemetry: asked what is due whenever time has passed or something may have changed.

    `read` gives what every reported point shows at the moment.
    """

    def __init__(self, rules: Sampling, version: str | int) -> None:
        self._rules, self._version = rules, version
        self._pace = Pace()
        self._due = 0.0
        self._said_at = -_NEVER
        self._shown: Readings = {}
        self._waiting: Readings = {}
        self._number = 0  # of what was told by rate
        self._written = frozenset[str]()  # points that are told of whatever they show

    def take_up(self, config: Config, now: float) -> None:
        """From now on keep the pace of this config."""
        self._pace = self._rules.pace(self._pace, self._asked(config))
        self._due = self._rules.first_due(self._due, now, self._pace.rate)

    def pause(self, until: float) -> None:
        """The next complete telemetry is not due before then."""
        self._due = max(self._due, until)

    def write(self, names: Iterable[str]) -> None:
        """A config sets these points."""
        self._written = frozenset(names) if self._rules.tells_of_write else frozenset()

    def due(self, read: Read, now: float) -> Telemetry | None:
        """The telemetry that is due by now: all points, those that changed, or none."""
        changes = self._changes(read)
        if now < self._open_from:
            self._waiting = self._rules.coalesced(self._waiting, changes)
            return None
        held = self._rules.coalesced(self._waiting, changes)
        if now >= self._due or (changes and self._rules.completes(self._due - now, self._pace.limit)):
            self._due = self._rules.due_after(now, self._pace.rate)
            readings, self._number = read(), self._number + 1
            whole = {name: held.get(name, value) for name, value in readings.items()}
            told = self._rules.holds(self._number, whole)
            return self._told(told, now, partial=len(told) < len(whole))
        if not changes:
            return None
        self._due = self._rules.due_after_changes(self._due, now)
        return self._told(held, now, partial=True)

    def next(self, read: Read) -> float:
        """When something will be due, if nothing happens before; Unix seconds."""
        return self._open_from if self._changes(read) else max(self._due, self._open_from)

    def complete_in(self, now: float) -> float:
        """Seconds to the next complete telemetry."""
        return max(0.0, self._due - now)

    @property
    def _open_from(self) -> float:
        """From when on another telemetry may be sent."""
        return self._said_at + self._pace.limit

    def _asked(self, config: Config) -> Pace:
        if config.pointset is None:
            return Pace()
        points = config.pointset.points or {}
        return Pace(
            self._rules.rate(config.pointset.sample_rate_sec),
            self._rules.limit(config.pointset.sample_limit_sec),
            {
                name: point.cov_increment
                for name, point in points.items()
                if point.cov_increment is not None and isinstance(point.cov_increment, int | float)
            },
        )

    def _changes(self, read: Read) -> Readings:
        """The points that have changed enough since their last telemetry."""
        increments, told_of_any = self._pace.increments, self._rules.tells_of_any_change
        if not self._shown or self._pace.rate == _NEVER or not (increments or told_of_any):
            return {}
        return {
            name: value
            for name, value in read().items()
            if (name in self._written and name in increments)
            or (told_of_any and name not in increments and value != self._shown.get(name))
            or self._rules.is_told(self._shown.get(name), value, increments.get(name))
        }

    def _told(self, readings: Readings, now: float, *, partial: bool = False) -> Telemetry:
        self._said_at, self._waiting, self._written = now, {}, frozenset()
        self._shown = {**self._shown, **readings} if partial else readings
        return Telemetry(now, self._version, readings, partial=True if partial else None)


_ROUNDING = 1e-9  # what binary fractions lose on the way
