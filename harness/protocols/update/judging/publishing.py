"""The QoS at which a topic's messages were published, and whether they were to stay. Pure; verbs raise the verdict.

A broker of ours sees each PUBLISH. Any other delivers it at its own QoS, up to the one that we were granted
(MQTT 3.1.1, 3.8.4), and tells of RETAIN only those who subscribe later.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved
from harness.mqtt.packets import ObservedPacket, PacketKind
from harness.protocols.update.judging.history import UpdateHistory
from harness.record.kinds import Received
from harness.record.left_out import OutOfView


@dataclass(frozen=True)
class Publishing:
    """Of the messages at one topic; `what` they are, as a subject."""

    history: UpdateHistory
    evidence: Evidence
    topic: str
    what: str

    def is_at_qos_1(self) -> None:
        """Each was published at QoS 1 or more. Raises OutOfView where nothing tells."""
        told = False
        for place, qos in self._levels():
            told = True
            if qos == 0:
                raise NotObserved(f"{self.what} should be published at QoS 1, but was at QoS 0.", EvidenceRef(place))
        if not told:
            raise OutOfView.without("listen://")

    def is_not_retained(self) -> None:
        """None was to stay at the broker. Raises OutOfView where nothing tells."""
        came = [place for place, _ in self._deliveries(is_retained=False)]
        for place, _ in self._deliveries(is_retained=True):
            story = f"{self.what} should not be retained, but somebody who came later heard it."
            raise NotObserved(story, EvidenceRef(place))
        for place, packet in self._packets():
            if packet.retain:
                raise NotObserved(f"{self.what} should not be retained, but was published so.", EvidenceRef(place))
        looked = (place for place, one in self.history.placed() if isinstance(one, Received) and one.retain)
        if not self._is_watched and not any(place > min(came, default=place) for place in looked):
            raise OutOfView.without("listen://")

    @property
    def _is_watched(self) -> bool:
        return any(isinstance(one, ObservedPacket) for one in self.history.records)

    def _levels(self) -> Iterator[tuple[int, int]]:
        if self._is_watched:
            yield from ((place, qos) for place, packet in self._packets() for qos in packet.qos)
            return
        for place, record in self._deliveries(is_retained=False):
            if record.qos is not None:
                self.evidence.rests_on(place)
                yield place, record.qos

    def _packets(self) -> Iterator[tuple[int, ObservedPacket]]:
        for place, one in self.history.placed():
            if isinstance(one, ObservedPacket) and one.what is PacketKind.PUBLISH and self.topic in one.topics:
                self.evidence.rests_on(place)
                yield place, one

    def _deliveries(self, *, is_retained: bool) -> Iterator[tuple[int, Received]]:
        for place, one in self.history.placed():
            if isinstance(one, Received) and one.topic == self.topic and one.retain is is_retained:
                yield place, one
