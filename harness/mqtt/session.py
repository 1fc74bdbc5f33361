"""One MQTT session: paho makes and reads the packets, asyncio's loop tells it when there is something to read or write.

No thread takes part. Paho holds locks while it calls back, so a callback here only notes the event.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, NamedTuple

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from harness.clock import is_virtual
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.connected_socket import connected_socket
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.paho_client import PahoClient
from harness.mqtt.tls import client_context

if TYPE_CHECKING:
    from paho.mqtt.client import SocketLike  # it has the name for type checkers alone

KEEP_ALIVE = 10  # seconds without a word after which we ping; a peer that does not answer in as long again is gone


class SessionError(Exception):
    """A request to the broker did not come about; why."""


class RefusedError(SessionError):
    """The broker answered CONNECT with a no; its reason."""


class LostError(SessionError):
    """The connection is gone; why, in paho's words."""


class Arrival(NamedTuple):
    """A message, as it came."""

    topic: str
    payload: bytes
    retain: bool
    packet_id: int
    qos: int


class Session:
    """A client of one endpoint. It connects once. Raises UsageError where the endpoint's files cannot be used."""

    def __init__(self, endpoint: Endpoint, client_id: str, options: ConnectOptions) -> None:
        self._endpoint = endpoint
        self._tls = client_context(endpoint.tls, verifies=options.verifies) if endpoint.tls else None
        # Paho counts in real time, and never pings in virtual: a client that does not do so itself promises none there.
        by_the_clock = 0 if is_virtual() else KEEP_ALIVE
        self._keep_alive = by_the_clock if options.keep_alive is None else options.keep_alive
        self._loop = asyncio.get_running_loop()
        self._lost: str | None = None  # why
        self._inbox = asyncio.Queue[Arrival | None]()  # None: there will be no more
        self._awaited: dict[int, asyncio.Future[list[ReasonCode] | None]] = {}  # by packet id; None: it will not come
        self._is_writer = False  # whether the loop tells us when the peer takes more
        self._paho = self._called_back(PahoClient(endpoint, client_id, options))

    def _called_back(self, paho: PahoClient) -> PahoClient:
        paho.on_connect = self._on_connect
        paho.on_disconnect = self._on_disconnect
        paho.on_subscribe = self._on_subscribe
        paho.on_publish = self._on_publish
        paho.on_message = self._on_message
        paho.on_socket_open = self._on_socket_open
        paho.on_socket_close = self._on_socket_close
        paho.on_socket_register_write = self._on_socket_register_write
        paho.on_socket_unregister_write = self._on_socket_unregister_write
        return paho

    async def open(self) -> None:
        """Connect, and have CONNECT answered. Raises OSError or SessionError, and nothing is left open then."""
        connected = await connected_socket(self._endpoint, self._tls)
        try:
            self._paho.begin(connected, self._keep_alive)
            if self._keep_alive and not is_virtual():
                self._keep_house()
            (code,) = await self._answer(_CONNACK)
        except BaseException:
            self._hang_up("never up")
            raise
        if code.is_failure:
            self._hang_up(str(code))
            raise RefusedError(str(code))

    async def close(self) -> None:
        """Send DISCONNECT behind all that is still to be sent, and close the socket in any case."""
        try:
            self._paho.disconnect()
            await self._answer(_END)
        except SessionError:  # the end itself, or a peer that takes nothing any more
            return
        finally:
            self._hang_up("closed")

    async def subscribe(self, topic: str, qos: int) -> list[ReasonCode]:
        """Send SUBSCRIBE; what SUBACK grants. Raises SessionError."""
        code, packet_id = self._paho.subscribe(topic, qos)
        return await self._answer(self._sent(code, packet_id))

    async def publish(self, topic: str, payload: bytes, qos: int, *, retain: bool) -> None:
        """Send PUBLISH, and wait for PUBACK; at QoS 0, until it is written. Raises SessionError."""
        info = self._paho.publish(topic, payload, qos, retain)
        packet_id = self._sent(info.rc, info.mid)
        if not info.is_published():
            await self._answer(packet_id)

    def send_ahead(self, topic: str, payload: bytes) -> None:
        """Send PUBLISH at QoS 1, retained, and wait for nothing: the packets of one connection keep their order."""
        self._paho.publish(topic, payload, 1, retain=True)

    def ping(self) -> None:
        """Send PINGREQ."""
        self._paho.ping()

    def acknowledge(self, packet_id: int) -> None:
        """Send PUBACK; once the connection is gone, send nothing."""
        if self._paho.is_connected():
            self._paho.ack(packet_id, 1)

    async def arrivals(self) -> AsyncIterator[Arrival]:
        """Every message that comes, until the session ends, which raises LostError."""
        while arrival := await self._inbox.get():
            yield arrival
        self._inbox.put_nowait(None)  # for the next caller
        raise LostError(self._lost)

    def _sent(self, code: MQTTErrorCode, packet_id: int | None) -> int:
        if code != MQTTErrorCode.MQTT_ERR_SUCCESS or packet_id is None:
            raise LostError(self._lost or code.name)
        return packet_id

    async def _answer(self, packet_id: int) -> list[ReasonCode]:
        """The codes in it. Raises LostError, and SessionError where none comes in time.

        `asyncio.wait_for` of Python 3.11 would drop a cancellation that meets the answer; `asyncio.timeout` costs more.
        """
        if self._lost is not None:  # what was to be answered may have ended it
            raise LostError(self._lost)
        answer: asyncio.Future[list[ReasonCode] | None] = self._loop.create_future()
        self._awaited[packet_id] = answer
        patience = self._loop.call_later(_ANSWERS_WITHIN, _is_late, answer)
        try:
            codes = await answer
        finally:
            patience.cancel()
            del self._awaited[packet_id]
        if codes is None:
            raise LostError(self._lost)
        return codes

    def _answered(self, packet_id: int, codes: list[ReasonCode]) -> None:
        answer = self._awaited.get(packet_id)
        if answer and not answer.done():
            answer.set_result(codes)

    def _hang_up(self, why: str) -> None:
        self._paho.hang_up()
        self._end(why)

    def _end(self, why: str) -> None:
        """Results instead of exceptions: a future that is never read raises no complaint."""
        if self._lost is not None:
            return
        self._lost = why
        self._inbox.put_nowait(None)
        for answer in self._awaited.values():
            if not answer.done():
                answer.set_result(None)

    def _keep_house(self) -> None:
        """Every second: ping in time, and miss the answer to it."""
        if self._paho.loop_misc() == MQTTErrorCode.MQTT_ERR_SUCCESS:
            self._loop.call_later(1, self._keep_house)

    def _read(self) -> None:
        try:
            self._paho.loop_read()
            while _has_more(self._paho.socket()):
                self._paho.loop_read()
        except Exception as error:  # noqa: BLE001 - a broker's bytes that paho did not expect; it raises what it meets
            self._hang_up(str(error))

    def _write(self) -> None:
        try:
            self._paho.loop_write()
        except Exception as error:  # noqa: BLE001 - likewise
            self._hang_up(str(error))

    def _on_socket_open(self, _paho: Client, _data: object, sock: "SocketLike") -> None:
        self._loop.add_reader(sock, self._read)

    def _on_socket_close(self, _paho: Client, _data: object, sock: "SocketLike") -> None:
        self._loop.remove_reader(sock)

    def _on_socket_register_write(self, paho: Client, _data: object, sock: "SocketLike") -> None:
        """Write at once; only where the peer takes no more for now, go on when it does."""
        self._write()
        if paho.want_write() and paho.socket() is not None:
            self._loop.add_writer(sock, self._write)
            self._is_writer = True

    def _on_socket_unregister_write(self, _paho: Client, _data: object, sock: "SocketLike") -> None:
        if self._is_writer:
            self._loop.remove_writer(sock)
            self._is_writer = False

    def _on_connect(
        self, _paho: Client, _data: object, _flags: ConnectFlags, code: ReasonCode, _more: Properties | None
    ) -> None:
        self._answered(_CONNACK, [code])

    def _on_disconnect(
        self, _paho: Client, _data: object, _flags: DisconnectFlags, code: ReasonCode, _more: Properties | None
    ) -> None:
        self._end(str(code))

    def _on_subscribe(
        self, _paho: Client, _data: object, packet_id: int, codes: list[ReasonCode], _more: Properties | None
    ) -> None:
        self._answered(packet_id, codes)

    def _on_publish(
        self, _paho: Client, _data: object, packet_id: int, code: ReasonCode, _more: Properties | None
    ) -> None:
        self._answered(packet_id, [code])

    def _on_message(self, _paho: Client, _data: object, message: MQTTMessage) -> None:
        arrival = Arrival(_topic_of(message), bytes(message.payload), message.retain, message.mid, message.qos)
        self._inbox.put_nowait(arrival)


def _is_late(answer: "asyncio.Future[list[ReasonCode] | None]") -> None:
    if not answer.done():
        answer.set_exception(SessionError("it did not answer in time"))


def _has_more(sock: "SocketLike | None") -> bool:
    """Whether TLS has taken in more than was read; the kernel does not tell of that again."""
    return isinstance(sock, ssl.SSLSocket) and sock.pending() > 0


def _topic_of(message: MQTTMessage) -> str:
    """The topic, also where a broker lets one pass that is no UTF-8, which MQTT forbids: with its bytes escaped."""
    try:
        return message.topic
    except UnicodeDecodeError as error:
        topic: bytes = error.object
        return topic.decode(errors="backslashreplace")


_CONNACK, _END = 0, -1  # awaited like answers that have a packet id, which are from 1
_ANSWERS_WITHIN = 10.0  # seconds
