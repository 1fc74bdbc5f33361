"""A record as a line of its trace, and back. A field that is at its default is left out of the line."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import Field, fields
from sys import intern
from typing import Any, get_args

import msgspec

from harness.mqtt.packets import ObservedConnect, ObservedPacket, Replaced, Will
from harness.record.kinds import Answer, Channel, Desired, Received, Record, Request, Sent
from harness.record.old_formats import bring_up_to_date
from harness.record.strict_json import loads

YEAR_10000 = 253402300800.0  # Unix seconds; no date is later
FORMAT = 3  # 1 knew nothing of what a broker sees; 2 had one connection, and names of one protocol


def name_of(kind: type[Record]) -> str:
    """The name in a trace, which outlives that of the class."""
    return "seen" if kind is ObservedPacket else kind.__name__.lower()


KINDS: Mapping[str, type[Record]] = {name_of(kind): kind for kind in get_args(Record)}


def to_line(record: Record) -> str:
    """One line of JSON, all of ASCII, without its end."""
    raw = _told(record)
    if "payload" in raw:
        raw["payload"] = _to_text(raw["payload"])
    return _ENCODER.encode({"record": _NAMES[type(record)], **raw})


def from_line(line: str, written: int = FORMAT) -> Record:
    """The record, from a trace of the format `written`.

    Raises ValueError, in one line, where the line holds none, or a field of another type.
    """
    try:
        record = _read(loads(line), written)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg}") from error
    except UnicodeEncodeError as error:
        raise ValueError(f"{_NONE}: a payload is no text that UTF-8 can hold") from error
    except msgspec.ValidationError as error:
        raise ValueError(f"{_NONE}: {error}") from error
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(f"{_NONE}: {error!r}") from error
    if not 0 <= record.time < YEAR_10000:
        raise ValueError(f"{_NONE}: its time is {record.time!r}")
    if isinstance(record, Sent | Received) and (record.channel is Channel.HTTP) is (record.http is None):
        raise ValueError(f"{_NONE}: over {record.channel} it is {record.http!r}")
    return record


def again_from_line(line: bytes, written: int) -> Record:
    """Likewise, of a line that was read or written before. A message is looked at several times, and most are sound."""
    try:
        return _read(msgspec.json.decode(line), written)
    except (msgspec.MsgspecError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return from_line(line.decode(), written)


def _read(raw: dict[str, Any], written: int) -> Record:
    name = raw.pop("record")
    if written < FORMAT:
        bring_up_to_date(name, raw)
    if "payload" in raw:
        raw["payload"] = _to_bytes(raw["payload"])
    if "connection" in raw:
        raw["connection"] = intern(raw["connection"])  # there are few, and a message of each for very many
    if unknown := raw.keys() - _FIELDS[name]:
        raise ValueError(f"{_NONE}: it has no field {min(unknown)!r}")
    return msgspec.convert(raw, KINDS[name])


def _told(known: object) -> dict[str, Any]:
    """The fields that differ from their defaults."""
    if isinstance(known, Request | Answer):
        return dict(msgspec.to_builtins(known))
    return {name: value for name, default in _DEFAULTS[type(known)] if (value := getattr(known, name)) != default}


def _to_text(payload: bytes) -> str | dict[str, str]:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(payload).decode()}


def _to_bytes(text: str | dict[str, str]) -> bytes:
    return text.encode() if isinstance(text, str) else b64decode(text["base64"])


def _default(one: Field[object]) -> object:
    return one.default_factory() if callable(one.default_factory) else one.default


_DEFAULTS: Mapping[type, Sequence[tuple[str, object]]] = {
    kind: [(one.name, _default(one)) for one in fields(kind)]
    for kind in (*KINDS.values(), Desired, ObservedConnect, Replaced, Will)
}
_NAMES: Mapping[type, str] = {kind: name for name, kind in KINDS.items()}
_ENCODER = json.JSONEncoder(default=_told)
_FIELDS = {name: frozenset(one.name for one in fields(kind)) for name, kind in KINDS.items()}
_NONE = "no record that this version knows"
