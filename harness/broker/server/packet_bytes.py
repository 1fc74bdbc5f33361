"""Packets from bytes and to bytes. amqtt awaits every field of what it reads; here a packet is awaited as a whole.

PUBLISH and PUBACK, of which nearly all traffic consists, are read and written here, and every other packet by amqtt.
"""

import asyncio
from typing import Any, TypeAlias

from amqtt.adapters import BufferReader
from amqtt.errors import MQTTError, NoDataError
from amqtt.mqtt import packet_class
from amqtt.mqtt.packet import PUBACK, PUBLISH, MQTTFixedHeader, MQTTPacket, PacketIdVariableHeader
from amqtt.mqtt.puback import PubackPacket
from amqtt.mqtt.publish import PublishPacket, PublishPayload, PublishVariableHeader

from harness.broker.server.text_check import check_texts

Packet: TypeAlias = MQTTPacket[Any, Any, Any]  # amqtt's packets differ in their headers' types


class PacketBytes:
    """Cuts what a peer sends into packets."""

    def __init__(self, source: asyncio.StreamReader) -> None:
        self._source, self._unread = source, bytearray()

    @property
    def at_end(self) -> bool:
        """Whether the peer has sent its last, and all of it was read."""
        return not self._unread and self._source.at_eof()

    async def header(self) -> MQTTFixedHeader | None:
        """Type, flags and length (2.2) of the next packet; None where the connection ends before that is there.

        Raises MQTTError where the length has no end.
        """
        length = 0
        for at in range(1, 1 + _LENGTH_BYTES):
            if not await self._has(1 + at):
                return None
            byte = self._unread[at]
            length |= (byte & _SEVEN_BITS) << (7 * (at - 1))
            if byte <= _SEVEN_BITS:
                first = self._take(1 + at)[0]
                return MQTTFixedHeader(first >> 4, first & 0x0F, length)
        raise MQTTError(f"a length of more than {_LENGTH_BYTES} bytes")

    async def body(self, header: MQTTFixedHeader, most: int) -> bytes:
        """All behind the header. Raises MQTTError where it is longer than `most`, NoDataError where it is cut off."""
        length = header.remaining_length
        if length > most:
            raise MQTTError(f"a packet of {length} bytes, where {most} are allowed")
        if not await self._has(length):
            raise NoDataError("the connection ends within a packet")
        return self._take(length)

    async def _has(self, length: int) -> bool:
        """Whether so many bytes come, before the connection ends in whatever way; fewer are then forgotten."""
        while len(self._unread) < length:
            try:
                came = await self._source.read(_AT_ONCE)
            except ConnectionError:
                came = b""
            if not came:
                self._unread.clear()
                return False
            self._unread += came
        return True

    def _take(self, length: int) -> bytes:
        taken = bytes(self._unread[:length])
        del self._unread[:length]
        return taken


async def decoded(header: MQTTFixedHeader, body: bytes) -> Packet:
    """The packet. Raises MQTTError, NoDataError, and what else amqtt raises where the bytes are no packet."""
    check_texts(header.packet_type, body)
    if header.packet_type == PUBLISH:
        return _publish(header, body)
    if header.packet_type == PUBACK:
        return PubackPacket(header, PacketIdVariableHeader(_number(body, 0)))
    return await packet_class(header).from_stream(BufferReader(body), fixed_header=header)


def encoded(packet: Packet) -> bytes:
    """The packet as it is sent."""
    match packet:
        case PublishPacket(variable_header=PublishVariableHeader() as head, payload=PublishPayload(data=data)):
            topic = head.topic_name.encode()
            packet_id = b"" if head.packet_id is None else head.packet_id.to_bytes(2)
            rest = b"".join((len(topic).to_bytes(2), topic, packet_id, data or b""))
            return bytes((PUBLISH << 4 | packet.fixed_header.flags, *_length(len(rest)))) + rest
        case PubackPacket(packet_id=number):
            return bytes((PUBACK << 4, 2)) + number.to_bytes(2)
    return packet.to_bytes()


def _publish(header: MQTTFixedHeader, body: bytes) -> PublishPacket:
    """Topic, packet id above QoS 0, and payload (3.3)."""
    topic_ends = 2 + _number(body, 0)
    packet_id = _number(body, topic_ends) if header.flags & PublishPacket.QOS_FLAG else None
    data_begins = topic_ends if packet_id is None else topic_ends + 2
    if data_begins > len(body):
        raise NoDataError("a PUBLISH that ends within its topic")
    head = PublishVariableHeader(body[2:topic_ends].decode(), packet_id)
    return PublishPacket(header, head, PublishPayload(body[data_begins:]))


def _number(body: bytes, at: int) -> int:
    if at + 2 > len(body):
        raise NoDataError("a packet that ends too soon")
    return int.from_bytes(body[at : at + 2])


def _length(length: int) -> list[int]:
    """The bytes of a length in a header (2.2.3): seven bits in each, the lowest first, and whether one more follows."""
    length, low = divmod(length, 1 + _SEVEN_BITS)
    return [low | ~_SEVEN_BITS & 0xFF, *_length(length)] if length else [low]


_LENGTH_BYTES = 4
_SEVEN_BITS = 0x7F
_AT_ONCE = 64 * 1024  # bytes
