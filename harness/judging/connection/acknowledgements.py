"""Whether every config that reached the device has its PUBACK, however late: MQTT sets no time for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.judging.connection.device_packets import DevicePackets, Placed
from harness.judging.history import History
from harness.judging.verdicts.verdict import Undecided
from harness.mqtt.packets import ObservedPacket, PacketKind

_OVER = (PacketKind.LOST, PacketKind.DISCONNECT, PacketKind.CONNECT)


@dataclass(frozen=True)
class Acknowledgements:
    """Those of one episode's configs. They may come when the episode is over.

    `at_most`: seconds after which a PUBACK that is not there is missing; a device may send it when its work is done.
    """

    history: History
    packets: DevicePackets
    at_most: float

    def of(self, place: int, packet_id: int | None) -> int | None:
        """The place of the PUBACK with this number, or of what ended the connection too soon; None: it is missing.

        Raises Undecided where the record ends too early to tell.
        """
        delivered = next(record.time for at, record in self.history.placed() if at == place)
        later, passed_over = set[int | None](), False  # PUBACKs keep the order of the messages: MQTT 3.1.1, 4.6
        for at, packet in self._following(place):
            if packet.what is PacketKind.PUBACK and packet.packet_id == packet_id:
                return at
            if packet.what in _OVER:
                return None if passed_over or packet.time - delivered >= self.at_most else at
            passed_over = passed_over or (packet.what is PacketKind.PUBACK and packet.packet_id in later)
            later |= {packet.packet_id} if packet.what is PacketKind.DELIVERY else set()
        waited = self.history.run_ended - delivered
        if waited < self.at_most and not passed_over:
            raise Undecided(f"a config has no PUBACK yet, but the record ends {waited:.1f} s after its delivery")
        return None

    def missing(self, deliveries: Sequence[Placed]) -> list[int]:
        """The places of those that were never acknowledged. Raises Undecided where none surely is, and one may be."""
        missing, open_ones = [], list[Undecided]()
        for place, packet in deliveries:
            try:
                if self.of(place, packet.packet_id) is None:
                    missing.append(place)
            except Undecided as undecided:
                open_ones.append(undecided)
        if open_ones and not missing:
            raise open_ones[0]
        return missing

    def lacking(self, sent: Sequence[int]) -> int:
        """How many of these configs were not acknowledged, by the record of an earlier version, without deliveries.

        There the numbers tell: a broker of ours gives them one after the other, and each config of a connection has
        one. What comes after the episode counts, if every number before it came too.
        """
        own = [
            packet for place, packet in self.packets.own if place > sent[0] and self.packets.is_acknowledgement(packet)
        ]
        few = len(sent) - len(own)
        if few <= 0:
            return 0
        numbers = self._numbers_of_the_connection()
        later = max(numbers, default=0) - max((packet.packet_id or 0 for packet in own), default=0)
        return few if numbers != set(range(1, len(numbers) + 1)) else max(0, few - later)

    def _numbers_of_the_connection(self) -> set[int]:
        """The PUBACKs on the connection that stands when the episode ends, from its beginning to its end."""
        numbers = set[int]()
        for _, packet in [*self.packets.before, *self.packets.own]:
            numbers = set() if packet.what in _OVER else numbers | _number(packet)
        for _, packet in self.packets.later:
            if packet.what in _OVER:
                break
            numbers |= _number(packet)
        return numbers

    def _following(self, place: int) -> Iterator[Placed]:
        yield from ((at, packet) for at, packet in self.packets.own if at > place)
        yield from self.packets.later


def _number(packet: ObservedPacket) -> set[int]:
    return {packet.packet_id} if packet.what is PacketKind.PUBACK and packet.packet_id is not None else set()
