"""What happened, as it happened: one line of the trace each. Payloads stay as they were on the wire."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias, get_args

from harness.wire.seen import Seen
from harness.wire.spec import Spec
from harness.wire.udmi import Value


@dataclass(frozen=True, slots=True)
class Began:
    """A run: who was driven, by whom, under which rules. `options`: what the operator gave along, but no secret."""

    time: float
    format: int
    harness: str
    spec: Spec
    clock: str
    target: str
    profile: Mapping[str, Any]
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The config that lay retained at the device's topic before anything was sent."""

    time: float
    topic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario starts."""

    time: float
    scenario: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A config that left us no sooner than `time`; `settings` names the writes that it was sent for.

    One that is `broken` no device can work on, and the one before it is in force still.
    """

    time: float
    topic: str
    payload: bytes
    label: str
    settings: Mapping[str, tuple[str, Value | None]] = field(default_factory=dict)
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Provoked:
    """A condition that we began to bring about at `time`."""

    time: float
    label: str
    what: str
    point: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What the record at place `of` began is done: the broker sent its PUBACK, the provocation returned."""

    time: float
    of: int


@dataclass(frozen=True, slots=True)
class Received:
    """A message of the device's."""

    time: float
    topic: str
    payload: bytes
    retain: bool


@dataclass(frozen=True, slots=True)
class Stalled:
    """Nothing of ours ran for up to so many seconds before `time`: what came meanwhile was only heard then."""

    time: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Lacked:
    """The profile offers nothing that could play `role`; or, of a provocation, no way to bring it about."""

    time: float
    role: str
    remedy: str
    provocation: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """The end of an episode. Of the reasons why it did not go all the way, at most one is given."""

    time: float
    cut_short: str | None = None
    not_applicable: str | None = None
    our_fault: str | None = None
    out_of_view: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of the run; `broken_off` says what ended it early."""

    time: float
    broken_off: str | None = None


Record: TypeAlias = (
    Began | Found | Opened | Sent | Provoked | Done | Received | Seen | Stalled | Lacked | Closed | Ended
)
_KINDS: Mapping[str, type[Record]] = {kind.__name__.lower(): kind for kind in get_args(Record)}


def to_line(record: Record) -> str:
    """One line of JSON, without its end."""
    raw = asdict(record)
    if "payload" in raw:
        raw["payload"] = _to_text(raw["payload"])
    if not raw.get("options", True):
        del raw["options"]
    if isinstance(record, Seen):
        raw = {name: value for name, value in raw.items() if value not in (None, ())}
    return json.dumps({"record": type(record).__name__.lower(), **raw})


def from_line(line: str) -> Record:
    """The record. Raises ValueError where the line is none."""
    try:
        raw = json.loads(line)
        kind = _KINDS[raw.pop("record")]
        if "payload" in raw:
            raw["payload"] = _to_bytes(raw["payload"])
        if "settings" in raw:
            raw["settings"] = {label: (point, value) for label, (point, value) in raw["settings"].items()}
        if kind is Began:
            raw["spec"] = Spec(raw["spec"])
        if "options" in raw:
            raw["options"] = tuple(raw["options"])
        record = Seen.from_dict(raw) if kind is Seen else kind(**raw)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg}") from error
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(f"no record that this version knows: {error}") from error
    if not isinstance(record.time, int | float):
        raise ValueError(f"no record that this version knows: its time is {record.time!r}")  # noqa: TRY004 - of the file
    return record


def _to_text(payload: bytes) -> str | dict[str, str]:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(payload).decode()}


def _to_bytes(text: str | dict[str, str]) -> bytes:
    return text.encode() if isinstance(text, str) else b64decode(text["base64"])
