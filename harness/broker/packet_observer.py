"""Tells an observer which packets our broker exchanges with its clients: those that a judgement may rest on."""

from collections.abc import Callable
from dataclasses import replace

from amqtt.mqtt.publish import PublishPacket

from harness.broker.server.stream import PacketStream
from harness.clock import utc
from harness.mqtt.packets import ObservedPacket, PacketKind, Replaced


class PacketObserver:
    """`tell` None: nobody watches."""

    def __init__(self, tell: Callable[[ObservedPacket], None] | None) -> None:
        self._tell = tell

    def sees(
        self,
        client_id: str,
        what: PacketKind,
        topics: tuple[str, ...] = (),
        qos: tuple[int, ...] = (),
        *,
        packet_id: int | None = None,
        retain: bool | None = None,
        silent_for: float | None = None,
    ) -> None:
        """A packet, or an end, of a client that was let in."""
        self._say(ObservedPacket(utc(), client_id, what, topics, qos, packet_id, retain, silent_for=silent_for))

    def sees_delivered(self, client_id: str, packet: PublishPacket) -> None:
        """A message that was written to a client's socket."""
        topic, qos = (packet.topic_name or "",), (packet.qos or 0,)
        self.sees(client_id, PacketKind.DELIVERY, topic, qos, packet_id=packet.packet_id, retain=packet.retain_flag)

    def sees_somebody_come(
        self,
        stream: PacketStream,
        named: str | None = None,
        *,
        refused: bool = False,
        replaced: Replaced | None = None,
    ) -> None:
        """A CONNECT, if there was one. `named`: what the client is called from now on, as it may leave that to us.

        `replaced`: the connection of that name that was there.
        """
        if stream.connect:
            client_id, connect = stream.connect
            came = ObservedPacket(utc(), named or client_id, PacketKind.CONNECT, hello=connect, refused=refused or None)
            self._say(replace(came, peer=stream.peer, replaced=replaced))

    def sees_somebody_fooled(self) -> None:
        """Tell that a client accepted the untrusted certificate. Its id is unknown: it has sent no packet yet."""
        self._say(ObservedPacket(utc(), "", PacketKind.HANDSHAKE))

    def _say(self, packet: ObservedPacket) -> None:
        if self._tell:
            self._tell(packet)
