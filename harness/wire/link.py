"""One MQTT session: what goes out and comes in, stamped."""

import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import aiomqtt
from paho.mqtt.reasoncodes import ReasonCode

from harness.clock import utc
from harness.errors import LinkError
from harness.wire.client import KEEP_ALIVE, HungUpError, MendedClient, client_for
from harness.wire.endpoint import Endpoint
from harness.wire.greeting import Greeting

logging.getLogger("mqtt").setLevel(logging.CRITICAL)  # aiomqtt's: what it would say is raised as LinkError

_HELLO = Greeting()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that reached us, and when."""

    time: float
    topic: str
    payload: bytes
    retain: bool
    packet_id: int = 0  # of one at QoS 1: a second time the same is the same message


class Link:
    """A client of the broker that is connected."""

    def __init__(self, client: MendedClient, endpoint: Endpoint, greeting: Greeting = _HELLO) -> None:
        self._client, self._endpoint, self._greeting = client, endpoint, greeting
        self._topics: tuple[str, ...] = ()

    async def subscribe(self, *topics: str) -> None:
        """Ask for the topics at QoS 1, unless greeted otherwise; the filters must not overlap."""
        self._topics = (*self._topics, *(topic for topic in topics if topic not in self._topics))
        try:
            for topic in topics:
                granted = await self._client.subscribe(topic, qos=self._greeting.subscribes_at)
                if any(_is_refusal(code) for code in granted):
                    raise LinkError(self._endpoint, f"does not let us subscribe to {topic}")
        except aiomqtt.MqttError as error:
            raise LinkError(self._endpoint, error) from error

    async def rejoin(self) -> None:
        """Ask for the same topics once more: what is retained there comes again, as on a connection that is new."""
        await self.subscribe(*self._topics)

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Send at QoS 1, unless greeted otherwise, and wait for the broker's PUBACK."""
        try:
            await self._client.publish(topic, payload, qos=self._greeting.publishes_at, retain=retain)
        except aiomqtt.MqttError as error:
            raise LinkError(self._endpoint, error) from error

    def ping(self) -> None:
        """Send PINGREQ. By itself a link does so by the wall clock, and so never in virtual time."""
        self._client.ping()

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """Every message that arrives, until the session ends."""
        try:
            async for topic, payload, retain, packet_id in self._client.arrivals():
                yield Delivery(utc(), topic, payload, retain, packet_id)
        except aiomqtt.MqttError as error:
            raise LinkError(self._endpoint, _why_lost(error)) from error


@asynccontextmanager
async def connect(endpoint: Endpoint, client_id: str, greeting: Greeting = _HELLO) -> AsyncIterator[Link]:
    """A session that lasts as long as the block. Raises LinkError where none comes about.

    With TLS the handshake blocks its thread: in virtual time, where there is only one, use plain TCP.
    """
    client = client_for(endpoint, client_id, greeting)
    try:
        await client.__aenter__()
    except aiomqtt.MqttError as error:
        raise LinkError(endpoint, _why(error, endpoint)) from error
    try:
        yield Link(client, endpoint, greeting)
    finally:
        with suppress(aiomqtt.MqttError):  # a broker that does not even take leave
            await client.__aexit__(None, None, None)


def _why(error: aiomqtt.MqttError, endpoint: Endpoint) -> str:  # noqa: PLR0911 - a table of causes
    """What the operator can do something about, in one sentence. aiomqtt hides the cause, Python keeps it."""
    match error, error.__context__:
        case aiomqtt.exceptions.MqttConnectError(rc=code), _:
            name = getattr(code, "getName", lambda: code)()
            who = f"the login of {endpoint.login.user!r}" if endpoint.login else "a client without login"
            return f"refused {who}: {name}"
        case HungUpError(), _ if endpoint.tls:
            ours = endpoint.tls.certificate or "none"
            return f"hung up during the TLS handshake; does it trust our client certificate ({ours})?"
        case HungUpError(), _:
            return f"hung up before it answered CONNECT ({error})"
        case _, ssl.SSLCertVerificationError() as cause:
            return f"its certificate is not trusted: {cause.verify_message}"
        case _, ssl.SSLError() as cause:
            return f"no TLS comes about: {cause.reason or cause}"
        case _, ConnectionResetError() if endpoint.tls:
            return "no TLS comes about: it hung up; is that its port for TLS?"
        case _, OSError(strerror=str(words)):
            return f"cannot be reached: {words}"
    return f"cannot be reached: {error}"


def _why_lost(error: aiomqtt.MqttError) -> str:
    """What aiomqtt says is only that the connection is gone; its cause has paho's reason."""
    code = getattr(error.__cause__, "rc", None)
    name = str(getattr(code, "getName", lambda: code)())
    if name == _SILENT:
        return f"does not answer any more: no word for {2 * KEEP_ALIVE} s"
    return "the connection is gone"


def _is_refusal(code: int | ReasonCode) -> bool:
    return (code if isinstance(code, int) else code.value) >= _REFUSED


_REFUSED = 0x80
_SILENT = "Keep alive timeout"
