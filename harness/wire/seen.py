"""What a broker sees of its clients: the packets that tell who came and how, what it asked, knew, or when it was gone.

No password is ever part of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Sight(StrEnum):
    """A kind of packet; or what comes before the first, where the server shows a stranger's certificate; or the end."""

    HANDSHAKE = "TLS handshake"
    CONNECT = "CONNECT"
    SUBSCRIBE = "SUBSCRIBE"
    PUBLISH = "PUBLISH"
    PUBACK = "PUBACK"
    PINGREQ = "PINGREQ"
    DISCONNECT = "DISCONNECT"
    LOST = "connection lost"


@dataclass(frozen=True, slots=True)
class Will:
    """What the broker is to publish for a client that is lost."""

    topic: str
    qos: int
    retain: bool


@dataclass(frozen=True, slots=True)
class Hello:
    """What a client says of itself in CONNECT. `keep_alive` in seconds; `tls`: the version, None without."""

    protocol: str
    level: int
    clean_session: bool
    keep_alive: int
    user: str | None = None
    will: Will | None = None
    tls: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One packet of one client, at the moment in which it was read.

    `topics` are the filters of a SUBSCRIBE, each with its `qos`; the topic of a PUBLISH; or that of the message which a
    PUBACK acknowledges: none, if there was no such message. A CONNECT may be `refused`. Of PUBLISH only the first of
    its kind is seen: topic, QoS, RETAIN. `silent_for`: seconds of silence for which the connection was ended.
    """

    time: float
    client_id: str
    what: Sight
    topics: tuple[str, ...] = ()
    qos: tuple[int, ...] = ()
    packet_id: int | None = None
    retain: bool | None = None
    hello: Hello | None = None
    refused: bool | None = None
    silent_for: float | None = None

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> "Seen":
        """From the record. Raises KeyError, TypeError or ValueError where it is none."""
        said = raw.get("hello")
        hello = Hello(**{**said, "will": Will(**said["will"]) if said.get("will") else None}) if said else None
        told = {**raw, "what": Sight(raw["what"]), "hello": hello}
        return cls(**{**told, "topics": tuple(raw.get("topics", ())), "qos": tuple(raw.get("qos", ()))})
