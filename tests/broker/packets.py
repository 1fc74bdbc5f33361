"""MQTT 3.1.1 on the wire, as far as the checks speak it."""

import struct
from dataclasses import dataclass
from enum import IntEnum

from harness.mqtt.endpoint import Login


class Kind(IntEnum):
    """The packet type: the upper half of the first byte."""

    CONNECT = 1
    CONNACK = 2
    PUBLISH = 3
    PUBACK = 4
    PUBREC = 5
    PUBREL = 6
    PUBCOMP = 7
    SUBSCRIBE = 8
    SUBACK = 9
    UNSUBSCRIBE = 10
    UNSUBACK = 11
    PINGREQ = 12
    PINGRESP = 13
    DISCONNECT = 14


@dataclass(frozen=True)
class Message:
    """A PUBLISH without its packet id."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False
    dup: bool = False


@dataclass(frozen=True)
class Packet:
    """A packet that came: its kind, its flags, and the bytes behind its header."""

    kind: Kind
    flags: int
    body: bytes

    @property
    def id(self) -> int:
        """The packet id, of a kind that begins with it."""
        return int.from_bytes(self.body[:2])


def frame(kind: Kind, body: bytes = b"", flags: int = 0) -> bytes:
    """A packet, ready to be sent."""
    length, size = b"", len(body)
    while True:
        size, low = divmod(size, 128)
        length += bytes([low | (128 if size else 0)])
        if not size:
            return bytes([kind << 4 | flags]) + length + body


def text(value: str | bytes) -> bytes:
    """A string with its length in front."""
    encoded = value.encode() if isinstance(value, str) else value
    return struct.pack(">H", len(encoded)) + encoded


def acknowledgement(kind: Kind, packet_id: int) -> bytes:
    """Any packet that is but an id."""
    return frame(kind, struct.pack(">H", packet_id), flags=2 if kind is Kind.PUBREL else 0)


def connect(client_id: str, *, clean: bool, keep_alive: int, will: Message | None, login: Login | None) -> bytes:
    """The first packet."""
    flags, payload = 2 * clean, text(client_id)
    if will:
        flags |= 4 | will.qos << 3 | will.retain << 5
        payload += text(will.topic) + text(will.payload)
    if login:
        flags |= 0xC0
        payload += text(login.user) + text(login.password)
    return frame(Kind.CONNECT, text("MQTT") + bytes([4, flags]) + struct.pack(">H", keep_alive) + payload)


def publish(message: Message, packet_id: int) -> bytes:
    """A message; at QoS 0 it has no id."""
    numbered = struct.pack(">H", packet_id) if message.qos else b""
    flags = message.dup << 3 | message.qos << 1 | message.retain
    return frame(Kind.PUBLISH, text(message.topic) + numbered + message.payload, flags)


def published(packet: Packet) -> tuple[Message, int]:
    """The message of a PUBLISH, and its id or 0."""
    qos, behind = packet.flags >> 1 & 3, 2 + int.from_bytes(packet.body[:2])
    topic, rest = packet.body[2:behind].decode(), packet.body[behind:]
    packet_id, payload = (int.from_bytes(rest[:2]), rest[2:]) if qos else (0, rest)
    return Message(topic, payload, qos, retain=bool(packet.flags & 1), dup=bool(packet.flags & 8)), packet_id
