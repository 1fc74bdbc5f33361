"""One MQTT session: what goes out and comes in, stamped."""

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

import aiomqtt
from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import DisconnectFlags
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from harness.clock import is_virtual, utc
from harness.errors import LinkError
from harness.wire.endpoint import Endpoint
from harness.wire.tls import client_context

logging.getLogger("mqtt").setLevel(logging.CRITICAL)  # aiomqtt's: what it would say is raised as LinkError

KEEP_ALIVE = 10  # seconds without a word after which we ping; a peer that does not answer in as long again is gone

# The kernel may hold a packet 40 ms (Nagle meets delayed ACK); a virtual clock would jump ahead of it.
_NO_DELAY = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that reached us, and when."""

    time: float
    topic: str
    payload: bytes
    retain: bool


class Link:
    """A client of the broker that is connected."""

    def __init__(self, client: aiomqtt.Client, endpoint: Endpoint) -> None:
        self._client, self._endpoint = client, endpoint
        self._topics: tuple[str, ...] = ()

    async def subscribe(self, *topics: str) -> None:
        """Ask for the topics at QoS 1; the filters must not overlap."""
        self._topics = (*self._topics, *(topic for topic in topics if topic not in self._topics))
        try:
            for topic in topics:
                with _cancellable():
                    granted = await self._client.subscribe(topic, qos=1)
                if any(_is_refusal(code) for code in granted):
                    raise LinkError(self._endpoint, f"does not let us subscribe to {topic}")
        except aiomqtt.MqttError as error:
            raise LinkError(self._endpoint, error) from error

    async def rejoin(self) -> None:
        """Ask for the same topics once more: what is retained there comes again, as on a connection that is new."""
        await self.subscribe(*self._topics)

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Send at QoS 1, and wait for the broker's PUBACK."""
        try:
            with _cancellable():
                await self._client.publish(topic, payload, qos=1, retain=retain)
        except aiomqtt.MqttError as error:
            raise LinkError(self._endpoint, error) from error

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """Every message that arrives, until the session ends."""
        try:
            async for message in self._client.messages:
                payload = message.payload if isinstance(message.payload, bytes) else b""
                yield Delivery(utc(), str(message.topic), payload, message.retain)
        except aiomqtt.MqttError as error:
            raise LinkError(self._endpoint, _why_lost(error)) from error


@asynccontextmanager
async def connect(endpoint: Endpoint, client_id: str) -> AsyncIterator[Link]:
    """A session that lasts as long as the block. Raises LinkError where none comes about.

    With TLS the handshake blocks its thread: in virtual time, where there is only one, use plain TCP.
    """
    client = _client(endpoint, client_id)
    try:
        await client.__aenter__()
    except aiomqtt.MqttError as error:
        raise LinkError(endpoint, _why(error, endpoint)) from error
    try:
        yield Link(client, endpoint)
    finally:
        with suppress(aiomqtt.MqttError):  # a broker that does not even take leave
            await client.__aexit__(None, None, None)


def _client(endpoint: Endpoint, client_id: str) -> aiomqtt.Client:
    login = endpoint.login
    return _Client(
        endpoint.host,
        endpoint.port,
        identifier=client_id,
        username=login.user if login else None,
        password=login.password if login else None,
        tls_context=client_context(endpoint.tls) if endpoint.tls else None,
        socket_options=_NO_DELAY,
        # Paho counts in real time, and so never pings in virtual: there, it must promise none.
        keepalive=0 if is_virtual() else KEEP_ALIVE,
    )


@contextmanager
def _cancellable() -> Iterator[None]:
    """Until Python 3.12, `wait_for`, which aiomqtt waits with, drops a cancellation that meets the answer."""
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    yield
    if task and task.cancelling() > before:
        raise asyncio.CancelledError


class _HungUpError(aiomqtt.MqttError):
    """The connection was closed before CONNECT was answered."""


class _Client(aiomqtt.Client):
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
            self._connected.set_exception(_HungUpError(str(reason_code)))
        super()._on_disconnect(client, userdata, flags, reason_code, properties)


def _why(error: aiomqtt.MqttError, endpoint: Endpoint) -> str:  # noqa: PLR0911 - a table of causes
    """What the operator can do something about, in one sentence. aiomqtt hides the cause, Python keeps it."""
    match error, error.__context__:
        case aiomqtt.exceptions.MqttConnectError(rc=code), _:
            name = getattr(code, "getName", lambda: code)()
            who = f"the login of {endpoint.login.user!r}" if endpoint.login else "a client without login"
            return f"refused {who}: {name}"
        case _HungUpError(), _ if endpoint.tls:
            ours = endpoint.tls.certificate or "none"
            return f"hung up during the TLS handshake; does it trust our client certificate ({ours})?"
        case _HungUpError(), _:
            return f"hung up before it answered CONNECT ({error})"
        case _, ssl.SSLCertVerificationError() as cause:
            return f"its certificate is not trusted: {cause.verify_message}"
        case _, ssl.SSLError() as cause:
            return f"no TLS comes about: {cause.reason or cause}"
        case _, ConnectionResetError() if endpoint.tls:
            return "no TLS comes about: it hung up; is that its port for TLS?"
    return f"cannot be reached: {error}"


def _why_lost(error: aiomqtt.MqttError) -> str:
    """What aiomqtt says is only that the connection is gone; its cause has paho's reason."""
    code = getattr(error.__cause__, "rc", None)
    name = str(getattr(code, "getName", lambda: code)())
    if name == _SILENT:
        return f"does not answer any more: no word for {2 * KEEP_ALIVE} s"
    return str(error)


def _is_refusal(code: int | ReasonCode) -> bool:
    return (code if isinstance(code, int) else code.value) >= _REFUSED


_REFUSED = 0x80
_SILENT = "Keep alive timeout"
