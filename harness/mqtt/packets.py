"""Packets that a broker observes: how a client came, what it subscribed to and acknowledged, and when it was gone.

No password is ever part of it.
"""

from dataclasses import dataclass
from enum import StrEnum


class PacketKind(StrEnum):
    """A kind of packet; or what comes before the first, where the server shows a stranger's certificate; or the end."""

    HANDSHAKE = "TLS handshake"
    CONNECT = "CONNECT"
    SUBSCRIBE = "SUBSCRIBE"
    PUBLISH = "PUBLISH"
    PUBACK = "PUBACK"
    DELIVERY = "PUBLISH to the client"
    PINGREQ = "PINGREQ"
    DISCONNECT = "DISCONNECT"
    LOST = "connection lost"


@dataclass(frozen=True, slots=True)
class Will:
    """The message that the broker is to publish when a client is lost."""

    topic: str
    qos: int
    retain: bool


@dataclass(frozen=True, slots=True)
class ObservedConnect:
    """The settings of a CONNECT. `keep_alive` in seconds; `tls`: the version, None without."""

    protocol: str
    level: int
    clean_session: bool
    keep_alive: int
    user: str | None = None
    will: Will | None = None
    tls: str | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """The connection of the same client id that a CONNECT ended, as MQTT 3.1.1 has it (3.1.4): it was open until then.

    `peer`: its address; None at a socket of this machine. `silent_for`: seconds since its last packet. `keep_alive`: in
    seconds, as its own CONNECT promised.
    """

    silent_for: float
    keep_alive: int
    peer: str | None = None


@dataclass(frozen=True, slots=True)
class ObservedPacket:
    """One packet of one client, at the moment in which it was read, or written to its socket, as a DELIVERY is.

    `topics` are the filters of a SUBSCRIBE, each with its `qos`; the topic of a PUBLISH; or that of the message which a
    PUBACK acknowledges: none, if there was no such message. A CONNECT may be `refused`. Of PUBLISH only the first of
    its kind is seen: topic, QoS, RETAIN. Every DELIVERY is, and at QoS 1 its PUBACK has the same `packet_id`.
    `silent_for`: seconds of silence for which the connection was ended. A CONNECT has the address of its `peer`, unless
    it came to a socket of this machine, and the connection that it `replaced`; earlier versions recorded neither.
    """

    time: float
    client_id: str
    what: PacketKind
    topics: tuple[str, ...] = ()
    qos: tuple[int, ...] = ()
    packet_id: int | None = None
    retain: bool | None = None
    hello: ObservedConnect | None = None
    refused: bool | None = None
    silent_for: float | None = None
    peer: str | None = None
    replaced: Replaced | None = None
