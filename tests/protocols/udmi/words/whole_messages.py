"""One whole message of each kind, as JSON, and what becomes of each of its fields when it is read."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import reduce
from typing import Any

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import Message
from tests.udmi_1_5 import decode_config, decode_state, decode_system_event, decode_telemetry

# What a field may come to hold, as it is written in JSON.
LITERALS = {
    "true": "true",
    "integer": "3",
    "infinite": "1e400",
    "fraction": "-0.5",
    "string": '"x"',
    "list": "[]",
    "object": "{}",
    "huge integer": "7" * 5000,
}
TEXT, FLAG, WHOLE = {"string"}, {"true"}, {"integer"}
NUMBER = {"integer", "fraction"}
VALUE = {"string", "true", "integer", "fraction"}
NEVER = set[str]()  # a time, or an enumerated word
BLOCK = {"object"}
ANYTHING = set(LITERALS)  # of a field that no specification knows

STATUS = {"message": "is stuck", "category": "c", "level": 500, "timestamp": "2026-01-01T00:00:02Z", "detail": "d"}
STATE: Mapping[str, Any] = {
    "timestamp": "2026-01-01T00:00:03.250Z",
    "version": "1.5.7",
    "system": {
        "last_config": "2026-01-01T00:00:01Z",
        "serial_no": "SN-1",
        "updating": False,
        "hardware": {"make": "Acme", "model": "M-1"},
        "operation": {
            "operational": True,
            "mode": "active",
            "last_start": "2025-12-31T23:59:59Z",
            "restart_count": 2,
        },
        "software": {"firmware": "2.0"},
        "status": STATUS,
    },
    "localnet": {"families": {"ipv4": {"addr": "192.0.2.7"}}},
    "pointset": {
        "state_etag": "e1",
        "points": {
            "damper": {"value_state": "failure", "units": "Percent", "status": STATUS},
            "valve": {"value_state": "applied", "units": "Percent"},
        },
        "status": STATUS,
    },
}
CONFIG: Mapping[str, Any] = {
    "timestamp": "2026-01-01T00:00:00Z",
    "version": "1.5.7",
    "system": {"min_loglevel": 200, "metrics_rate_sec": 5, "operation": {"mode": "active"}},
    "pointset": {
        "state_etag": "e0",
        "set_value_expiry": "2026-01-01T01:00:00Z",
        "sample_rate_sec": 10,
        "sample_limit_sec": 2,
        "points": {
            "damper": {
                "set_value": 30.0,
                "units": "Percent",
                "stop_time": "2026-01-01T00:30:00Z",
                "cov_increment": 0.5,
                "ste_value": 1,
                "ref": "analog-value/1",
            },
            "valve": {"set_value": "open"},
        },
    },
}
TELEMETRY: Mapping[str, Any] = {
    "timestamp": "2026-01-01T00:00:03Z",
    "version": "1.5.7",
    "points": {"damper": {"present_value": 30.0}, "valve": {"present_value": "open"}},
    "partial_update": False,
}
SYSTEM_EVENT: Mapping[str, Any] = {
    "timestamp": "2026-01-01T00:00:03Z",
    "version": "1.5.7",
    "logentries": [STATUS],
    "metrics": {"system_load": 0.5},
    "event_no": 7,
}


@dataclass(frozen=True)
class WholeField:
    """A field of a whole message: where it stands, what it may hold, where that is found once it is decoded."""

    whole: Mapping[str, Any]
    decode: Callable[[bytes], Message]
    path: str
    takes: set[str]
    read_as: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.decode.__name__.removeprefix('decode_')}.{self.path}"

    def original(self) -> Message:
        """The message before anything was changed."""
        return self.decode(json.dumps(self.whole).encode())

    def payload(self, literal: str) -> bytes:
        """The message as it goes over the wire, with something else in this field."""
        message, block, name = self._copy()
        block[name] = "<here>"
        return json.dumps(message).replace('"<here>"', LITERALS[literal]).encode()

    def null(self) -> Message:
        """The message as it is read, with `null` in this field."""
        message, block, name = self._copy()
        block[name] = None
        return self.decode(json.dumps(message).encode())

    def holding(self, literal: str) -> Message:
        """The message as it is read, with something else in this field."""
        return self.decode(self.payload(literal))

    def missing(self) -> Message:
        """The message without this field."""
        message, block, name = self._copy()
        del block[name]
        return self.decode(json.dumps(message).encode())

    def rest(self, message: Message) -> Mapping[str, object]:
        """The message apart from this field."""
        return {
            path: content
            for path, content in leaves(message).items()
            if not any(path == here or path.startswith(f"{here}.") for here in self.read_as)
        }

    def _copy(self) -> tuple[dict[str, Any], dict[str, Any], str]:
        """A message to change, the block of it in which this field stands, and the field's name in there."""
        message = json.loads(json.dumps(self.whole))
        *blocks, name = self.path.split(".")
        return message, reduce(lambda block, part: block[part], blocks, message), name


_ABOUT_OTHERS = ("problems", "unknown")  # what they hold follows from the fields that are tried


def leaves(message: Message) -> Mapping[str, object]:
    """Everything that the message says, by its place."""
    return dict(_leaves(message, ""))


def _leaves(content: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(content, Mapping):
        inside = content
    elif isinstance(content, IllTyped) or not is_dataclass(content):
        yield path, content
        return
    else:
        inside = {
            field.name: getattr(content, field.name) for field in fields(content) if field.name not in _ABOUT_OTHERS
        }
    for name, part in inside.items():
        yield from _leaves(part, f"{path}.{name}" if path else name)


def _state(path: str, takes: set[str], *read_as: str) -> WholeField:
    return WholeField(STATE, decode_state, path, takes, read_as or (path,))


def _config(path: str, takes: set[str], *read_as: str) -> WholeField:
    return WholeField(CONFIG, decode_config, path, takes, read_as or (path,))


def _telemetry(path: str, takes: set[str], *read_as: str) -> WholeField:
    return WholeField(TELEMETRY, decode_telemetry, path, takes, read_as or (path,))


def _system_event(path: str, takes: set[str], *read_as: str) -> WholeField:
    return WholeField(SYSTEM_EVENT, decode_system_event, path, takes, read_as or (path,))


def _status(path: str) -> list[WholeField]:
    parts = {"message": TEXT, "category": TEXT, "level": WHOLE, "timestamp": NEVER, "detail": TEXT}
    return [_state(path, BLOCK), *(_state(f"{path}.{name}", takes) for name, takes in parts.items())]


LEAVES = [
    _state("timestamp", NEVER),
    _state("version", TEXT),
    _state("system.last_config", NEVER),
    _state("system.serial_no", TEXT),
    _state("system.updating", FLAG),
    _state("system.hardware.make", TEXT, "system.make"),
    _state("system.hardware.model", TEXT, "system.model"),
    _state("system.operation.operational", FLAG, "system.operational"),
    _state("system.operation.mode", NEVER, "system.mode"),
    _state("system.software.firmware", TEXT),
    _state("system.operation.last_start", NEVER, "system.last_start"),
    _state("system.operation.restart_count", WHOLE, "system.restart_count"),
    *_status("system.status"),
    _state("localnet.families.ipv4.addr", TEXT, "addresses.ipv4"),
    _state("pointset.state_etag", TEXT, "pointset.etag"),
    _state("pointset.points.damper", BLOCK),
    _state("pointset.points.damper.value_state", NEVER),
    _state("pointset.points.damper.units", TEXT),
    *_status("pointset.points.damper.status"),
    *_status("pointset.status"),
    _config("timestamp", NEVER),
    _config("version", TEXT),
    _config("system.min_loglevel", WHOLE),
    _config("system.metrics_rate_sec", NUMBER),
    _config("system.operation.mode", NEVER, "system.mode"),
    _config("pointset.state_etag", TEXT, "pointset.etag"),
    _config("pointset.set_value_expiry", NEVER),
    _config("pointset.sample_rate_sec", NUMBER),
    _config("pointset.sample_limit_sec", NUMBER),
    _config("pointset.points.damper.set_value", VALUE),
    _config("pointset.points.damper.units", TEXT),
    _config("pointset.points.damper.stop_time", NEVER),
    _config("pointset.points.damper.cov_increment", NUMBER),
    _config("pointset.points.damper.ref", TEXT),
    _config("pointset.points.damper.ste_value", ANYTHING, "pointset.points.damper.others"),
    _telemetry("timestamp", NEVER),
    _telemetry("version", TEXT),
    _telemetry("points.damper.present_value", VALUE, "readings.damper"),
    _telemetry("partial_update", FLAG, "partial"),
    _system_event("timestamp", NEVER),
    _system_event("version", TEXT),
    _system_event("metrics.system_load", NUMBER),
    _system_event("event_no", WHOLE),
]
BLOCKS = [
    _state("system", BLOCK),
    _state("system.hardware", BLOCK, "system.make", "system.model"),
    _state(
        "system.operation",
        BLOCK,
        "system.operational",
        "system.mode",
        "system.last_start",
        "system.restart_count",
    ),
    _state("system.software", BLOCK),
    _state("localnet", BLOCK, "addresses"),
    _state("localnet.families", BLOCK, "addresses"),
    _state("localnet.families.ipv4", BLOCK, "addresses.ipv4"),
    _state("pointset", BLOCK),
    _state("pointset.points", BLOCK),
    _config("system", BLOCK),
    _config("system.operation", BLOCK, "system.mode"),
    _config("pointset", BLOCK),
    _config("pointset.points", BLOCK),
    _config("pointset.points.damper", BLOCK),
    _system_event("logentries", {"list"}, "entries"),
    _system_event("metrics", BLOCK),
    _telemetry("points", BLOCK, "readings"),
    _telemetry("points.damper", BLOCK, "readings.damper"),
]
