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
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    Problem,
    State,
    Status,
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
        pointset = self._pointset_config(_Blocks(raw))
        return Config(
            timestamp=raw.instant("timestamp"),
            version=self._version(raw),
            pointset=pointset,
            problems=tuple(problems),
        )

    def state(self, payload: bytes) -> State:
        """A state, and what is wrong with it."""
        problems: list[Problem] = []
        raw = read_object(payload, problems)
        blocks = _Blocks(raw)
        system, pointset = self._system(blocks), self._pointset_state(blocks)
        return State(
            timestamp=raw.instant("timestamp"),
            version=self._version(raw),
            system=system,
            pointset=pointset,
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

    def _version(self, raw: Fields) -> Field[str | int]:
        return raw.whole("version") if isinstance(self.dialect.version, int) else raw.text("version")

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
        )

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
    if raw is None:
        return parent.odd("status")
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
