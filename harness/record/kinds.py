"""Kinds of record, one line of the trace each, as it happened. Payloads stay as they were on the wire.

Messages of one connection stand in the order in which they passed. Of two connections the places only say which message
was written down first; how far apart they were, their times tell.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from harness.mqtt.packets import ObservedPacket

if TYPE_CHECKING:
    from harness.payload.values import JSON
else:  # msgspec reads it while we run, and knows no type that is made of itself
    JSON = Any


class Channel(StrEnum):
    """The channel that a message goes over."""

    MQTT = "mqtt"
    HTTP = "http"


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """The head of an HTTP message. A header with credentials is left out."""

    headers: Mapping[str, str] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        """As soon as it is made, so that no record of it has ever had one."""
        kept = {name: text for name, text in self.headers.items() if name.lower() not in _LETS_IN}
        msgspec.structs.force_setattr(self, "headers", kept)


class Request(_Head, frozen=True, tag="request"):
    """The head of a request over HTTP; its path and query are the record's topic."""

    method: str


class Answer(_Head, frozen=True, tag="answer"):
    """The head of the answer to the request at place `of`, whose topic is the answer's too."""

    status: int
    of: int


@dataclass(frozen=True, slots=True)
class Desired:
    """The value that a message of ours asks a subject to take; None releases it."""

    subject: str
    value: JSON = None


@dataclass(frozen=True, slots=True)
class Began:
    """A run: who was driven, by whom, under which rules. `options`: what the operator gave along, but no secret.

    `subject`: the name of what was driven; empty in traces of before subjects had names.
    """

    time: float
    format: int
    harness: str
    spec: str
    clock: str
    target: str
    profile: Mapping[str, Any]
    options: tuple[str, ...] = ()
    subject: str = ""


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
    """A message that left us no sooner than `time`; `desired`: what it asks for, by the scenario's labels.

    One that is `broken` nobody can work on, and the one before it is in force still. One that `resets` asks for the
    state in which scenarios begin: the first of them ends first contact. `connection`: the one of ours that it left
    on, such as `cloud` or `rest-1`; empty in traces of before format 3, which knew a single one. Over HTTP it is a
    request, or an answer of ours.
    """

    time: float
    topic: str
    payload: bytes
    label: str
    desired: Mapping[str, Desired] = field(default_factory=dict)
    broken: bool = False
    retain: bool = False
    connection: str = ""
    channel: Channel = Channel.MQTT
    http: Request | Answer | None = None
    resets: bool = False


@dataclass(frozen=True, slots=True)
class Provoked:
    """A condition that we began to bring about at `time`: by its name, on a subject or on the whole."""

    time: float
    label: str
    name: str
    subject: str = ""
    detail: JSON = None

    @property
    def detail_text(self) -> str:
        """The detail as it is told: empty without one."""
        if self.detail is None:
            return ""
        return self.detail if isinstance(self.detail, str) else json.dumps(self.detail)


@dataclass(frozen=True, slots=True)
class Done:
    """The action that the record at place `of` began is done: the broker sent its PUBACK, the provocation returned.

    A request over HTTP is done when it is answered.
    """

    time: float
    of: int


@dataclass(frozen=True, slots=True)
class Received:
    """A message that reached us on that connection of ours: as for `Sent`.

    `retain`: the broker held it when we subscribed to its topic; when it was published is unknown. `qos`: the level at
    which it came where QoS 1 was granted, so 0 only where it was published so; None: that is not recorded.
    """

    time: float
    topic: str
    payload: bytes
    retain: bool
    connection: str = ""
    channel: Channel = Channel.MQTT
    http: Request | Answer | None = None
    qos: int | None = None


@dataclass(frozen=True, slots=True)
class Stalled:
    """Nothing of ours ran for up to so many seconds before `time`: messages of that span were only heard then."""

    time: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Lacked:
    """The profile offers nothing that could play `role`; or, of a provocation, no way to bring it about.

    `hindered`: the profile offers something, but the device is in a condition in which it cannot be had.
    """

    time: float
    role: str
    remedy: str
    provocation: bool = False
    hindered: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """The end of an episode. Of the reasons why it did not go all the way, at most one is given.

    `unprovoked`: it was cut short as nobody could bring a condition about, which is no fault of the device's.
    `needs`: what would show what is out of view.
    """

    time: float
    cut_short: str | None = None
    not_applicable: str | None = None
    our_fault: str | None = None
    out_of_view: str | None = None
    unprovoked: bool = False
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class LinkLost:
    """Our own session with the broker ended, though we had not ended it; where there was an episode, it is closed."""

    time: float
    why: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of the run; `broken_off` says what ended it early."""

    time: float
    broken_off: str | None = None


Record: TypeAlias = (
    Began
    | Found
    | Opened
    | Sent
    | Provoked
    | Done
    | Received
    | ObservedPacket
    | Stalled
    | Lacked
    | Closed
    | LinkLost
    | Ended
)
_LETS_IN = frozenset({"authorization", "cookie", "proxy-authorization", "set-cookie"})


def began_in(records: Iterable[Record]) -> Began:
    """The beginning of the run that was recorded: what was driven, and by what."""
    return next(record for record in records if isinstance(record, Began))
