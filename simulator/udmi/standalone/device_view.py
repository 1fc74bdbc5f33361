"""The control page's view of a device, as JSON."""

from harness.payload.timestamps import rfc3339
from harness.payload.values import JSON
from harness.protocols.udmi.words.messages import Status
from simulator.udmi.declared.units import others
from simulator.udmi.live_point import LivePoint
from simulator.udmi.standalone.action_validation import offered, trouble
from simulator.udmi.standalone.running_device import RunningUdmiDevice


def in_short(device: RunningUdmiDevice) -> dict[str, JSON]:
    """A line of the list."""
    identity = device.file.identity
    return {"id": device.id, "make": identity.make, "model": identity.model, "link": "up" if device.is_up else "down"}


def in_full(device: RunningUdmiDevice) -> dict[str, JSON]:
    """The device and all of its points, as they are at this moment."""
    identity, machine, telemetry = device.file.identity, device.machine, device.telemetry
    return {
        **in_short(device),
        "serial_no": identity.serial_no,
        "software": dict(identity.software),
        "broker": str(device.endpoint),
        "state_etag": machine.etag,
        "last_config": _time(machine.last_config or None),
        "config_came": _time(device.config_came),
        "set_value_expiry": _time(machine.expires),
        "last_state": _time(device.state and device.state.timestamp),
        "telemetry": {
            "timestamp": _time(telemetry and telemetry.timestamp),
            "points": {name: _plain(value) for name, value in (telemetry.readings if telemetry else {}).items()},
        },
        "points": [_point(live, device.file.profile.points[name].kind) for name, live in machine.points.items()],
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


def _time(time: object) -> str | None:
    return rfc3339(time) if isinstance(time, int | float) else None
