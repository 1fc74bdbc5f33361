"""The meaning of UDMI messages, once decoded. Times are Unix seconds.

A field that is missing is None; a field that holds what it must not is `IllTyped`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from harness.payload.values import JSON, Field, IllTyped, PayloadProblem, Value


class ValueState(StrEnum):
    """How far a write to one point has come. UDMI 1.5, state of a point."""

    INITIALIZING = "initializing"
    APPLIED = "applied"
    UPDATING = "updating"
    OVERRIDDEN = "overridden"
    INVALID = "invalid"
    FAILURE = "failure"


class Mode(StrEnum):
    """The mode of the whole device. UDMI 1.5, system.operation.mode."""

    INITIAL = "initial"
    ACTIVE = "active"
    UPDATING = "updating"
    RESTART = "restart"
    TERMINATE = "terminate"
    SHUTDOWN = "shutdown"


@dataclass(frozen=True, slots=True)
class Status:
    """An entry: a condition, how grave it is, and since when. UDMI 1.5, entry."""

    message: Field[str] = None
    category: Field[str] = None
    level: Field[int] = None
    timestamp: Field[float] = None
    detail: Field[str] = None


@dataclass(frozen=True, slots=True)
class PointState:
    """A device's report of one point."""

    value_state: Field[ValueState] = None
    status: Field[Status] = None
    units: Field[str] = None


@dataclass(frozen=True, slots=True)
class PointsetState:
    """A device's report of its points, and the etag that names just this report."""

    etag: Field[str] = None
    points: Mapping[str, PointState] = field(default_factory=dict)
    status: Field[Status] = None


@dataclass(frozen=True, slots=True)
class SystemState:
    """A device's report of itself. `updating` is the documents' place for the flag, `mode` the schema's."""

    last_config: Field[float] = None
    operational: Field[bool] = None
    mode: Field[Mode] = None
    updating: Field[bool] = None
    serial_no: Field[str] = None
    make: Field[str] = None
    model: Field[str] = None
    software: Mapping[str, Field[str]] = field(default_factory=dict)
    status: Field[Status] = None
    last_start: Field[float] = None
    restart_count: Field[int] = None


@dataclass(frozen=True, slots=True)
class State:
    """A whole state: it replaces the one before. A block that is missing is None.

    `addresses`: of the device, by the network's family. `others` are what a device may add that the specification does
    not know; nobody reads them.
    """

    timestamp: Field[float] = None
    version: Field[str | int] = None
    system: SystemState | None = None
    pointset: PointsetState | None = None
    addresses: Mapping[str, Field[str]] = field(default_factory=dict)
    problems: tuple[PayloadProblem, ...] = field(default=(), compare=False)
    others: Mapping[str, JSON] = field(default_factory=dict, compare=False)

    @property
    def points(self) -> Mapping[str, PointState]:
        """Every point that is listed."""
        return self.pointset.points if self.pointset else {}

    @property
    def etag(self) -> Field[str]:
        """The etag, wherever this version of the rules keeps it."""
        return self.pointset.etag if self.pointset else None

    @property
    def last_config(self) -> Field[float]:
        """The timestamp of the config that the device worked on last."""
        return self.system.last_config if self.system else None

    @property
    def updating_flag(self) -> str | None:
        """The place that says that the device is updating: the documents have a flag, the schema has a mode."""
        if self.system is None:
            return None
        words = {"system.updating": self.system.updating is True, "operation.mode": self.system.mode is Mode.UPDATING}
        return " and ".join(word for word, is_set in words.items() if is_set) or None

    def point(self, name: str) -> PointState:
        """The report of the point; an empty one if it is not listed."""
        return self.points.get(name, PointState())


@dataclass(frozen=True, slots=True)
class PointConfig:
    """The cloud's part for one point. `others` are fields that the specification does not know.

    `ref`: the resource inside the device that the point stands for.
    """

    set_value: Field[Value] = None
    units: Field[str] = None
    stop_time: Field[float] = None
    others: Mapping[str, JSON] = field(default_factory=dict)
    cov_increment: Field[float] = None
    ref: Field[str] = None


@dataclass(frozen=True, slots=True)
class PointsetConfig:
    """The cloud's part for the points. `points` None: the device reports the points that it sees fit."""

    etag: Field[str] = None
    set_value_expiry: Field[float] = None
    sample_rate_sec: Field[float] = None
    points: Mapping[str, PointConfig] | None = None
    sample_limit_sec: Field[float] = None


@dataclass(frozen=True, slots=True)
class SystemConfig:
    """The cloud's part for the device itself. `metrics_rate_sec` 0: no metrics."""

    min_loglevel: Field[int] = None
    metrics_rate_sec: Field[float] = None
    mode: Field[Mode] = None


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of what the cloud wants: a config replaces the one before it.

    `unknown`: where a field stands that the specification does not know; those of a point are with the point.
    `localnet` and `gateway`: these two blocks as they are, empty where they are missing.
    """

    timestamp: Field[float] = None
    version: Field[str | int] = None
    pointset: PointsetConfig | None = None
    system: SystemConfig | None = None
    unknown: tuple[str, ...] = ()
    problems: tuple[PayloadProblem, ...] = field(default=(), compare=False)
    localnet: Mapping[str, JSON] = field(default_factory=dict)
    gateway: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Telemetry:
    """Readings of points: an event of the pointset."""

    timestamp: Field[float] = None
    version: Field[str | int] = None
    readings: Mapping[str, Field[Value]] = field(default_factory=dict)
    partial: Field[bool] = None
    problems: tuple[PayloadProblem, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class SystemEvent:
    """Log entries and metrics of a device. UDMI 1.5, events_system."""

    timestamp: Field[float] = None
    version: Field[str | int] = None
    entries: tuple[Status | IllTyped, ...] = ()
    metrics: Mapping[str, Field[float]] | None = None
    event_no: Field[int] = None
    problems: tuple[PayloadProblem, ...] = field(default=(), compare=False)


Message: TypeAlias = State | Config | Telemetry | SystemEvent
