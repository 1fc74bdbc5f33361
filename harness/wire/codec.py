"""Bytes to messages and back; the only place that knows where a field stands. Decoding never fails."""

import json
from typing import assert_never

from harness.wire.instant import rfc3339
from harness.wire.reader import Fields, read_object
from harness.wire.udmi import (
    JSON,
    Config,
    Field,
    Message,
    Mode,
    Odd,
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
    ValueState,
)

VERSION = "1.5.7"


def encode(message: Message) -> bytes:
    """The message as it goes over the wire; what is Odd goes out as it is."""
    return json.dumps(_plain(message), separators=(",", ":")).encode()


def decode_config(payload: bytes) -> Config:
    """A config, and what is wrong with it. UDMI 1.5, config."""
    problems: list[Problem] = []
    raw = read_object(payload, problems)
    pointset = raw.block("pointset")
    return Config(
        timestamp=raw.instant("timestamp"),
        version=raw.text("version"),
        pointset=_pointset_config(pointset) if pointset else None,
        problems=tuple(problems),
    )


def decode_state(payload: bytes) -> State:
    """A state, and what is wrong with it. UDMI 1.5, state."""
    problems: list[Problem] = []
    raw = read_object(payload, problems)
    system, pointset = raw.block("system"), raw.block("pointset")
    return State(
        timestamp=raw.instant("timestamp"),
        version=raw.text("version"),
        system=_system(system) if system else None,
        pointset=_pointset_state(pointset) if pointset else None,
        problems=tuple(problems),
    )


def decode_telemetry(payload: bytes) -> Telemetry:
    """Readings, and what is wrong with them. UDMI 1.5, events_pointset."""
    problems: list[Problem] = []
    raw = read_object(payload, problems)
    points = raw.block("points")
    return Telemetry(
        timestamp=raw.instant("timestamp"),
        version=raw.text("version"),
        readings=_readings(points) if points else {},
        partial=raw.flag("partial_update"),
        problems=tuple(problems),
    )


def _pointset_config(raw: Fields) -> PointsetConfig:
    points = raw.block("points")
    return PointsetConfig(
        etag=raw.text("state_etag"),
        set_value_expiry=raw.instant("set_value_expiry"),
        sample_rate_sec=raw.number("sample_rate_sec"),
        points={name: _point_config(points, name) for name in points.names()} if points else None,
    )


def _point_config(points: Fields, name: str) -> PointConfig:
    raw = points.block(name)
    if raw is None:
        return PointConfig()
    return PointConfig(
        set_value=raw.value("set_value"),
        units=raw.text("units"),
        stop_time=raw.instant("stop_time"),
        others=raw.others("set_value", "units", "stop_time"),
    )


def _system(raw: Fields) -> SystemState:
    hardware, operation, software = raw.block("hardware"), raw.block("operation"), raw.block("software")
    return SystemState(
        last_config=raw.instant("last_config"),
        operational=operation.flag("operational") if operation else None,
        mode=operation.word("mode", Mode) if operation else None,
        updating=raw.flag("updating"),
        serial_no=raw.text("serial_no"),
        make=hardware.text("make") if hardware else None,
        model=hardware.text("model") if hardware else None,
        software={name: software.text(name) for name in software.names()} if software else {},
        status=_status(raw),
    )


def _pointset_state(raw: Fields) -> PointsetState:
    points = raw.block("points")
    return PointsetState(
        etag=raw.text("state_etag"),
        points={name: _point_state(points, name) for name in points.names()} if points else {},
        status=_status(raw),
    )


def _point_state(points: Fields, name: str) -> PointState:
    raw = points.block(name)
    if raw is None:
        return PointState(value_state=points.odd(name))
    return PointState(raw.word("value_state", ValueState), _status(raw), raw.text("units"))


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


def _plain(message: Message) -> JSON:
    match message:
        case Config():
            return _object(
                timestamp=_time(message.timestamp),
                version=message.version,
                pointset=_plain_pointset_config(message.pointset) if message.pointset else None,
            )
        case State():
            return _object(
                timestamp=_time(message.timestamp),
                version=message.version,
                system=_plain_system(message.system) if message.system else None,
                pointset=_plain_pointset_state(message.pointset) if message.pointset else None,
            )
        case Telemetry():
            return _object(
                timestamp=_time(message.timestamp),
                version=message.version,
                points={name: _object(present_value=value) for name, value in message.readings.items()},
                partial_update=message.partial,
            )
        case _:
            assert_never(message)


def _plain_pointset_config(pointset: PointsetConfig) -> JSON:
    points: JSON = None
    if pointset.points is not None:
        points = {
            name: {**_object(set_value=p.set_value, units=p.units, stop_time=_time(p.stop_time)), **p.others}
            for name, p in pointset.points.items()
        }
    return _object(
        state_etag=pointset.etag,
        set_value_expiry=_time(pointset.set_value_expiry),
        sample_rate_sec=pointset.sample_rate_sec,
        points=points,
    )


def _plain_system(system: SystemState) -> JSON:
    return _object(
        serial_no=system.serial_no,
        last_config=_time(system.last_config),
        hardware=_object(make=system.make, model=system.model) or None,
        software=_object(**system.software) or None,
        operation=_object(operational=system.operational, mode=system.mode) or None,
        updating=system.updating,
        status=_plain_status(system.status),
    )


def _plain_pointset_state(pointset: PointsetState) -> JSON:
    points: JSON = {
        name: _object(value_state=p.value_state, units=p.units, status=_plain_status(p.status))
        for name, p in pointset.points.items()
    }
    return _object(state_etag=pointset.etag, points=points, status=_plain_status(pointset.status))


def _plain_status(status: Field[Status]) -> Odd | JSON:
    if not isinstance(status, Status):
        return status
    return _object(
        message=status.message,
        category=status.category,
        timestamp=_time(status.timestamp),
        level=status.level,
        detail=status.detail,
    )


def _time(instant: Field[float]) -> Odd | str | None:
    return rfc3339(instant) if isinstance(instant, int | float) else instant


def _object(**fields: Odd | JSON) -> dict[str, JSON]:
    """The fields that are there."""
    return {name: value.raw if isinstance(value, Odd) else value for name, value in fields.items() if value is not None}
