"""The packets of the device's client at a broker of ours. A foreign broker shows none."""

from collections.abc import Iterator, Sequence

from harness.judging.history import History
from harness.mqtt.client_id import OURS
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind
from harness.mqtt.topic_filter import brings, closeness
from harness.record.left_out import OutOfView

Placed = tuple[int, ObservedPacket]

WATCHED = "listen://"
GONE = (PacketKind.LOST, PacketKind.DISCONNECT)


class DevicePackets:
    """The packets of whoever asked for the device's configs, and most closely; of every client, if none did.

    So who only listens in, to everything, is not taken for the device. Who takes another id for each connection is
    turned away under ids that ask for nothing: there it is known by its words. Raises OutOfView where the record has
    no packets.
    """

    def __init__(self, history: History) -> None:
        own = [(place, record) for place, record in history.placed() if isinstance(record, ObservedPacket)]
        own = [(place, packet) for place, packet in own if not packet.client_id.startswith(OURS)]
        before = [(place, packet) for place, packet in history.packets_before if not packet.client_id.startswith(OURS)]
        known = [*before, *own]
        if not known:
            raise OutOfView.without(WATCHED)
        self._addresses, self._config = history.addresses, history.addresses.config
        asking = [
            (packet.client_id, close) for _, packet in known if (close := _asks_for(packet, self._config)) is not None
        ]
        closest = max((close for _, close in asking), default=0)
        self._devices = {client for client, close in asking if close == closest}
        self._devices |= _turned_away_in_its_words([packet for _, packet in known], self._devices)
        # Who meets a stranger in our place has not said yet who it is.
        self.handshakes = tuple(place for place, packet in own if packet.what is PacketKind.HANDSHAKE)
        self.before, self.own = [*self._of_the_device(before)], [*self._of_the_device(own)]
        self.later = [*self._of_the_device(history.afterwards.packets)]

    def asks_for_configs(self, packet: ObservedPacket) -> bool:
        """Whether it is the SUBSCRIBE that a device is known by."""
        return _asks_for(packet, self._config) is not None

    def is_acknowledgement(self, packet: ObservedPacket) -> bool:
        """Whether it is the PUBACK of a config."""
        return packet.what is PacketKind.PUBACK and self._config in packet.topics

    def is_of_the_device(self, packet: ObservedPacket) -> bool:
        """Whether it is a packet of the device's own client."""
        return not self._devices or packet.client_id in self._devices

    @property
    def deliveries(self) -> list[Placed] | None:
        """Every config of the episode that was written to the device's socket; None where the record does not tell.

        Records of earlier versions do not.
        """
        if all(packet.what is not PacketKind.DELIVERY for _, packet in [*self.before, *self.own]):
            return None
        own = ((place, packet) for place, packet in self.own if packet.what is PacketKind.DELIVERY)
        return [(place, packet) for place, packet in own if self._config in packet.topics]

    @property
    def connects(self) -> list[tuple[int, ObservedConnect]]:
        """Every CONNECT that was let in, up to the end of the episode: who is refused may fall back."""
        return [
            (place, packet.hello) for place, packet in [*self.before, *self.own] if packet.hello and not packet.refused
        ]

    @property
    def subscriptions(self) -> list[tuple[int, int]]:
        """Every QoS that configs were asked for at, up to the end of the episode; by their very topic, if they were."""
        asked = [
            (topic_filter, place, qos)
            for place, packet in [*self.before, *self.own]
            if self.asks_for_configs(packet)
            for topic_filter, qos in zip(packet.topics, packet.qos, strict=False)
        ]
        exact = [(place, qos) for topic_filter, place, qos in asked if topic_filter == self._config]
        return exact or [(place, qos) for topic_filter, place, qos in asked if brings(topic_filter, self._config)]

    @property
    def published(self) -> list[tuple[int, str]]:
        """Every topic that the device published on, up to the end of the episode, the first time that it did so."""
        return [
            (place, topic)
            for place, packet in [*self.before, *self.own]
            if packet.what is PacketKind.PUBLISH
            for topic in packet.topics
        ]

    def speaks_for(self, device: str) -> bool:
        """Whether it asked for that device's configs, as a gateway does for those behind it."""
        config = self._addresses.config_of(device)
        return any(_asks_for(packet, config) is not None for _, packet in [*self.before, *self.own])

    def shows_the_device(self) -> bool:
        """Whether any of these packets came by the device's id, or says or asks for something at its topics.

        Somebody else's device may have come in its place, and owes us nothing.
        """
        return any(
            packet.client_id == self._addresses.device or self._is_at_its_topics(packet)
            for _, packet in [*self.before, *self.own]
        )

    @property
    def was_up(self) -> bool:
        """Whether the device was connected when the episode began."""
        for _, packet in reversed(self.before):
            if packet.what in GONE or packet.refused:
                return False
            if packet.hello:
                return True
        return False

    def changes(self) -> Iterator[Placed]:
        """Every packet of the episode with which a connection begins, or is asked for, or ends."""
        return (
            (place, packet) for place, packet in self.own if packet.what is PacketKind.CONNECT or packet.what in GONE
        )

    def _is_at_its_topics(self, packet: ObservedPacket) -> bool:
        return packet.what in (PacketKind.PUBLISH, PacketKind.SUBSCRIBE) and any(
            self._addresses.device_of(topic) == self._addresses.device for topic in packet.topics
        )

    def _of_the_device(self, placed: Sequence[Placed]) -> Iterator[Placed]:
        return ((place, packet) for place, packet in placed if self.is_of_the_device(packet))


def _turned_away_in_its_words(known: Sequence[ObservedPacket], devices: set[str]) -> set[str]:
    """Ids that were never let in, and introduced themselves just as the device does."""
    words = {packet.hello for packet in known if packet.hello and packet.client_id in devices}
    let_in = {packet.client_id for packet in known if packet.hello and not packet.refused}
    return {packet.client_id for packet in known if packet.hello in words} - let_in


def _asks_for(packet: ObservedPacket, topic: str) -> int | None:
    """How closely it does, if it does."""
    return closeness(packet.topics, topic) if packet.what is PacketKind.SUBSCRIBE else None
