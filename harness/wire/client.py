"""aiomqtt's client for one endpoint, mended: in virtual time, and where a broker hangs up."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable
from functools import cached_property, partial
from typing import NamedTuple, TypeVar

import aiomqtt
from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import DisconnectFlags, MQTTMessage
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from harness.clock import is_virtual
from harness.wire.endpoint import Endpoint
from harness.wire.greeting import Greeting, Level
from harness.wire.host import is_socket
from harness.wire.tls import client_context

T = TypeVar("T")

KEEP_ALIVE = 10  # seconds without a word after which we ping; a peer that does not answer in as long again is gone

# The kernel may hold a packet 40 ms (Nagle meets delayed ACK); a virtual clock would jump ahead of it.
_NO_DELAY = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),)


class HungUpError(aiomqtt.MqttError):
    """The connection was closed before CONNECT was answered."""


def client_for(endpoint: Endpoint, client_id: str, greeting: Greeting) -> "MendedClient":
    """One that is not connected yet. Raises UsageError where the endpoint's files cannot be used."""
    login, will = endpoint.login, greeting.will
    # Paho counts in real time, and never pings in virtual: there a client that does not see to it itself promises none.
    by_the_clock = 0 if is_virtual() else KEEP_ALIVE
    client = MendedClient(
        endpoint.host,
        endpoint.port or _ANY_PORT,
        identifier=client_id,
        username=login.user if login else None,
        password=login.password if login else None,
        tls_context=client_context(endpoint.tls, verifies=greeting.verifies) if endpoint.tls else None,
        socket_options=() if is_socket(endpoint.host) else _NO_DELAY,
        protocol=_PROTOCOLS[greeting.level],
        clean_session=greeting.clean_session,
        keepalive=by_the_clock if greeting.keep_alive is None else greeting.keep_alive,
        will=aiomqtt.Will(will.topic, b"", will.qos, will.retain) if will else None,
    )
    client.keep_quiet()
    if is_virtual():
        client.live_in_one_thread()
    if is_socket(endpoint.host):
        client.dial(endpoint.host)
    if not greeting.acknowledges:
        client.acknowledge_nothing()
    return client


class Arrival(NamedTuple):
    """A message, as it came."""

    topic: str
    payload: bytes
    retain: bool
    packet_id: int


class MendedClient(aiomqtt.Client):
    """What is overridden is aiomqtt's own affair, so its version is pinned."""

    _is_alone = False

    @cached_property
    def _inbox(self) -> asyncio.Queue[Arrival | None]:
        """None: there will be no more."""
        return asyncio.Queue()

    def keep_quiet(self) -> None:
        """What paho would log is raised as well."""
        self._client.disable_logger()

    def live_in_one_thread(self) -> None:
        """Nothing is done in another one, as in virtual time."""
        self._is_alone = True

    def dial(self, path: str) -> None:
        """Connect to the socket that lies there; paho's own way would leave it open where nobody listens."""
        paho, dialled = self._client, partial(_dialled, path)
        paho._create_socket_connection = dialled  # type: ignore[method-assign] # noqa: SLF001 - no other way to change it

    async def arrivals(self) -> AsyncIterator[Arrival]:
        """All that comes, until the session ends, which raises MqttError. aiomqtt would make a task for each."""
        ended = self._disconnected
        ended.add_done_callback(lambda _: self._inbox.put_nowait(None))
        while arrival := await self._inbox.get():
            yield arrival
        raise aiomqtt.MqttError("the session has ended") from ended.exception()

    def ping(self) -> None:
        """Send PINGREQ."""
        self._client._send_pingreq()  # noqa: SLF001 - neither aiomqtt nor paho has a public way

    def acknowledge_nothing(self) -> None:
        """No PUBACK is ever sent."""
        self._client.manual_ack_set(on=True)

    def _on_socket_register_write(self, client: PahoClient, userdata: object, sock: socket.socket) -> None:
        """As connecting happens in a thread, aiomqtt has the loop write, some rounds later; alone, we do it at once."""
        if self._is_alone:
            client.loop_write()
        is_left = client.want_write() and client.socket() is not None  # a peer takes no more for now
        if is_left or not self._is_alone:
            super()._on_socket_register_write(client, userdata, sock)

    def _on_message(self, _client: PahoClient, _userdata: object, message: MQTTMessage) -> None:
        self._inbox.put_nowait(Arrival(message.topic, bytes(message.payload), message.retain, message.mid))

    async def _wait_for(self, fut: Awaitable[T], timeout: float | None) -> T:  # noqa: ASYNC109 - as aiomqtt has it
        """Python 3.11's `wait_for` makes a task of what is waited for, and drops a cancellation that meets its end."""
        try:
            async with asyncio.timeout(self.timeout if timeout is None else timeout):
                return await fut
        except TimeoutError:
            raise aiomqtt.MqttError("it did not answer in time") from None

    async def _misc_loop(self) -> None:
        """Every second it would look at the wall clock, and wake virtual time for it."""
        if not self._is_alone:
            await super()._misc_loop()

    def _on_disconnect(
        self,
        client: PahoClient,
        userdata: object,
        flags: DisconnectFlags,
        reason_code: ReasonCode,
        properties: Properties | None = None,
    ) -> None:
        """Left alone, aiomqtt waits 10 s for a CONNACK on a connection that is closed, and calls it a timeout."""
        if not self._connected.done():
            self._connected.set_exception(HungUpError(str(reason_code)))
        super()._on_disconnect(client, userdata, flags, reason_code, properties)


def _dialled(path: str) -> socket.socket:
    dialling = socket.socket(socket.AF_UNIX)
    try:
        dialling.connect(path)
    except OSError:
        dialling.close()
        raise
    return dialling


_ANY_PORT = 1883  # paho wants one, also where it means nothing
_PROTOCOLS = {Level.MQTT_3_1: aiomqtt.ProtocolVersion.V31, Level.MQTT_3_1_1: aiomqtt.ProtocolVersion.V311}
