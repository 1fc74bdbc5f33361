"""From messages to bytes, by one field layout."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from harness.payload.timestamps import rfc3339
from harness.payload.values import JSON, Field, IllTyped, Value
from harness.protocols.udmi.words.field_layout import FieldLayout
from harness.protocols.udmi.words.messages import (
    Config,
    Message,
    PointConfig,
    PointsetState,
    PointState,
    State,
    Status,
    SystemConfig,
    SystemEvent,
    SystemState,
    Telemetry,
    ValueState,
)


@dataclass(frozen=True, slots=True)
class Encoder:
    """Writes the messages of one spec; what the spec has no place for does not go out."""

    layout: FieldLayout

    def encode(self, message: Message) -> bytes:
        """The message as it goes over the wire; what is ill-typed goes out as it is.

        Raises ValueError for a number that JSON does not have.
        """
        return json.dumps(self._plain(message), separators=(",", ":"), allow_nan=False).encode()

    def _plain(self, message: Message) -> JSON:
        plain: dict[str, JSON] = _object(timestamp=_time(message.timestamp), version=message.version)
        match message:
            case Config():
                self._put_config(plain, message)
                self._put_wiring(plain, message)
            case State():
                self._put_system(plain, message.system)
                self._put_pointset(plain, message.pointset)
                self._put_addresses(plain, message.addresses)
                plain |= message.others
            case Telemetry():
                plain |= _object(points={name: _plain_reading(value) for name, value in message.readings.items()})
                _put(plain, self.layout.partial, message.partial)
            case SystemEvent():
                plain |= _plain_event(message)
            case _:
                assert_never(message)
        return plain

    def _put_config(self, plain: dict[str, JSON], config: Config) -> None:
        pointset, places = config.pointset, self.layout
        self._put_system_config(plain, config.system or SystemConfig())
        if pointset is None:
            return
        _put(plain, places.config_etag, pointset.etag)
        block = _inner(plain, "pointset")
        _put(plain, places.expiry, _time(pointset.set_value_expiry))
        rate, limit = _whole(pointset.sample_rate_sec), _whole(pointset.sample_limit_sec)
        block |= _object(sample_rate_sec=rate, sample_limit_sec=limit)
        if pointset.points is not None:
            block["points"] = {name: self._plain_point(point) for name, point in pointset.points.items()}

    def _put_wiring(self, plain: dict[str, JSON], config: Config) -> None:
        if self.layout.has_wiring:
            plain |= _object(localnet=dict(config.localnet) or None, gateway=dict(config.gateway) or None)

    def _put_system_config(self, plain: dict[str, JSON], system: SystemConfig) -> None:
        _put(plain, "system.min_loglevel", system.min_loglevel)
        _put(plain, "system.metrics_rate_sec", _whole(system.metrics_rate_sec))
        _put(plain, self.layout.mode, system.mode)

    def _plain_point(self, point: PointConfig) -> JSON:
        if point == _NOTHING_ASKED:
            return {}
        plain: dict[str, JSON] = {}
        _put(plain, "ref", point.ref)
        _put(plain, self.layout.set_value, point.set_value)
        _put(plain, "units", point.units)
        _put(plain, self.layout.stop_time, _time(point.stop_time))
        _put(plain, self.layout.cov_increment, _whole(point.cov_increment))
        return {**plain, **point.others}

    def _put_system(self, plain: dict[str, JSON], system: SystemState | None) -> None:
        if system is None:
            return
        places, block = self.layout, _inner(plain, "system")
        block |= _object(serial_no=system.serial_no, last_config=_time(system.last_config))
        _put(plain, places.make, system.make)
        _put(plain, places.model, system.model)
        for name, text in system.software.items():
            _inner(plain, places.software).update(_object(**{name: text}))
        _put(plain, places.operational, system.operational)
        _put(plain, places.mode, system.mode)
        _put(plain, places.last_start, _time(system.last_start))
        _put(plain, places.restart_count, system.restart_count)
        _put(plain, places.updating, system.updating)
        block |= _object(status=_plain_status(system.status))

    def _put_addresses(self, plain: dict[str, JSON], addresses: Mapping[str, Field[str]]) -> None:
        for family, address in addresses.items() if self.layout.families else ():
            _inner(plain, f"{self.layout.families}.{family}").update(_object(addr=address))

    def _put_pointset(self, plain: dict[str, JSON], pointset: PointsetState | None) -> None:
        if pointset is None:
            return
        _put(plain, self.layout.state_etag, pointset.etag)
        block = _inner(plain, "pointset")
        block["points"] = {name: self._plain_point_state(point) for name, point in pointset.points.items()}
        block |= _object(status=_plain_status(pointset.status))

    def _plain_point_state(self, point: PointState) -> JSON:
        units = point.units
        if isinstance(units, str) and point.value_state is None and point.status is None:
            return {"units": units}  # most points say no more most of the time, and a device may have thousands
        return _object(**{self.layout.value_state: self._word(point)}, units=units, status=_plain_status(point.status))

    def _word(self, point: PointState) -> Field[ValueState]:
        """The word for it; None where the spec has no word."""
        word = point.value_state
        return None if isinstance(word, ValueState) and word not in self.layout.words else word


def _plain_reading(value: Field[Value]) -> JSON:
    return {"present_value": value} if isinstance(value, float) else _object(present_value=value)


def _plain_event(event: SystemEvent) -> dict[str, JSON]:
    entries: list[JSON] = [entry.raw if isinstance(entry, IllTyped) else _plain_entry(entry) for entry in event.entries]
    metrics = None if event.metrics is None else _object(**event.metrics)
    return _object(logentries=entries or None, metrics=metrics, event_no=event.event_no)


def _plain_status(status: Field[Status]) -> IllTyped | JSON:
    return _plain_entry(status) if isinstance(status, Status) else status


def _plain_entry(status: Status) -> JSON:
    return _object(
        message=status.message,
        category=status.category,
        timestamp=_time(status.timestamp),
        level=status.level,
        detail=status.detail,
    )


def _time(time: Field[float]) -> IllTyped | str | None:
    return rfc3339(time) if isinstance(time, int | float) else time


def _whole(number: Field[float]) -> Field[float]:
    """A whole number goes out as an integer: a device whose reader knows no other takes 2, and not 2.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _object(**fields: IllTyped | JSON) -> dict[str, JSON]:
    """The fields that are there."""
    return {
        name: value.raw if isinstance(value, IllTyped) else value for name, value in fields.items() if value is not None
    }


def _inner(plain: dict[str, JSON], path: str) -> dict[str, JSON]:
    """The block at that path, which is made where it is missing."""
    for name in path.split(".") if path else ():
        block = plain.setdefault(name, {})
        assert isinstance(block, dict), "no place of a layout is another's block"  # noqa: S101 - the table has it so
        plain = block
    return plain


_NOTHING_ASKED = PointConfig()


def _put(plain: dict[str, JSON], place: str | None, value: IllTyped | JSON) -> None:
    """Write a field that is there, where the spec has a place for it."""
    if place is not None and value is not None:
        path, _, name = place.rpartition(".")
        _inner(plain, path)[name] = value.raw if isinstance(value, IllTyped) else value
