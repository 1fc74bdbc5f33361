"""A broker of MQTT 3.1.1 in this loop, on amqtt's packets. docs/decisions says why it is not amqtt's own.

Everything happens when a packet is read, in the task of the connection that it came on. So messages keep their order,
and in virtual time every run is the same.
"""

import asyncio
import logging
import ssl

from amqtt.errors import MQTTError
from amqtt.mqtt.connack import NOT_AUTHORIZED, SERVER_UNAVAILABLE, ConnackPacket
from amqtt.mqtt.disconnect import DisconnectPacket
from amqtt.mqtt.pingreq import PingReqPacket
from amqtt.mqtt.pingresp import PingRespPacket
from amqtt.mqtt.puback import PubackPacket
from amqtt.mqtt.pubcomp import PubcompPacket
from amqtt.mqtt.publish import PublishPacket
from amqtt.mqtt.pubrec import PubrecPacket
from amqtt.mqtt.pubrel import PubrelPacket
from amqtt.mqtt.suback import SubackPacket
from amqtt.mqtt.subscribe import SubscribePacket
from amqtt.mqtt.unsuback import UnsubackPacket
from amqtt.mqtt.unsubscribe import UnsubscribePacket

from harness.broker.fault_injector import FaultInjector
from harness.broker.listener import Listener
from harness.broker.packet_observer import PacketObserver
from harness.broker.server.bounds import LIKE_A_PACKET, RETAINED_IN_A_ROW, STRANGERS
from harness.broker.server.client import Client
from harness.broker.server.client_session import ClientSession
from harness.broker.server.listening_socket import CONNECT_WITHIN, ListeningSocket
from harness.broker.server.packet_bytes import Packet
from harness.broker.server.publish_check import EXACTLY_ONCE, checked
from harness.broker.server.retained import RetainedMessages
from harness.broker.server.stream import MALFORMED, PacketStream
from harness.broker.server.subscriptions import Subscriptions
from harness.descriptors import for_strangers
from harness.mqtt.packets import PacketKind

_log = logging.getLogger(__name__)


class MqttBroker:
    """A broker on one listener."""

    def __init__(self, listener: Listener, tls: ssl.SSLContext | None) -> None:
        self._listener, self._packet_observer = listener, PacketObserver(listener.watch)
        self._listening_socket = ListeningSocket(
            listener, tls, self._connected, self._packet_observer.sees_somebody_fooled
        )
        self._fault_injector = listener.fault_injector or FaultInjector()
        self._fault_injector.concerns(self)
        self._server: asyncio.Server | None = None
        self._clients: dict[str, Client] = {}
        self._subscriptions, self._retained = Subscriptions(), RetainedMessages()
        self._attending: dict[asyncio.Task[None], PacketStream] = {}
        self._strangers: dict[PacketStream, None] = {}  # the oldest first
        self._most_strangers = for_strangers(STRANGERS)
        self._is_closing = self._is_full = False

    @property
    def port(self) -> int:
        """The one that it was given."""
        return self._listening_socket.port

    def stop_listening(self) -> None:
        """Let connections that are there be."""
        if self._server:
            self._server.close()

    async def listen(self, *, as_a_stranger: bool = False) -> None:
        """At the same port as before; as a stranger: with a certificate that nobody vouches for. Raises OSError."""
        self._server = await self._listening_socket.open(as_a_stranger=as_a_stranger)

    def drop(self) -> None:
        """Break off every connection but ours."""
        for client in [*self._clients.values()]:
            if client.stream and not self._fault_injector.spares(client.id):
                client.stream.hang_up()
                self._part(client, PacketKind.LOST)

    def send_again(self, topic: str) -> None:
        """Deliver the latest message on the topic a second time, with DUP, to everybody but us."""
        for client in self._clients.values():
            if not self._fault_injector.spares(client.id):
                client.send_again(topic)

    async def shutdown(self) -> None:
        """Close the listener and every connection, those too that were accepted in this very moment."""
        self._is_closing = True
        self.stop_listening()
        await asyncio.sleep(0)  # a connection that was just accepted begins, and is sent away
        for client in self._clients.values():
            client.stream = None  # it is we who go: no will is due
        while self._attending:
            for stream in self._attending.values():
                stream.hang_up()
            await asyncio.wait(self._attending)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Attend to a connection from its first packet until its socket is closed."""
        stream, task = PacketStream(reader, writer), asyncio.current_task()
        assert task is not None  # noqa: S101 - asyncio has made one for us
        self._attending[task] = stream
        try:
            if not self._is_closing:
                await self._attend(stream)
        except (*MALFORMED, OSError) as problem:
            _log.debug("a connection is closed: %r", problem)
        finally:
            await stream.close()
            del self._attending[task]

    async def _attend(self, stream: PacketStream) -> None:
        session = await self._greeted(stream)
        client = self._admitted(session, stream) if session else None
        if not client:
            return
        farewell, silent_for = PacketKind.LOST, None
        try:
            async with asyncio.timeout(client.patience) as silence:
                while client.stream is stream and (packet := await stream.read()):
                    if client.patience:
                        silence.reschedule(asyncio.get_running_loop().time() + client.patience)
                    if isinstance(packet, DisconnectPacket):
                        farewell, client.session.will_flag = PacketKind.DISCONNECT, False
                        break
                    await self._receive(client, packet)
        except TimeoutError:
            silent_for = client.patience
        finally:
            if client.stream is stream:
                self._part(client, farewell, silent_for)

    async def _greeted(self, stream: PacketStream) -> ClientSession | None:
        """The settings of the first packet. Unknown clients have a bounded time, and a bounded number of places."""
        if len(self._strangers) >= self._most_strangers:
            next(iter(self._strangers)).hang_up()
        self._strangers[stream] = None
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                return await stream.handshake()
        except MALFORMED:
            self._packet_observer.sees_somebody_come(stream, refused=True)
            raise
        finally:
            self._strangers.pop(stream, None)

    def _admitted(self, session: ClientSession, stream: PacketStream) -> Client | None:
        """The client, if it may come in. Its session goes on unless it wants a clean one; one of that name goes.

        An id belongs to the account that holds its session, also while its client is away.
        """
        client_id = session.client_id or ""
        account, before = self._listener.account_of(session.username, session.password), self._clients.get(client_id)
        if account is None or (before and before.account != account):
            self._packet_observer.sees_somebody_come(stream, refused=True)
            stream.write(ConnackPacket.build(0, NOT_AUTHORIZED))
            return None
        if self._fault_injector.refuses(client_id):
            self._packet_observer.sees_somebody_come(stream, refused=True)
            stream.write(ConnackPacket.build(0, SERVER_UNAVAILABLE))
            return None
        if session.will_flag:
            checked(session.will_topic, session.will_qos)
        replaced = before.replaced if before else None
        if before and before.stream:
            before.stream.hang_up()
            self._part(before, PacketKind.LOST)
        self._packet_observer.sees_somebody_come(stream, client_id, replaced=replaced)
        before = self._clients.get(client_id)  # gone, if it was a clean one
        client = Client(session, account, stream, self._packet_observer.sees_delivered)
        if before and session.clean_session:
            self._forget(before)
            before = None
        self._clients[client_id] = client
        client.welcome(before)
        return client

    def _part(self, client: Client, farewell: PacketKind, silent_for: float | None = None) -> None:
        """The connection is over: so is a clean session, and the will is due unless the client took its leave."""
        client.stream = None
        self._packet_observer.sees(client.id, farewell, silent_for=silent_for)
        session = client.session
        if session.clean_session:
            self._forget(client)
        if session.will_flag and session.will_topic and client.may_publish(session.will_topic):
            data, qos = bytes(session.will_message or b""), session.will_qos or 0
            self._route(session.will_topic, data, qos, retain=bool(session.will_retain))

    def _forget(self, client: Client) -> None:
        del self._clients[client.id]
        self._subscriptions.forget(client.id)

    async def _receive(self, client: Client, packet: Packet) -> None:  # noqa: C901 - a table of packets
        match packet:
            case PublishPacket():
                self._publish(client, packet)
            case PubackPacket(packet_id=packet_id):
                topics = client.topics_of(packet_id)
                self._packet_observer.sees(client.id, PacketKind.PUBACK, topics, packet_id=packet_id)
                client.acknowledged(packet_id, 1)
            case PubrecPacket():
                client.received(packet)
            case PubcompPacket(packet_id=packet_id):
                client.acknowledged(packet_id, 2)
            case PubrelPacket(packet_id=packet_id):
                if message := client.releases(packet_id):
                    self._pass_on(client, message.topic, bytes(message.data), 2, retain=message.retain)
            case SubscribePacket():
                await self._subscribe(client, packet)
            case UnsubscribePacket(payload=payload, variable_header=header) if payload and header:
                for topic_filter in payload.topics:
                    self._subscriptions.remove(client.id, topic_filter)
                self._charge(client, len(payload.topics))
                client.answer(UnsubackPacket.build(header.packet_id))
            case PingReqPacket():
                self._packet_observer.sees(client.id, PacketKind.PINGREQ)
                client.answer(PingRespPacket.build())
            case _:
                raise MQTTError(f"no client sends a {type(packet).__name__} here")

    def _publish(self, client: Client, packet: PublishPacket) -> None:
        topic, qos = checked(packet.topic_name, packet.qos)
        if client.begins((topic, qos, packet.retain_flag)):
            first_of_its_kind = PacketKind.PUBLISH, (topic,), (qos,)
            self._packet_observer.sees(
                client.id, *first_of_its_kind, packet_id=packet.packet_id, retain=packet.retain_flag
            )
        if qos == EXACTLY_ONCE:
            client.holds(packet)
            return
        self._pass_on(client, topic, packet.data or b"", qos, retain=packet.retain_flag)
        if packet.packet_id is not None and not self._fault_injector.withholds(client.id):
            client.answer(PubackPacket.build(packet.packet_id))

    def _pass_on(self, client: Client, topic: str, data: bytes, qos: int, *, retain: bool) -> None:
        """MQTT 3.1.1 has no word for a refusal: what is not allowed is acknowledged, and goes nowhere."""
        if client.may_publish(topic):
            self._charge(client, self._subscriptions.wild + self._route(topic, data, qos, retain=retain))

    def _charge(self, client: Client, steps: int) -> None:
        """Others have their turn the sooner."""
        if client.stream:
            client.stream.has_cost(steps // LIKE_A_PACKET)

    def _route(self, topic: str, data: bytes, qos: int, *, retain: bool) -> int:
        """To each subscriber once, at the lower QoS of the message and of the best filter that fits; so many."""
        if retain and not self._fault_injector.has_frozen(topic) and not self._retained.put(topic, data, qos):
            self._tell_full(topic)
        granted = self._subscriptions.granted(topic)
        for name, most in granted.items():
            self._clients[name].send(topic, data, min(qos, most), retain=False)
        return len(granted)

    def _tell_full(self, topic: str) -> None:
        """Once: a flood of messages is not to become a flood of warnings."""
        if not self._is_full:
            _log.warning("too much is retained; what comes on %r, for one, is passed on, and not kept", topic)
        self._is_full = True

    async def _subscribe(self, client: Client, packet: SubscribePacket) -> None:
        """Grant what is open to the client, answer, and only then send what is retained."""
        wanted = packet.payload.topics if packet.payload else []
        if not wanted or not packet.variable_header:
            raise MQTTError("a SUBSCRIBE asks for nothing")
        topics, asked_for = zip(*wanted, strict=True)
        packet_id = packet.variable_header.packet_id
        self._packet_observer.sees(client.id, PacketKind.SUBSCRIBE, topics, asked_for, packet_id=packet_id)
        self._charge(client, len(wanted))
        codes = [self._grant(client, topic_filter, qos) for topic_filter, qos in wanted]
        client.answer(SubackPacket.build(packet_id, codes))
        for (topic_filter, _), code in zip(wanted, codes, strict=True):
            if code != _REFUSED:
                await self._send_retained(client, topic_filter, code)

    def _grant(self, client: Client, topic_filter: str, qos: int) -> int:
        granted = min(qos, EXACTLY_ONCE)
        may = client.may(topic_filter) and self._subscriptions.add(client.id, topic_filter, granted)
        return granted if may else _REFUSED

    async def _send_retained(self, client: Client, topic_filter: str, granted: int) -> None:
        """All that the filter brings, while the client is there; now and then everybody else has a turn."""
        stream = client.stream
        for number, topic in enumerate(self._retained.topics(topic_filter), start=1):
            if topic is not None and (message := self._retained.at(topic)):
                client.send(topic, message.payload, min(message.qos, granted), retain=True)
            if number % RETAINED_IN_A_ROW == 0:
                await asyncio.sleep(0)
                if client.stream is not stream:
                    return


_REFUSED = 0x80  # in a SUBACK
