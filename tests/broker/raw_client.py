"""A client that shows every packet as it came, and leaves out what it is told to."""

import asyncio
import ssl
from contextlib import suppress

from harness.mqtt.endpoint import Endpoint, Login
from harness.mqtt.host import is_socket
from tests.broker.packets import Kind, Message, Packet, acknowledgement, connect, frame, publish, published, text

PATIENCE = 10.0  # seconds that an answer may take


class RawClient:
    """One connection. It notes all messages, and acknowledges them if it is one that `acknowledges`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, acknowledges: bool) -> None:
        self.messages: list[Message] = []
        self.ids: list[int] = []
        self.closed = asyncio.Event()
        self.code, self.session_present = 0, False
        self._reader, self._writer, self._acknowledges = reader, writer, acknowledges
        self._answers = asyncio.Queue[Packet | None]()
        self._news = asyncio.Event()
        self._last_id = 0
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def open(
        cls, endpoint: Endpoint, tls: ssl.SSLContext | None = None, *, acknowledges: bool = True
    ) -> "RawClient":
        """A connection on which nothing was said yet."""
        if is_socket(endpoint.host):
            reader, writer = await asyncio.open_unix_connection(endpoint.host)
        else:
            reader, writer = await asyncio.open_connection(endpoint.host, endpoint.port, ssl=tls)
        return cls(reader, writer, acknowledges=acknowledges)

    async def connect(
        self,
        client_id: str,
        *,
        clean: bool = True,
        keep_alive: int = 0,
        will: Message | None = None,
        login: Login | None = None,
    ) -> None:
        """Say CONNECT, and hear CONNACK."""
        self.write(connect(client_id, clean=clean, keep_alive=keep_alive, will=will, login=login))
        connack = await self.hears(Kind.CONNACK)
        self.session_present, self.code = bool(connack.body[0]), connack.body[1]

    def write(self, data: bytes) -> None:
        """Any bytes."""
        self._writer.write(data)

    async def hears(self, kind: Kind) -> Packet:
        """The next packet of this kind that is no message. Raises ConnectionAbortedError where none can come."""
        async with asyncio.timeout(PATIENCE):
            while packet := await self._answers.get():
                if packet.kind is kind:
                    return packet
        raise ConnectionAbortedError(kind)

    async def subscribe(self, *filters: tuple[str, int]) -> list[int]:
        """Filters with the QoS wished for; what was granted."""
        wanted = b"".join(text(topic) + bytes([qos]) for topic, qos in filters)
        self.write(frame(Kind.SUBSCRIBE, self._next_id() + wanted, flags=2))
        return [*(await self.hears(Kind.SUBACK)).body[2:]]

    async def unsubscribe(self, topic: str) -> None:
        """Until it is acknowledged."""
        self.write(frame(Kind.UNSUBSCRIBE, self._next_id() + text(topic), flags=2))
        await self.hears(Kind.UNSUBACK)

    async def publish(self, topic: str, payload: bytes, qos: int = 0, *, retain: bool = False) -> None:
        """Until the broker has it."""
        self.write(publish(Message(topic, payload, qos, retain), int.from_bytes(self._next_id())))
        match qos:
            case 0:
                await self.settle()
            case 1:
                await self.hears(Kind.PUBACK)
            case 2:
                self.write(acknowledgement(Kind.PUBREL, (await self.hears(Kind.PUBREC)).id))
                await self.hears(Kind.PUBCOMP)

    async def settle(self) -> list[Message]:
        """All messages so far: what the broker had for us before this came before the answer to a ping."""
        self.write(frame(Kind.PINGREQ))
        await self.hears(Kind.PINGRESP)
        return self.messages

    async def heard(self, count: int) -> list[Message]:
        """So many messages at least."""
        async with asyncio.timeout(PATIENCE):
            while len(self.messages) < count:
                self._news.clear()
                await self._news.wait()
        return self.messages

    async def gone(self) -> None:
        """Until the broker has closed the connection."""
        async with asyncio.timeout(PATIENCE):
            await self.closed.wait()

    async def leave(self) -> None:
        """DISCONNECT, and the broker's end of it."""
        self.write(frame(Kind.DISCONNECT))
        await self.gone()

    async def close(self) -> None:
        """Without a word, if it is open still."""
        self._listening.cancel()
        self._writer.transport.abort()
        with suppress(asyncio.CancelledError):
            await self._listening
        with suppress(OSError):
            await self._writer.wait_closed()

    def _next_id(self) -> bytes:
        self._last_id += 1
        return self._last_id.to_bytes(2)

    async def _listen(self) -> None:
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                self._take(await self._read())
        self.closed.set()
        self._answers.put_nowait(None)

    async def _read(self) -> Packet:
        first, size, shift = (await self._reader.readexactly(1))[0], 0, 0
        while True:
            byte = (await self._reader.readexactly(1))[0]
            size |= (byte & 127) << shift
            shift += 7
            if not byte & 128:
                return Packet(Kind(first >> 4), first & 15, await self._reader.readexactly(size))

    def _take(self, packet: Packet) -> None:
        match packet.kind:
            case Kind.PUBLISH:
                message, packet_id = published(packet)
                self.messages.append(message)
                self.ids.append(packet_id)
                self._news.set()
                if message.qos and self._acknowledges:
                    self.write(acknowledgement(Kind.PUBREC if message.qos == 2 else Kind.PUBACK, packet_id))
            case Kind.PUBREL if self._acknowledges:
                self.write(acknowledgement(Kind.PUBCOMP, packet.id))
                self._answers.put_nowait(packet)
            case _:
                self._answers.put_nowait(packet)
