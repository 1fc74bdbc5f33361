"""A client's connection as a stream of packets, read in order, one at a time, and closed whatever happens."""

import asyncio
from contextlib import suppress
from typing import Any, TypeAlias

from amqtt.adapters import BufferReader, StreamReaderAdapter, StreamWriterAdapter
from amqtt.errors import AMQTTError, CodecError, MQTTError, NoDataError
from amqtt.mqtt import packet_class
from amqtt.mqtt.packet import CONNECT, MQTTFixedHeader, MQTTPacket
from amqtt.mqtt.protocol.broker_handler import BrokerProtocolHandler
from amqtt.plugins.manager import PluginManager
from amqtt.session import Session

from harness.broker.hello import CURRENT, OLD, hello_of
from harness.wire.seen import Hello

Packet: TypeAlias = MQTTPacket[Any, Any, Any]  # amqtt's packets differ in their headers' types

# What amqtt makes of bytes that are no MQTT.
MALFORMED = (AMQTTError, CodecError, MQTTError, NoDataError)


class _Answers(StreamWriterAdapter):
    def get_peer_info(self) -> tuple[str, int]:
        """Amqtt greets nobody without an address, and who comes from this machine may have none."""
        return super().get_peer_info() or ("", 0)


class PacketStream:
    """Both directions of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = StreamReaderAdapter(reader), writer
        self.hello: tuple[str, Hello] | None = None  # who says what in CONNECT, once that has come

    async def handshake(self, plugins: PluginManager[Any]) -> Session | None:
        """The session that the first packet asks for; None where none comes. Raises one of MALFORMED.

        amqtt checks the packet, and answers what it cannot serve itself. It is given the packet whole: from the stream
        it would read whatever lengths stand in what need not be a CONNECT, and wait for them for ever. MQTT 3.1 differs
        from 3.1.1 in how it begins, so it is let in: that a device speaks it is for a judgement to say.
        """
        header = await MQTTFixedHeader.from_stream(self._reader)
        if header is None or self._writer.get_extra_info("peername") is None:
            return None
        if header.packet_type != CONNECT:
            raise MQTTError("the first packet is no CONNECT")
        body = await self._body(header)
        self.hello = hello_of(body, self._tls_version)
        if body.startswith(OLD):
            body = CURRENT + body[len(OLD) :]
            header.remaining_length = len(body)
        packet = BufferReader(header.to_bytes() + body)
        _, session = await BrokerProtocolHandler.init_from_connect(packet, _Answers(self._writer), plugins)
        return session

    @property
    def _tls_version(self) -> str | None:
        tls = self._writer.get_extra_info("ssl_object")
        return tls.version() if tls else None

    async def read(self) -> Packet | None:
        """The next packet; None once there will be no more. Raises one of MALFORMED."""
        header = await MQTTFixedHeader.from_stream(self._reader)
        if header is None:
            return None
        body = await self._body(header)
        return await packet_class(header).from_stream(BufferReader(body), fixed_header=header)

    async def _body(self, header: MQTTFixedHeader) -> bytes:
        try:
            return await self._reader.read(header.remaining_length)
        except (asyncio.IncompleteReadError, ConnectionError) as gone:
            raise NoDataError("the connection ends within a packet") from gone

    def write(self, packet: Packet) -> None:
        """Send, in the order of the calls; what can no longer be sent is lost with the connection."""
        if not self._writer.is_closing():
            self._writer.write(packet.to_bytes())

    def hang_up(self) -> None:
        """Let whoever reads find the end. What was written is still sent."""
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
