"""From bytes to messages, in one dialect. It never fails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from harness.wire.dialect import Dialect
from harness.wire.reader import Fields, read_object
from harness.wire.udmi import (
    Config,
    Field,
    Mode,
    Odd,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    Problem,
    State,
    Status,
    SystemConfig,
    SystemEvent,
    SystemState,
    Telemetry,
    Value,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads the messages of one spec; a field that the spec has no place for is not read."""

    dialect: Dialect

    def config(self, payload: bytes) -> Config:
        """A config, and what is wrong with it."""
        problems: list[Problem] = []
        raw = read_object(payload, problems)
        blocks = _Blocks(raw)
        system, pointset = self._system_config(blocks), self._pointset_config(blocks)
        return Config(
            timestamp=raw.instant("timestamp"),
            version=self._version(raw),
            pointset=pointset,
            system=system,
            unknown=self._unknown(blocks),
            problems=tuple(problems),
        )

    def state(self, payload: bytes) -> State:
        """A state, and what is wrong with it."""
        problems: list[Problem] = []
        raw = read_object(payload, problems)
        blocks = _Blocks(raw)
        system, pointset, addresses = self._system(blocks), self._pointset_state(blocks), self._addresses(blocks)
        return State(
            timestamp=raw.instant("timestamp"),
            version=self._version(raw),
            system=system,
            pointset=pointset,
            addresses=addresses,
            problems=tuple(problems),
        )

    def telemetry(self, payload: bytes) -> Telemetry:
        """Readings, and what is wrong with them."""
        problems: list[Problem] = []
        raw = read_object(payload, problems)
        points = raw.block("points")
        return Telemetry(
            timestamp=raw.instant("timestamp"),
            version=self._version(raw),
            readings=_readings(points) if points else {},
            partial=raw.flag(self.dialect.partial) if self.dialect.partial else None,
            problems=tuple(problems),
        )

    def system_event(self, payload: bytes) -> SystemEvent:
        """Log entries and metrics, and what is wrong with them."""
        problems: list[Problem] = []
        raw = read_object(payload, problems)
        metrics = raw.block("metrics")
        return SystemEvent(
            timestamp=raw.instant("timestamp"),
            version=self._version(raw),
            entries=tuple(item if isinstance(item, Odd) else _entry(item) for item in raw.blocks("logentries")),
            metrics={name: metrics.number(name) for name in metrics.names()} if metrics else None,
            event_no=raw.whole("event_no"),
            problems=tuple(problems),
        )

    def _unknown(self, blocks: "_Blocks") -> tuple[str, ...]:
        """The fields of a config that the spec does not know; those of a point are kept with the point."""
        known = {path: (*names, *self._etag_in(path)) for path, names in _OF_A_CONFIG.items()}
        there = ((blocks.at(path), names) for path, names in known.items())
        return tuple(place for block, names in there if block for place in block.unknown(*names))

    def _etag_in(self, path: str) -> tuple[str, ...]:
        block, _, name = (self.dialect.config_etag or "").rpartition(".")
        return (name,) if block == path else ()

    def _version(self, raw: Fields) -> Field[str | int]:
        return raw.whole("version") if isinstance(self.dialect.version, int) else raw.text("version")

    def _system_config(self, blocks: "_Blocks") -> SystemConfig | None:
        raw = blocks.at("system")
        if raw is None:
            return None
        return SystemConfig(
            min_loglevel=raw.whole("min_loglevel"),
            metrics_rate_sec=raw.number("metrics_rate_sec"),
            mode=blocks.read(self.dialect.mode, lambda fields, name: fields.word(name, Mode)),
        )

    def _pointset_config(self, blocks: "_Blocks") -> PointsetConfig | None:
        """An etag that stands elsewhere in the config is read with the pointset that it is for."""
        raw = blocks.at("pointset")
        if raw is None:
            return None
        points = raw.block("points")
        return PointsetConfig(
            etag=blocks.read(self.dialect.config_etag, Fields.text),
            set_value_expiry=blocks.read(self.dialect.expiry, Fields.instant),
            sample_rate_sec=raw.number("sample_rate_sec"),
            points={name: self._point_config(points, name) for name in points.names()} if points else None,
            sample_limit_sec=raw.number("sample_limit_sec"),
        )

    def _point_config(self, points: Fields, name: str) -> PointConfig:
        raw = points.block(name)
        if raw is None:
            return PointConfig()
        names = self.dialect
        return PointConfig(
            set_value=raw.value(names.set_value),
            units=raw.text("units"),
            stop_time=raw.instant(names.stop_time) if names.stop_time else None,
            cov_increment=raw.number(names.cov_increment),
            others=raw.others(names.set_value, "units", names.stop_time or "", names.cov_increment),
        )

    def _system(self, blocks: "_Blocks") -> SystemState | None:
        raw = blocks.at("system")
        if raw is None:
            return None
        places = self.dialect
        software = blocks.at(places.software)
        return SystemState(
            last_config=raw.instant("last_config"),
            operational=blocks.read(places.operational, Fields.flag),
            mode=blocks.read(places.mode, lambda fields, name: fields.word(name, Mode)),
            updating=blocks.read(places.updating, Fields.flag),
            serial_no=raw.text("serial_no"),
            make=blocks.read(places.make, Fields.text),
            model=blocks.read(places.model, Fields.text),
            software={name: software.text(name) for name in software.names()} if software else {},
            status=_status(raw),
            last_start=blocks.read(places.last_start, Fields.instant),
            restart_count=blocks.read(places.restart_count, Fields.whole),
        )

    def _addresses(self, blocks: "_Blocks") -> dict[str, Field[str]]:
        """By family; one without an address has nothing there."""
        raw = blocks.at(self.dialect.families) if self.dialect.families else None
        families = {name: raw.block(name) for name in raw.names()} if raw else {}
        return {name: family.text("addr") for name, family in families.items() if family}

    def _pointset_state(self, blocks: "_Blocks") -> PointsetState | None:
        """An etag that stands elsewhere in the state is read with the pointset that it names."""
        raw = blocks.at("pointset")
        if raw is None:
            return None
        points = raw.block("points")
        return PointsetState(
            etag=blocks.read(self.dialect.state_etag, Fields.text),
            points={name: self._point_state(points, name) for name in points.names()} if points else {},
            status=_status(raw),
        )

    def _point_state(self, points: Fields, name: str) -> PointState:
        raw = points.block(name)
        if raw is None:
            return PointState(value_state=points.odd(name))
        value_state = raw.word(self.dialect.value_state, self.dialect.words)
        return PointState(value_state, _status(raw), raw.text("units"))


class _Blocks:
    """The blocks of one message by their dotted paths, each read once: what is amiss with one is listed once."""

    def __init__(self, root: Fields) -> None:
        self._known: dict[str, Fields | None] = {"": root}

    def at(self, path: str) -> Fields | None:
        """The block; None where it is missing, or is none and has been listed."""
        if path not in self._known:
            above, _, name = path.rpartition(".")
            parent = self.at(above)
            self._known[path] = parent.block(name) if parent else None
        return self._known[path]

    def read(self, place: str | None, how: Callable[[Fields, str], Field[T]]) -> Field[T]:
        """The field at the place, if the spec has one and its block is there."""
        if place is None:
            return None
        path, _, name = place.rpartition(".")
        block = self.at(path)
        return how(block, name) if block else None


def _status(parent: Fields) -> Field[Status]:
    raw = parent.block("status")
    return parent.odd("status") if raw is None else _entry(raw)


def _entry(raw: Fields) -> Status:
    return Status(
        message=raw.text("message"),
        category=raw.text("category"),
        level=raw.whole("level"),
        timestamp=raw.instant("timestamp"),
        detail=raw.text("detail"),
    )


def _readings(points: Fields) -> dict[str, Field[Value]]:
    readings: dict[str, Field[Value]] = {}
    for name in points.names():
        raw = points.block(name)
        readings[name] = raw.value("present_value") if raw else points.odd(name)
    return readings


# What UDMI 1.5 knows in a config, block by block.
_OF_A_CONFIG = {
    "": (
        *("timestamp", "version", "downgraded_from"),
        *("system", "gateway", "discovery", "localnet", "blobset", "alarmset", "pointset"),
    ),
    "system": ("min_loglevel", "metrics_rate_sec", "operation", "testing"),
    "pointset": (
        *("timestamp", "version", "state_etag", "set_value_expiry", "points"),
        *("sample_rate_sec", "sample_limit_sec"),
    ),
}
