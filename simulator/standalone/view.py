"""What the control page tells of a device, as JSON."""

from harness.wire.instant import rfc3339
from harness.wire.udmi import JSON, Status
from simulator.live_point import LivePoint
from simulator.standalone.life import Life
from simulator.standalone.sense import offered, trouble
from simulator.units import others


def in_short(life: Life) -> dict[str, JSON]:
    """A line of the list."""
    identity = life.file.identity
    return {"id": life.id, "make": identity.make, "model": identity.model, "link": "up" if life.is_up else "down"}


def in_full(life: Life) -> dict[str, JSON]:
    """The device and all of its points, as they are at this moment."""
    identity, device, telemetry = life.file.identity, life.device, life.telemetry
    return {
        **in_short(life),
        "serial_no": identity.serial_no,
        "software": dict(identity.software),
        "broker": str(life.endpoint),
        "state_etag": device.etag,
        "last_config": _time(device.last_config or None),
        "config_came": _time(life.config_came),
        "set_value_expiry": _time(device.expires),
        "last_state": _time(life.state and life.state.timestamp),
        "telemetry": {
            "timestamp": _time(telemetry and telemetry.timestamp),
            "points": {name: _plain(value) for name, value in (telemetry.readings if telemetry else {}).items()},
        },
        "points": [_point(live, life.file.profile.points[name].kind) for name, live in device.points.items()],
    }


def _point(live: LivePoint, kind: str) -> dict[str, JSON]:
    status, condition, wrong = live.state.status, live.condition, trouble(live)
    return {
        "name": live.point.name,
        "kind": str(kind),
        "value": live.reading(),
        "units": condition.units,
        "value_state": live.value_state,
        "set_value": live.set_value,
        "status": _plain(status.message) if isinstance(status, Status) else None,
        "overridden": condition.held_by is not None,
        "held_by": condition.held_by,
        "broken": wrong is not None,
        "trouble": wrong,
        "offers": [*offered(live.point)],
        "other_units": [*others(condition.units)],
    }


def _plain(field: object) -> JSON:
    return field if isinstance(field, bool | int | float | str) else None


def _time(instant: object) -> str | None:
    return rfc3339(instant) if isinstance(instant, int | float) else None
