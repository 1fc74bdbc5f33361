"""amqtt's broker, mended: what it does, MQTT 3.1.1 allows. docs/decisions says what was wrong, and what is left of it.

Everything happens when a packet is read, in the task of the connection that it came on. So messages keep their order,
and in virtual time every run is the same.
"""

import asyncio
import logging
import ssl

from amqtt.broker import AMQTT_MAGIC_VALUE_RET_SUBSCRIBED, Broker, RetainedApplicationMessage
from amqtt.contexts import Action
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
from amqtt.session import Session

from harness.broker.client import Client
from harness.broker.door import CONNECT_WITHIN, Door
from harness.broker.interference import Interference
from harness.broker.listener import Listener
from harness.broker.lookout import Lookout
from harness.broker.sound import EXACTLY_ONCE, sound
from harness.broker.stream import MALFORMED, Packet, PacketStream
from harness.wire.seen import Sight

_log = logging.getLogger(__name__)


class MendedBroker(Broker):
    """A broker on one listener."""

    def __init__(self, listener: Listener, tls: ssl.SSLContext | None) -> None:
        super().__init__({"listeners": {"default": {"type": "tcp", "bind": "replaced below:0"}}, "plugins": {}})
        self._listener, self._lookout = listener, Lookout(listener.watch)
        self._door = Door(listener, tls, self.stream_connected, self._lookout.sees_somebody_fooled)
        self._interference = listener.interference or Interference()
        self._interference.concerns(self)
        self._clients: dict[str, Client] = {}
        self._attending: dict[asyncio.Task[None], PacketStream] = {}
        self._is_closing = False

    @property
    def port(self) -> int:
        """The one that it was given."""
        return self._door.port

    async def _create_server_instance(self, *_of_the_config: object) -> asyncio.Server:
        """What amqtt starts with."""
        return await self._door.open()

    def stop_listening(self) -> None:
        """Let connections that are there be."""
        self._servers["default"].instance.close()

    async def listen(self, *, as_a_stranger: bool = False) -> None:
        """At the same port as before; as a stranger: with a certificate that nobody vouches for."""
        self._servers["default"].instance = await self._door.open(as_a_stranger=as_a_stranger)

    def drop(self) -> None:
        """Break off every connection but ours."""
        for client in [*self._clients.values()]:
            if client.stream and not self._interference.spares(client.id):
                client.stream.hang_up()
                self._part(client, Sight.LOST)

    def send_again(self, topic: str) -> None:
        """Deliver the latest message on the topic a second time, with DUP, to everybody but us."""
        for client in self._clients.values():
            if not self._interference.spares(client.id):
                client.send_again(topic)

    async def _session_monitor(self) -> None:
        """Nothing is left to do for amqtt's, and it would wake virtual time every second."""

    async def shutdown(self) -> None:
        """Close the listener and every connection, those too that amqtt would have forgotten."""
        self._is_closing = True
        for server in self._servers.values():
            server.instance.close()
        await asyncio.sleep(0)  # whoever was accepted in this very moment begins, and is sent away
        for client in self._clients.values():
            client.stream = None  # it is we who go: no will is due
        while self._attending:
            for stream in self._attending.values():
                stream.hang_up()
            await asyncio.wait(self._attending)
        await super().shutdown()

    async def stream_connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, listener_name: str = "default"
    ) -> None:
        """Attend to a connection from its first packet until its socket is closed."""
        del listener_name
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
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                session = await stream.handshake(self.plugins_manager)
        except MALFORMED:
            self._lookout.sees_somebody_come(stream, refused=True)
            raise
        client = self._admitted(session, stream) if session else None
        if not client:
            return
        farewell, silent_for = Sight.LOST, None
        try:
            async with asyncio.timeout(client.patience) as silence:
                while client.stream is stream and (packet := await stream.read()):
                    if client.patience:
                        silence.reschedule(asyncio.get_running_loop().time() + client.patience)
                    if isinstance(packet, DisconnectPacket):
                        farewell, client.session.will_flag = Sight.DISCONNECT, False
                        break
                    await self._receive(client, packet)
        except TimeoutError:
            silent_for = client.patience
        finally:
            if client.stream is stream:
                self._part(client, farewell, silent_for)

    def _admitted(self, session: Session, stream: PacketStream) -> Client | None:
        """The client, if it may come in. Its session goes on unless it wants a clean one; one of that name goes."""
        client_id = session.client_id or ""
        account, before = self._listener.account_of(session.username, session.password), self._clients.get(client_id)
        if account is None or (before and before.stream and before.account != account):
            self._lookout.sees_somebody_come(stream, refused=True)
            stream.write(ConnackPacket.build(0, NOT_AUTHORIZED))
            return None
        if self._interference.refuses(client_id):
            self._lookout.sees_somebody_come(stream, refused=True)
            stream.write(ConnackPacket.build(0, SERVER_UNAVAILABLE))
            return None
        if session.will_flag:
            sound(session.will_topic, session.will_qos)
        if before and before.stream:
            before.stream.hang_up()
            self._part(before, Sight.LOST)
        self._lookout.sees_somebody_come(stream, client_id)
        before = self._clients.get(client_id)  # gone, if it was a clean one
        client = Client(session, account, stream)
        if before and (session.clean_session or before.account != account):
            self._forget(before)
            before = None
        self._clients[client_id] = client
        client.welcome(before)
        return client

    def _part(self, client: Client, farewell: Sight, silent_for: float | None = None) -> None:
        """The connection is over: so is a clean session, and the will is due unless the client took its leave."""
        client.stream = None
        self._lookout.sees(client.id, farewell, silent_for=silent_for)
        session = client.session
        if session.clean_session:
            self._forget(client)
        if session.will_flag and session.will_topic and client.may(session.will_topic):
            data, qos = bytes(session.will_message or b""), session.will_qos or 0
            self._route(session.will_topic, data, qos, retain=bool(session.will_retain))

    def _forget(self, client: Client) -> None:
        del self._clients[client.id]
        for topic_filter in [*self._subscriptions]:
            self._unsubscribe(client, topic_filter)

    async def _receive(self, client: Client, packet: Packet) -> None:  # noqa: C901 - a table of packets
        match packet:
            case PublishPacket():
                self._publish(client, packet)
            case PubackPacket(packet_id=packet_id):
                topics = client.topics_of(packet_id)
                self._lookout.sees(client.id, Sight.PUBACK, topics, packet_id=packet_id)
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
                    self._unsubscribe(client, topic_filter)
                client.answer(UnsubackPacket.build(header.packet_id))
            case PingReqPacket():
                self._lookout.sees(client.id, Sight.PINGREQ)
                client.answer(PingRespPacket.build())
            case _:
                raise MQTTError(f"no client sends a {type(packet).__name__} here")

    def _publish(self, client: Client, packet: PublishPacket) -> None:
        topic, qos = sound(packet.topic_name, packet.qos)
        if client.begins((topic, qos, packet.retain_flag)):
            first_of_its_kind = Sight.PUBLISH, (topic,), (qos,)
            self._lookout.sees(client.id, *first_of_its_kind, packet_id=packet.packet_id, retain=packet.retain_flag)
        if qos == EXACTLY_ONCE:
            client.holds(packet)
            return
        self._pass_on(client, topic, packet.data or b"", qos, retain=packet.retain_flag)
        if packet.packet_id is not None and not self._interference.withholds(client.id):
            client.answer(PubackPacket.build(packet.packet_id))

    def _pass_on(self, client: Client, topic: str, data: bytes, qos: int, *, retain: bool) -> None:
        """MQTT 3.1.1 has no word for a refusal: what is not allowed is acknowledged, and goes nowhere."""
        if client.may(topic):
            self._route(topic, data, qos, retain=retain)

    def _route(self, topic: str, data: bytes, qos: int, *, retain: bool) -> None:
        """To each subscriber once, at the lower QoS of the message and of the best filter that fits."""
        if retain and self._interference.has_frozen(topic):
            pass  # as if this had not come
        elif retain and data:
            self._retained_messages[topic] = RetainedApplicationMessage(None, topic, data, qos)
        elif retain:
            self._retained_messages.pop(topic, None)
        granted: dict[str, int] = {}
        for topic_filter, subscriptions in self._subscriptions.items():
            if self._matches(topic, topic_filter):
                for session, most in subscriptions:
                    name = session.client_id or ""
                    granted[name] = max(most, granted.get(name, 0))
        for name, most in granted.items():
            self._clients[name].send(topic, data, min(qos, most), retain=False)

    async def _subscribe(self, client: Client, packet: SubscribePacket) -> None:
        """Grant what is open to the client, answer, and only then send what is retained."""
        wanted = packet.payload.topics if packet.payload else []
        if not wanted or not packet.variable_header:
            raise MQTTError("a SUBSCRIBE asks for nothing")
        topics, asked_for = zip(*wanted, strict=True)
        packet_id = packet.variable_header.packet_id
        self._lookout.sees(client.id, Sight.SUBSCRIBE, topics, asked_for, packet_id=packet_id)
        codes = []
        for topic_filter, qos in wanted:
            self._unsubscribe(client, topic_filter)  # amqtt would keep the former QoS
            codes.append(await self.add_subscription((topic_filter, min(qos, EXACTLY_ONCE)), client.session))
        client.answer(SubackPacket.build(packet_id, codes))
        for (topic_filter, _), code in zip(wanted, codes, strict=True):
            if code != AMQTT_MAGIC_VALUE_RET_SUBSCRIBED:
                self._send_retained(client, topic_filter, code)

    async def _topic_filtering(self, session: Session, topic: str, action: Action) -> bool:
        """What amqtt asks before it grants a subscription."""
        del action
        return self._clients[session.client_id or ""].may(topic)

    def _send_retained(self, client: Client, topic_filter: str, granted: int) -> None:
        for topic, message in self._retained_messages.items():
            if self._matches(topic, topic_filter):
                client.send(topic, bytes(message.data), min(message.qos or 0, granted), retain=True)

    def _unsubscribe(self, client: Client, topic_filter: str) -> None:
        self._del_subscription(topic_filter, client.session)
        if not self._subscriptions.get(topic_filter, True):
            del self._subscriptions[topic_filter]
