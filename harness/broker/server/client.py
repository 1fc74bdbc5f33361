"""One client of the broker: its session, and the flows of QoS 1 and 2.

What is not yet acknowledged lies in the session, in order, and outlives the connection: there is no time limit on an
acknowledgement, and what a client missed is no different from what it did not acknowledge.
"""

import logging
from collections.abc import Callable

from amqtt.errors import AMQTTError, MQTTError
from amqtt.mqtt.connack import CONNECTION_ACCEPTED, ConnackPacket
from amqtt.mqtt.pubcomp import PubcompPacket
from amqtt.mqtt.publish import PublishPacket
from amqtt.mqtt.pubrec import PubrecPacket
from amqtt.mqtt.pubrel import PubrelPacket
from amqtt.session import IncomingApplicationMessage, OutgoingApplicationMessage

from harness.broker.access_control import Account
from harness.broker.server.bounds import LATEST, WAITING, WAITING_BYTES
from harness.broker.server.client_session import ClientSession
from harness.broker.server.packet_bytes import Packet
from harness.broker.server.stream import PacketStream
from harness.mqtt.packets import Replaced

_log = logging.getLogger(__name__)


class Client:
    """A session, the account that it belongs to, and its connection while there is one.

    `delivered` is told of every PUBLISH that is written to the connection.
    """

    def __init__(
        self,
        session: ClientSession,
        account: Account,
        stream: PacketStream | None,
        delivered: Callable[[str, PublishPacket], None],
    ) -> None:
        self.session, self.account, self._delivered = session, account, delivered
        self.stream = stream
        self._published = set[tuple[str, int, bool]]()
        self._latest: dict[str, OutgoingApplicationMessage] = {}
        self._waiting = 0  # bytes that are not acknowledged
        self._held = 0  # bytes that are not released
        self._loses = False  # what is sent to it, as too much waits already

    @property
    def id(self) -> str:
        """As the client calls itself, or as it was called."""
        return self.session.client_id or ""

    @property
    def patience(self) -> float | None:
        """For how many seconds it may be silent: one and a half times its keep-alive (3.1.2.10)."""
        return 1.5 * self.session.keep_alive or None

    @property
    def replaced(self) -> Replaced | None:
        """Its connection, for the one that comes in its place; None where there is none any more."""
        if self.stream is None or self.stream.is_over:
            return None
        return Replaced(round(self.stream.silent_for, 3), self.session.keep_alive or 0, self.stream.peer)

    def may(self, topic: str) -> bool:
        """Whether a topic, or all that a filter can match, is open to it."""
        return self.account.may(topic)

    def may_publish(self, topic: str) -> bool:
        """Whether a message of its may go to that topic."""
        return self.account.may_publish(topic)

    def begins(self, kind: tuple[str, int, bool]) -> bool:
        """Whether a message of that topic, QoS and RETAIN is the first of its kind; a flood of topics is not noted."""
        if kind in self._published or len(self._published) >= _MOST_KINDS:
            return False
        self._published.add(kind)
        return True

    def welcome(self, before: "Client | None") -> None:
        """Let it in; where there was a session before, go on with it."""
        if before:
            self.session.inflight_in, self.session.inflight_out = (
                before.session.inflight_in,
                before.session.inflight_out,
            )
            self._waiting, self._held = before._waiting, before._held  # noqa: SLF001 - both moved with the session
        self._write(ConnackPacket.build(1 if before else 0, CONNECTION_ACCEPTED))
        for message in self.session.inflight_out.values():
            self._move_on(message)

    def send(self, topic: str, data: bytes, qos: int, *, retain: bool) -> None:
        """Deliver, now or when it is back. At QoS 0 there is no later."""
        if not qos:
            self._write(PublishPacket.build(topic, data, None, dup_flag=False, qos=0, retain=retain))
            return
        packet_id = self._free_id(len(topic) + len(data))
        if packet_id is None:
            self._tell_lost(topic)
            return
        message = OutgoingApplicationMessage(packet_id, topic, qos, data, retain)
        self._remember(message)
        self.session.inflight_out[packet_id] = message
        self._move_on(message)

    def _remember(self, message: OutgoingApplicationMessage) -> None:
        """As the latest of its topic, in place of that topic's which has had none for longest; not a huge one."""
        self._latest.pop(message.topic, None)
        if len(self._latest) >= LATEST:
            del self._latest[next(iter(self._latest))]
        if len(message.data) <= WAITING_BYTES // LATEST:
            self._latest[message.topic] = message

    def _tell_lost(self, topic: str) -> None:
        """Once for each client."""
        if not self._loses:
            _log.warning("%r acknowledges nothing; a message on %r, for one, is lost", self.id, topic)
        self._loses = True

    def _free_id(self, size: int) -> int | None:
        """For one more message of so many bytes; None where too many, or too large ones, are under way already."""
        if self._waiting + size > WAITING_BYTES or len(self.session.inflight_out) >= WAITING:
            return None
        try:
            packet_id = self.session.next_packet_id
        except AMQTTError:  # 65,535 are under way
            return None
        self._waiting += size
        return packet_id

    def send_again(self, topic: str) -> None:
        """Deliver the latest message on the topic once more, with its number and DUP: its PUBACK may have been lost."""
        message = self._latest.get(topic)
        if message and message.packet_id is not None and message.qos == 1:
            if message.packet_id not in self.session.inflight_out:
                self._waiting += len(topic) + len(message.data)
            self.session.inflight_out[message.packet_id] = message
            self._move_on(message)

    def _move_on(self, message: OutgoingApplicationMessage) -> None:
        """Send the message's next packet: for the second time, if it was sent before and is not answered."""
        if not self.stream:
            return
        if message.pubrec_packet is not None:
            assert message.packet_id is not None  # noqa: S101 - at QoS 2 there is one
            self._write(PubrelPacket.build(message.packet_id))
            return
        packet = message.build_publish_packet(dup=message.publish_packet is not None)
        message.publish_packet = packet
        self._write(packet)

    def topics_of(self, packet_id: int) -> tuple[str, ...]:
        """The topic of what the client would acknowledge with this number; none, if there is no such message."""
        message = self.session.inflight_out.get(packet_id)
        return (message.topic,) if message else ()

    def acknowledged(self, packet_id: int, qos: int) -> None:
        """PUBACK ends a message of QoS 1, PUBCOMP one of QoS 2."""
        message = self.session.inflight_out.get(packet_id)
        if message and message.qos == qos:
            del self.session.inflight_out[packet_id]
            self._waiting -= len(message.topic) + len(message.data)

    def received(self, packet: PubrecPacket) -> None:
        """PUBREC: the message has arrived, and is not sent again; PUBREL is, until it is answered."""
        message = self.session.inflight_out.get(packet.packet_id)
        if message and message.qos == 2:  # noqa: PLR2004 - as MQTT counts
            message.pubrec_packet = packet
        self._write(PubrelPacket.build(packet.packet_id))

    def holds(self, packet: PublishPacket) -> None:
        """PUBLISH at QoS 2: kept until PUBREL; said twice, it is kept once. Raises MQTTError where there is no room."""
        packet_id, topic, data = packet.packet_id, packet.topic_name, packet.data
        assert packet_id is not None and topic is not None and data is not None  # noqa: PT018, S101 - it was decoded
        message = IncomingApplicationMessage(packet_id, topic, packet.qos, data, packet.retain_flag)
        if packet_id not in self.session.inflight_in:
            held = self._held + len(topic) + len(data)
            if held > WAITING_BYTES or len(self.session.inflight_in) >= WAITING:
                raise MQTTError("too much is not released")
            self.session.inflight_in[packet_id], self._held = message, held
        self._write(PubrecPacket.build(packet_id))

    def releases(self, packet_id: int) -> IncomingApplicationMessage | None:
        """PUBREL: the message that was held, if it was not released before."""
        self._write(PubcompPacket.build(packet_id))
        message = self.session.inflight_in.pop(packet_id, None)
        self._held -= len(message.topic) + len(message.data) if message else 0
        return message

    def answer(self, packet: Packet) -> None:
        """Send a packet that answers one of the client's."""
        self._write(packet)

    def _write(self, packet: Packet) -> None:
        if not self.stream:
            return
        self.stream.write(packet)
        if isinstance(packet, PublishPacket):
            self._delivered(self.id, packet)


_MOST_KINDS = 50
