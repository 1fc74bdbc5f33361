"""Packets are cut off a stream of bytes however it comes, and are the same as amqtt reads and writes."""

import asyncio
from collections.abc import Sequence

import pytest
from amqtt.adapters import BufferReader
from amqtt.errors import MQTTError, NoDataError
from amqtt.mqtt.packet import PUBACK, PUBLISH, MQTTFixedHeader
from amqtt.mqtt.pingreq import PingReqPacket
from amqtt.mqtt.puback import PubackPacket
from amqtt.mqtt.publish import PublishPacket

from harness.broker.server.packet_bytes import Packet, PacketBytes, decoded, encoded

_MOST = 10_000_000
_PUBLISHES = [
    PublishPacket.build("t", b"", None, dup_flag=False, qos=0, retain=False),
    PublishPacket.build("a/b", b"x" * 120, None, dup_flag=False, qos=0, retain=True),
    PublishPacket.build("a/b", b"x" * 200, 1, dup_flag=True, qos=1, retain=True),
    PublishPacket.build("a/\u00fc", b"\0\xff" * 10_000, 65_535, dup_flag=False, qos=2, retain=False),
    PublishPacket.build("a", b"x" * 3_000_000, 7, dup_flag=False, qos=1, retain=False),
]
_PACKETS: Sequence[Packet] = [*_PUBLISHES, PubackPacket.build(1), PubackPacket.build(65_535), PingReqPacket()]


async def _cut(*pieces: bytes, most: int = _MOST) -> list[tuple[MQTTFixedHeader, bytes]]:
    """All packets of a connection on which the pieces come one by one, with other work in between."""
    source = asyncio.StreamReader()

    async def feed() -> None:
        for piece in pieces:
            source.feed_data(piece)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        source.feed_eof()

    feeding = asyncio.create_task(feed())
    peer, found = PacketBytes(source), []
    try:
        while header := await peer.header():
            found.append((header, await peer.body(header, most)))
        assert peer.at_end
    finally:
        await feeding
    return found


@pytest.mark.parametrize("packet", _PACKETS, ids=str)
def test_packet_is_written_as_amqtt_writes_it(packet: Packet) -> None:
    written = encoded(packet)

    assert written == packet.to_bytes()


@pytest.mark.parametrize("packet", _PUBLISHES, ids=str)
def test_publish_is_read_as_amqtt_reads_it(packet: PublishPacket) -> None:
    async def both() -> tuple[Packet, Packet]:
        ((header, body),) = await _cut(packet.to_bytes())
        theirs = await PublishPacket.from_stream(BufferReader(body), fixed_header=header)
        return await decoded(header, body), theirs

    ours, theirs = asyncio.run(both())

    assert isinstance(ours, PublishPacket)
    assert isinstance(theirs, PublishPacket)
    assert (ours.topic_name, ours.packet_id, ours.data) == (theirs.topic_name, theirs.packet_id, theirs.data)
    assert (ours.qos, ours.retain_flag, ours.dup_flag) == (theirs.qos, theirs.retain_flag, theirs.dup_flag)


def test_packets_are_cut_wherever_the_stream_is_torn() -> None:
    packets = _PUBLISHES[:3]
    stream = b"".join(packet.to_bytes() for packet in packets)

    whole = asyncio.run(_cut(stream))
    by_the_byte = asyncio.run(_cut(*(bytes([byte]) for byte in stream)))

    assert [body for _, body in by_the_byte] == [body for _, body in whole]
    assert b"".join(header.to_bytes() + body for header, body in whole) == stream


@pytest.mark.parametrize("cut_off", [b"\x30", b"\x30\x80", b"\x30\xff\xff\xff"])
def test_connection_that_ends_within_a_header_brings_no_packet(cut_off: bytes) -> None:
    assert asyncio.run(_cut(cut_off)) == []


def test_connection_that_ends_within_a_packet_is_told() -> None:
    with pytest.raises(NoDataError):
        asyncio.run(_cut(b"\x30\x05abcd"))


def test_length_of_five_bytes_is_refused() -> None:
    with pytest.raises(MQTTError, match="more than 4 bytes"):
        asyncio.run(_cut(b"\x30\xff\xff\xff\xff\x01"))


def test_packet_that_is_too_long_is_refused_before_it_has_come() -> None:
    with pytest.raises(MQTTError, match="a packet of 101 bytes, where 100 are allowed"):
        asyncio.run(_cut(b"\x30\x65", most=100))


@pytest.mark.parametrize(
    ("packet_type", "flags", "body"),
    [
        (PUBLISH, 0, b""),
        (PUBLISH, 0, b"\x00"),
        (PUBLISH, 0, b"\x00\x05abcd"),
        (PUBLISH, 2, b"\x00\x01a"),
        (PUBLISH, 2, b"\x00\x01a\x00"),
        (PUBACK, 0, b""),
        (PUBACK, 0, b"\x00"),
    ],
)
def test_packet_that_ends_within_a_field_is_none(packet_type: int, flags: int, body: bytes) -> None:
    with pytest.raises(NoDataError):
        asyncio.run(decoded(MQTTFixedHeader(packet_type, flags, len(body)), body))


@pytest.mark.parametrize("topic", [b"\xff", b"a/#", b"+"])
def test_topic_that_is_none_is_refused(topic: bytes) -> None:
    body = len(topic).to_bytes(2) + topic

    with pytest.raises(MQTTError):
        asyncio.run(decoded(MQTTFixedHeader(PUBLISH, 0, len(body)), body))
