"""Strangers under the device's client id, or under our cloud's: where one is, nobody is accused.

A message at the device's topics may be the stranger's then, and one that is missing may be missing because the device
was thrown out. A judgement that passes, passes.
"""

from collections.abc import Iterable
from itertools import chain

from harness.judging.connection.device_packets import DevicePackets
from harness.judging.history import History
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.mqtt.client_id import OURS
from harness.mqtt.packets import ObservedPacket
from harness.mqtt.take_over import StrangerStay, addresses_of_strangers, is_strangers, stays_of_strangers, words_of
from harness.record.kinds import Record


class Strangers:
    """All of the run, as one history shows them; none where nobody saw the packets."""

    def __init__(self, history: History) -> None:
        own = [record for record in history.records if isinstance(record, ObservedPacket)]
        others = [packet for _, packet in (*history.packets_before, *history.afterwards.packets)]
        self._history, self._own, self._known, self._stays = history, own, list[ObservedPacket](), list[StrangerStay]()
        if any(is_strangers(packet) for packet in chain(own, others)):
            self._known = known = sorted([*own, *others], key=lambda packet: packet.time)
            packets = DevicePackets(history)
            concerned = [
                packet for packet in known if packet.client_id.startswith(OURS) or packets.is_of_the_device(packet)
            ]
            self._stays = stays_of_strangers(concerned)

    def beside_the_device(self) -> str | None:
        """The take-over of the device's connection that leaves this scenario's packets nobody's, in words."""
        theirs = [stay for stay in self._stays if not stay.is_in_our_place]
        return self._during(theirs, self._history.records[0], self._history.closed) or self._return_of(theirs)

    def beside_a_finding(self, evidence_ref: EvidenceRef) -> str | None:
        """The take-over that may be why these records are as they are, in words.

        Of a whole run only the stretch counts that the finding is about.
        """
        history = self._history
        if history.ending is None:
            return self._during(self._stays, history.records[0], history.closed) or self.beside_the_device()
        if evidence_ref.decisive is None:
            return self._during(self._stays, history.records[0], history.closed)
        since = evidence_ref.decisive if evidence_ref.since is None else min(evidence_ref.since, evidence_ref.decisive)
        first, last = (history.record_at(place) for place in (since, evidence_ref.decisive))
        return self._during(self._stays, first, last)

    def _during(self, stays: Iterable[StrangerStay], first: Record, last: Record) -> str | None:
        return next(
            (words_of(stay.take_over) for stay in stays if stay.since <= last.time and first.time <= stay.until), None
        )

    def _return_of(self, stays: Iterable[StrangerStay]) -> str | None:
        """A stranger of the run that may be one of those who connect in this scenario, though it throws nobody out."""
        comes = {(packet.client_id, packet.peer) for packet in self._own if packet.hello}
        for name, stay in {stay.take_over.client_id: stay for stay in stays}.items():
            if any((name, address) in comes for address in addresses_of_strangers(name, self._known)):
                return words_of(stay.take_over)
        return None


def stays_undoubted(history: History) -> bool:
    """Whether no stranger who shows later can leave this episode in doubt.

    So far each client came from one address and threw nobody out, and none came in this episode.
    """
    own = [record for record in history.records if isinstance(record, ObservedPacket)]
    homes: dict[str, str | None] = {}
    for packet in chain((packet for _, packet in history.packets_before), own):
        if is_strangers(packet) or (packet.hello and homes.setdefault(packet.client_id, packet.peer) != packet.peer):
            return False
    return not any(packet.hello for packet in own)


def doubted(ended: BaseException | None, histories: Iterable[History]) -> BaseException | None:
    """How a judgement ended; an accusation that may be a stranger's doing is undecided, and the stranger is named."""
    if not isinstance(ended, NotObserved):
        return ended
    stories = (Strangers(history).beside_a_finding(ended.evidence_ref) for history in histories)
    words = next((story for story in stories if story), None)
    if words is None:
        return ended
    doubt = Undecided(f"{words}. So nobody knows whose doing it is: {ended}", ended.evidence_ref)
    doubt.__cause__ = Undecided(words)
    return doubt
