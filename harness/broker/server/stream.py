"""A client's connection as a stream of packets, read in order, one at a time, and always closed."""

import asyncio
from contextlib import suppress

from amqtt.adapters import BufferReader
from amqtt.errors import AMQTTError, CodecError, MQTTError, NoDataError
from amqtt.mqtt.connack import ConnackPacket
from amqtt.mqtt.connect import ConnectPacket
from amqtt.mqtt.packet import CONNECT, PUBLISH, MQTTFixedHeader

from harness.broker.server.bounds import CONNECT_BYTES, CONTROL_BYTES, PACKET_BYTES, PACKETS_IN_A_ROW, UNREAD_BYTES
from harness.broker.server.client_session import ClientSession
from harness.broker.server.connect_check import refusal_of, session_of
from harness.broker.server.connect_packet import CURRENT, OLD, observed_connect
from harness.broker.server.packet_bytes import Packet, PacketBytes, decoded, encoded
from harness.broker.server.text_check import check_texts
from harness.mqtt.packets import ObservedConnect

# The exceptions that amqtt raises for bytes that are no MQTT.
MALFORMED = (AMQTTError, CodecError, MQTTError, NoDataError)


class PacketStream:
    """Both directions of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = PacketBytes(reader), writer
        self._spoke = asyncio.get_running_loop().time()
        self._in_a_row = 0  # packets that were read, and what took as long, since others had their turn
        self.connect: tuple[str, ObservedConnect] | None = None  # client id and settings of CONNECT, once that has come

    @property
    def peer(self) -> str | None:
        """The address that it comes from; None at a socket of this machine."""
        name = self._writer.get_extra_info("peername")
        return str(name[0]) if isinstance(name, tuple) else None

    @property
    def is_over(self) -> bool:
        """Whether the peer has ended the connection, though the end is not read yet."""
        return self._reader.at_end or self._writer.is_closing()

    @property
    def silent_for(self) -> float:
        """Seconds since the last packet."""
        return asyncio.get_running_loop().time() - self._spoke

    async def handshake(self) -> ClientSession | None:
        """The session that the first packet asks for; None where none comes. Raises one of MALFORMED.

        What cannot be served is told so, as far as MQTT has a word for it. The packet is read whole before it is
        decoded: no length inside can lead astray. MQTT 3.1 differs from 3.1.1 in how it begins, so it is let in: that
        a device speaks it is for a judgement to say.
        """
        header = await self._reader.header()
        if header is None or self._writer.get_extra_info("peername") is None:
            return None
        if header.packet_type != CONNECT:
            raise MQTTError("the first packet is no CONNECT")
        body = await self._body(header, CONNECT_BYTES)
        self.connect = observed_connect(body, self._tls_version)
        if body.startswith(OLD):
            body = CURRENT + body[len(OLD) :]
            header.remaining_length = len(body)
        check_texts(CONNECT, body if body.startswith(CURRENT) else b"")
        connect = await ConnectPacket.from_stream(BufferReader(body), fixed_header=header)
        refusal = refusal_of(connect)
        if refusal is not None:
            self.write(ConnackPacket.build(0, refusal))
            raise MQTTError(f"a CONNECT that is refused with {refusal}")
        return session_of(connect)

    @property
    def _tls_version(self) -> str | None:
        tls = self._writer.get_extra_info("ssl_object")
        return tls.version() if tls else None

    async def read(self) -> Packet | None:
        """The next packet; None once there will be no more. Raises one of MALFORMED.

        A peer that sends without end lets others have their turn: what is buffered would be read without a pause.
        """
        self._in_a_row += 1
        if self._in_a_row >= PACKETS_IN_A_ROW:
            self._in_a_row = 0
            await asyncio.sleep(0)
        header = await self._reader.header()
        if header is None:
            return None
        body = await self._body(header, PACKET_BYTES if header.packet_type == PUBLISH else CONTROL_BYTES)
        return await decoded(header, body)

    def has_cost(self, packets: int) -> None:
        """Count work that was done for the peer: it took as long as to read so many packets."""
        self._in_a_row += packets

    async def _body(self, header: MQTTFixedHeader, most: int) -> bytes:
        body = await self._reader.body(header, most)
        self._spoke = asyncio.get_running_loop().time()
        return body

    def write(self, packet: Packet) -> None:
        """Send, in the order of the calls; what can no longer be sent is lost with the connection.

        A peer that reads nothing while more and more is written to it is hung up on.
        """
        if self._writer.is_closing():
            return
        self._writer.write(encoded(packet))
        if self._writer.transport.get_write_buffer_size() > UNREAD_BYTES:
            self._writer.transport.abort()

    def hang_up(self) -> None:
        """Give readers the end of the stream. Written packets are still sent."""
        self._writer.close()

    async def close(self) -> None:
        """Hang up, and see to it that the socket is closed, though the peer may not take what was written."""
        self._writer.close()
        with suppress(OSError):
            try:
                async with asyncio.timeout(_LAST_WORDS):
                    await self._writer.wait_closed()
            except TimeoutError:
                self._writer.transport.abort()
                await self._writer.wait_closed()


_LAST_WORDS = 1.0  # seconds
