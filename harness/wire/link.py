"""One MQTT session: what goes out and comes in, stamped."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import aiomqtt

from harness.clock import utc
from harness.errors import LinkError
from harness.wire.endpoint import Endpoint

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

    async def subscribe(self, *topics: str) -> None:
        """Ask for the topics at QoS 1; the filters must not overlap."""
        try:
            for topic in topics:
                await self._client.subscribe(topic, qos=1)
        except aiomqtt.MqttError as error:
            raise LinkError(self._endpoint, error) from error

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Send at QoS 1, and wait for the broker's PUBACK."""
        try:
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
            raise LinkError(self._endpoint, error) from error


@asynccontextmanager
async def connect(endpoint: Endpoint, client_id: str) -> AsyncIterator[Link]:
    """A session that lasts as long as the block. Raises LinkError where none comes about."""
    login, tls = endpoint.login, endpoint.tls
    client = aiomqtt.Client(
        endpoint.host,
        endpoint.port,
        identifier=client_id,
        username=login.user if login else None,
        password=login.password if login else None,
        tls_context=tls.context() if tls else None,
        socket_options=_NO_DELAY,
    )
    try:
        await client.__aenter__()
    except aiomqtt.MqttError as error:
        raise LinkError(endpoint, error) from error
    try:
        yield Link(client, endpoint)
    finally:
        with suppress(aiomqtt.MqttError):  # a broker that does not even take leave
            await client.__aexit__(None, None, None)
