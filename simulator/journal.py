"""What a device writes down for the cloud: log entries and metrics. UDMI 1.5, events_system."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.wire.udmi import Field, Status, SystemConfig, SystemEvent

DEBUG, NOTICE, ERROR = 100, 300, 500
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
    """The decisions of a journal. `gathers_for`: seconds that an entry waits for others to go with it."""

    entry: Callable[[Status], Status | None] = lambda entry: entry
    least_level: Callable[[Field[int]], int] = least_level
    metrics_rate: Callable[[Field[float]], float | None] = metrics_rate
    metrics: Callable[[float], Mapping[str, Field[float]] | None] = metrics
    number: Callable[[int], int | None] = lambda count: count
    told: Callable[[SystemEvent], SystemEvent] = lambda event: event
    gathers_for: float = 0.0


class Journal:
    """Entries are kept until they are due, and go out together."""

    def __init__(self, writing: Writing, version: str | int) -> None:
        self._writing, self._version = writing, version
        self._entries: list[Status] = []
        self._entries_at: float | None = None
        self._metrics_at: float | None = None
        self._count = 0
        self._config = SystemConfig()

    def follow(self, config: SystemConfig | None, now: float) -> None:
        """From now on, as this config wants it."""
        before, self._config = self._config, config or SystemConfig()
        rate = self._rate
        if rate is None:
            self._metrics_at = None
        elif self._metrics_at is None or before.metrics_rate_sec != self._config.metrics_rate_sec:
            self._metrics_at = now + rate

    def note(self, entries: list[Status], now: float, *, last: bool = False) -> None:
        """Write down what is grave enough. `last`: there will be no time for others to come."""
        least = self._writing.least_level(self._config.min_loglevel)
        for known in entries:
            entry = self._writing.entry(known)
            if entry and isinstance(entry.level, int) and entry.level >= least:
                self._entries.append(entry)
        if self._entries and (last or self._entries_at is None):
            self._entries_at = now + (0.0 if last else self._writing.gathers_for)

    def event(self, now: float) -> SystemEvent | None:
        """What is to be told by now, if anything is."""
        entries: tuple[Status, ...] = ()
        figures = None
        if self._entries_at is not None and now >= self._entries_at:
            entries, self._entries, self._entries_at = tuple(self._entries), [], None
        if self._metrics_at is not None and now >= self._metrics_at:
            figures, self._metrics_at = self._writing.metrics(now), now + (self._rate or _METRICS_RATE)
        if not entries and figures is None:
            return None
        self._count += 1
        event = SystemEvent(now, self._version, entries, figures, self._writing.number(self._count))
        return self._writing.told(event)

    @property
    def next(self) -> float | None:
        """When there will be something to tell."""
        return min((at for at in (self._entries_at, self._metrics_at) if at is not None), default=None)

    @property
    def _rate(self) -> float | None:
        return self._writing.metrics_rate(self._config.metrics_rate_sec)
