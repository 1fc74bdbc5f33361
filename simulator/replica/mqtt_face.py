"""The service on a broker: requests come at their topics, and replies leave at theirs.

The session is persistent, and a request has its PUBACK only when its reply has been made: one that was not answered
when the service ended comes again. An update may be applied twice then: one version more, of the same content.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from harness.clock import utc
from harness.errors import LinkError
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, Link, connect
from harness.protocols.replica.words.topics import Scheme, filters_of_requests, request_at
from simulator.link.backoff import Backoff
from simulator.link.link_rules import LinkRules
from simulator.replica.durable_service import DurableService, ReplicaRequest
from simulator.replica.service import Message, Reply

CLIENT_ID = "setpoint-replica"
MOST_KEPT = 10_000  # messages for a broker that is away; older ones are dropped, as a device asks by get anyway

CONNECT_OPTIONS = ConnectOptions(clean_session=False, acknowledges=False)


class SpokenFor(Protocol):
    """A service as far as its MQTT side asks it."""

    @property
    def scheme(self) -> Scheme:
        """The topics that it serves."""

    def over_mqtt(self, reply: Reply) -> tuple[Message, ...]:
        """The messages to say at once for a reply."""


class MqttFace:
    """The broker's side of a service."""

    def __init__(
        self,
        machine: SpokenFor,
        service: DurableService,
        endpoint: Endpoint,
        options: ConnectOptions = CONNECT_OPTIONS,
        retains: Callable[[Message], bool] = lambda _message: False,
    ) -> None:
        """`retains`: of messages, those that the broker is to keep."""
        self._options, self._retains = options, retains
        self._machine, self._service, self._endpoint = machine, service, endpoint
        self._unsent = deque[Message](maxlen=MOST_KEPT)
        self._dropped = 0
        self._sending: Callable[[Message], object] = self._keep

    def say(self, messages: Sequence[Message]) -> None:
        """Publish these in order, now or once the broker is there."""
        for message in messages:
            self._sending(message)

    async def live(self, announce: Callable[[str], None]) -> None:
        """Stay connected until cancelled. Raises LinkError where the first connection does not come about."""
        backoff = Backoff(LinkRules())
        while True:
            try:
                async with connect(self._endpoint, CLIENT_ID, self._options) as link:
                    backoff.is_up(utc())
                    await self._serve(link, announce)
            except* LinkError as lost:
                if not backoff.was_up:
                    raise
                announce(f"lost the broker: {lost.exceptions[0]}")
            await asyncio.sleep(backoff.next_try(utc(), failed=True) or 0.0)

    async def _serve(self, link: Link, announce: Callable[[str], None]) -> None:
        async with asyncio.TaskGroup() as publishing:

            def send(message: Message) -> None:
                publishing.create_task(link.publish(message.topic, message.payload, retain=self._retains(message)))

            try:
                await link.subscribe(*filters_of_requests(self._machine.scheme))
                while self._unsent:
                    send(self._unsent.popleft())
                self._sending = send
                announce(f"on the broker at {self._endpoint}")
                if self._dropped:
                    announce(f"{self._dropped} messages were dropped, the oldest of those for the broker that was away")
                    self._dropped = 0
                async for delivery in link.deliveries():
                    self._hear(link, delivery)
            finally:
                self._sending = self._keep

    def _keep(self, message: Message) -> None:
        self._dropped += len(self._unsent) == MOST_KEPT
        self._unsent.append(message)

    def _hear(self, link: Link, delivery: Delivery) -> None:
        asked = None if delivery.retain else request_at(delivery.topic, self._machine.scheme)
        if asked is None:  # retained: it was asked of an earlier service
            link.acknowledge(delivery.packet_id)
            return

        def tell(reply: Reply) -> None:
            self.say(self._machine.over_mqtt(reply))
            link.acknowledge(delivery.packet_id)

        self._service.ask(ReplicaRequest(*asked, delivery.payload, tell))
