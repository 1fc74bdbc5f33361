"""From bytes to messages, by one field layout. Decoding never fails."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import TypeVar

from harness.payload.fields import Fields, read_object
from harness.payload.values import JSON, Field, IllTyped, PayloadProblem, Value
from harness.protocols.udmi.words.field_layout import FieldLayout
from harness.protocols.udmi.words.messages import (
    Config,
    Mode,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    State,
    Status,
    SystemConfig,
    SystemEvent,
    SystemState,
    Telemetry,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Decoder:
    """Reads the messages of one spec; a field that the spec has no place for is not read."""

    layout: FieldLayout

    def config(self, payload: bytes) -> Config:
        """A config, and its problems."""
        problems: list[PayloadProblem] = []
        raw = read_object(payload, problems)
        blocks = _Blocks(raw)
        system, pointset = self._system_config(blocks), self._pointset_config(blocks)
        return Config(
            timestamp=raw.timestamp("timestamp"),
            version=self._version(raw),
            pointset=pointset,
            system=system,
            unknown=self._unknown(blocks),
            problems=tuple(problems),
            localnet=self._as_it_is(blocks, "localnet"),
            gateway=self._as_it_is(blocks, "gateway"),
        )

    def state(self, payload: bytes) -> State:
        """A state, and its problems."""
        problems: list[PayloadProblem] = []
        raw = read_object(payload, problems)
        blocks = _Blocks(raw)
        system, pointset, addresses = self._system(blocks), self._pointset_state(blocks), self._addresses(blocks)
        return State(
            timestamp=raw.timestamp("timestamp"),
            version=self._version(raw),
            system=system,
            pointset=pointset,
            addresses=addresses,
            problems=tuple(problems),
        )

    def telemetry(self, payload: bytes) -> Telemetry:
        """Readings, and their problems."""
        problems: list[PayloadProblem] = []
        raw = read_object(payload, problems)
        points = raw.block("points")
        return Telemetry(
            timestamp=raw.timestamp("timestamp"),
            version=self._version(raw),
            readings=_readings(points) if points else {},
            partial=raw.flag(self.layout.partial) if self.layout.partial else None,
            problems=tuple(problems),
        )

    def system_event(self, payload: bytes) -> SystemEvent:
        """Log entries and metrics, and their problems."""
        problems: list[PayloadProblem] = []
        raw = read_object(payload, problems)
        metrics = raw.block("metrics")
        return SystemEvent(
            timestamp=raw.timestamp("timestamp"),
            version=self._version(raw),
            entries=tuple(item if isinstance(item, IllTyped) else _entry(item) for item in raw.blocks("logentries")),
            metrics={name: metrics.number(name) for name in metrics.names()} if metrics else None,
            event_no=raw.whole("event_no"),
            problems=tuple(problems),
        )

    def _unknown(self, blocks: "_Blocks") -> tuple[str, ...]:
        """The fields of a config that the spec does not know; those of a point are kept with the point."""
        known = {path: (*names, *self._etag_in(path)) for path, names in _OF_A_CONFIG.items()}
        there = ((blocks.at(path), names) for path, names in known.items())
        return tuple(place for block, names in there if block for place in block.unknown(*names))

    def _as_it_is(self, blocks: "_Blocks", name: str) -> dict[str, JSON]:
        block = blocks.at(name) if self.layout.has_wiring else None
        return block.others() if block else {}

    def _etag_in(self, path: str) -> tuple[str, ...]:
        block, _, name = (self.layout.config_etag or "").rpartition(".")
        return (name,) if block == path else ()

    def _version(self, raw: Fields) -> Field[str | int]:
        return raw.whole("version") if isinstance(self.layout.version, int) else raw.text("version")

    def _system_config(self, blocks: "_Blocks") -> SystemConfig | None:
        raw = blocks.at("system")
        if raw is None:
            return None
        return SystemConfig(
            min_loglevel=raw.whole("min_loglevel"),
            metrics_rate_sec=raw.number("metrics_rate_sec"),
            mode=blocks.read(self.layout.mode, lambda fields, name: fields.word(name, Mode)),
        )

    def _pointset_config(self, blocks: "_Blocks") -> PointsetConfig | None:
        """An etag that stands elsewhere in the config is read with the pointset that it is for."""
        raw = blocks.at("pointset")
        if raw is None:
            return None
        points = raw.block("points")
        return PointsetConfig(
            etag=blocks.read(self.layout.config_etag, Fields.text),
            set_value_expiry=blocks.read(self.layout.expiry, Fields.timestamp),
            sample_rate_sec=raw.number("sample_rate_sec"),
            points={intern(name): self._point_config(one) for name, one in points.each()} if points else None,
            sample_limit_sec=raw.number("sample_limit_sec"),
        )

    def _point_config(self, raw: Fields | IllTyped) -> PointConfig:
        if isinstance(raw, IllTyped) or raw.is_empty:
            return _NOTHING_ASKED
        names = self.layout
        return PointConfig(
            set_value=raw.value(names.set_value),
            units=raw.text("units"),
            stop_time=raw.timestamp(names.stop_time) if names.stop_time else None,
            cov_increment=raw.number(names.cov_increment),
            others=raw.others("ref", names.set_value, "units", names.stop_time or "", names.cov_increment),
            ref=raw.text("ref"),
        )

    def _system(self, blocks: "_Blocks") -> SystemState | None:
        raw = blocks.at("system")
        if raw is None:
            return None
        places = self.layout
        software = blocks.at(places.software)
        return SystemState(
            last_config=raw.timestamp("last_config"),
            operational=blocks.read(places.operational, Fields.flag),
            mode=blocks.read(places.mode, lambda fields, name: fields.word(name, Mode)),
            updating=blocks.read(places.updating, Fields.flag),
            serial_no=raw.text("serial_no"),
            make=blocks.read(places.make, Fields.text),
            model=blocks.read(places.model, Fields.text),
            software={name: software.text(name) for name in software.names()} if software else {},
            status=_status(raw),
            last_start=blocks.read(places.last_start, Fields.timestamp),
            restart_count=blocks.read(places.restart_count, Fields.whole),
        )

    def _addresses(self, blocks: "_Blocks") -> dict[str, Field[str]]:
        """By family; one without an address has nothing there."""
        raw = blocks.at(self.layout.families) if self.layout.families else None
        families = {name: raw.block(name) for name in raw.names()} if raw else {}
        return {name: family.text("addr") for name, family in families.items() if family}

    def _pointset_state(self, blocks: "_Blocks") -> PointsetState | None:
        """An etag that stands elsewhere in the state is read with the pointset that it names."""
        raw = blocks.at("pointset")
        if raw is None:
            return None
        points = raw.block("points")
        return PointsetState(
            etag=blocks.read(self.layout.state_etag, Fields.text),
            points=self._point_states(points) if points else {},
            status=_status(raw),
        )

    def _point_states(self, points: Fields) -> dict[str, PointState]:
        return {
            intern(name): _at_rest(one) if isinstance(one, str) else self._point_state(one)
            for name, one in points.each_or_its_text("units")
        }

    def _point_state(self, raw: Fields | IllTyped) -> PointState:
        if isinstance(raw, IllTyped):
            return PointState(value_state=raw)
        value_state = raw.word(self.layout.value_state, self.layout.words)
        return PointState(value_state, _status(raw), raw.text("units"))


@lru_cache(100)
def _at_rest(units: str) -> PointState:
    """The one object for what most points say most of the time: a device may have thousands."""
    return PointState(units=units)


class _Blocks:
    """The blocks of one message by their dotted paths, each read once, so that a problem is listed once."""

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
    return parent.ill_typed("status") if raw is None else _entry(raw)


def _entry(raw: Fields) -> Status:
    return Status(
        message=raw.text("message"),
        category=raw.text("category"),
        level=raw.whole("level"),
        timestamp=raw.timestamp("timestamp"),
        detail=raw.text("detail"),
    )


def _readings(points: Fields) -> dict[str, Field[Value]]:
    return {intern(name): value for name, value in points.each_value("present_value")}


_NOTHING_ASKED = PointConfig()

# The fields of a config in UDMI 1.5, block by block.
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
