"""The log of a device: entries and metrics for the cloud. UDMI 1.5, events_system."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import Status, SystemConfig, SystemEvent
from simulator.udmi.deadlines import NEVER, Deadlines

DEBUG, NOTICE, ERROR = 100, 300, 500
_ENTRIES, _METRICS = "entries", "metrics"  # what is due
_LEAST = 300  # the level that is sent where a config leaves it open. UDMI 1.5, config_system
_METRICS_RATE = 10.0  # seconds, likewise


def started(now: float) -> list[Status]:
    """The device is up, and at work."""
    return [
        Status("System started", "system.base.start", NOTICE, now),
        Status("System ready", "system.base.ready", NOTICE, now),
    ]


def stopping(now: float) -> list[Status]:
    """The device is about to be down."""
    return [Status("System shuts down", "system.base.shutdown", NOTICE, now)]


def taken_in(now: float) -> list[Status]:
    """A config came, was understood and put into force."""
    return [
        Status("Config received", "system.config.receive", DEBUG, now),
        Status("Config parsed", "system.config.parse", DEBUG, now),
        Status("Config applied", "system.config.apply", NOTICE, now),
    ]


def given_up(why: str, now: float) -> list[Status]:
    """A config came that cannot be worked on."""
    return [
        Status("Config received", "system.config.receive", DEBUG, now),
        Status(f"Config not understood: {why}", "system.config.parse", ERROR, now),
    ]


def least_level(wanted: Field[int]) -> int:
    """Entries below it are not sent."""
    return wanted if isinstance(wanted, int) else _LEAST


def metrics_rate(wanted: Field[float]) -> float | None:
    """Seconds between metrics; None: there are none."""
    if isinstance(wanted, int | float):
        return wanted if wanted > 0 else None
    return _METRICS_RATE


def metrics(now: float) -> Mapping[str, Field[float]]:
    """How much there is of what. The load follows the clock, so that no two are the same."""
    return {
        "mem_total_mb": 64.0,
        "mem_free_mb": 32.0,
        "store_total_mb": 512.0,
        "store_free_mb": 400.0,
        "system_load": round(now % 1000 / 1000, 3),
    }


@dataclass(frozen=True, slots=True)
class Writing:
    """The decisions of a journal. `gathers_for`: seconds that an entry waits for others to go with it.

    `writes_after`: seconds until it is written down at all, where a config asks for that level.
    """

    entry: Callable[[Status], Status | None] = lambda entry: entry
    least_level: Callable[[Field[int]], int] = least_level
    metrics_rate: Callable[[Field[float]], float | None] = metrics_rate
    metrics: Callable[[float], Mapping[str, Field[float]] | None] = metrics
    number: Callable[[int], int | None] = lambda count: count
    told: Callable[[SystemEvent], SystemEvent] = lambda event: event
    gathers_for: float = 0.0
    writes_after: Callable[[Field[int]], float] = lambda _wanted: 0.0


class DeviceJournal:
    """Entries are kept until they are due, and go out together."""

    def __init__(self, writing: Writing, version: str | int) -> None:
        self._writing, self._version = writing, version
        self._entries: list[tuple[float, Status]] = []  # and when they are written
        self._due = Deadlines[str]()
        self._count = 0
        self._config = SystemConfig()

    def follow(self, config: SystemConfig | None, now: float) -> None:
        """From now on, as this config wants it."""
        before, self._config = self._config, config or SystemConfig()
        rate = self._rate
        if rate is None:
            self._due.set(_METRICS, NEVER)
        elif _METRICS not in self._due or before.metrics_rate_sec != self._config.metrics_rate_sec:
            self._due.set(_METRICS, now + rate)

    def note(self, entries: list[Status], now: float, *, last: bool = False) -> None:
        """Write down what is grave enough. `last`: there will be no time for others to come."""
        least = self._writing.least_level(self._config.min_loglevel)
        written = now + (0.0 if last else self._writing.writes_after(self._config.min_loglevel))
        for known in entries:
            entry = self._writing.entry(known)
            if entry and isinstance(entry.level, int) and entry.level >= least:
                stamped = entry if entry.timestamp is None or written == now else replace(entry, timestamp=written)
                self._entries.append((written, stamped))
        if self._entries and (last or _ENTRIES not in self._due):
            self._due.set(_ENTRIES, written + (0.0 if last else self._writing.gathers_for))

    def event(self, now: float) -> SystemEvent | None:
        """The event that is due by now, if there is one."""
        if now < self._due.first:
            return None
        entries: tuple[Status, ...] = ()
        figures = None
        if now >= self._due.at(_ENTRIES):
            entries = tuple(entry for written, entry in self._entries if written <= now)
            self._entries = [(written, entry) for written, entry in self._entries if written > now]
            self._due.set(_ENTRIES, self._entries[0][0] + self._writing.gathers_for if self._entries else NEVER)
        if now >= self._due.at(_METRICS):
            figures = self._writing.metrics(now)
            self._due.set(_METRICS, now + (self._rate or _METRICS_RATE))
        if not entries and figures is None:
            return None
        self._count += 1
        event = SystemEvent(now, self._version, entries, figures, self._writing.number(self._count))
        return self._writing.told(event)

    @property
    def next(self) -> float:
        """When there will be something to tell; NEVER without entries and metrics."""
        return self._due.first

    @property
    def _rate(self) -> float | None:
        return self._writing.metrics_rate(self._config.metrics_rate_sec)
