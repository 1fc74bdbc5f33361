"""Questions about the device's connection: how it introduces itself, asks, acknowledges, and whether it stays."""

from dataclasses import dataclass
from functools import cached_property

from harness.judging.connection.acknowledgements import Acknowledgements
from harness.judging.connection.device_packets import GONE, DevicePackets
from harness.judging.connection.reconnection import Reconnection
from harness.judging.connection.strangers import Strangers
from harness.judging.history import History
from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind
from harness.record.kinds import Provoked, Received, Sent
from harness.record.left_out import NotApplicable, OutOfView
from harness.text import printable


@dataclass(frozen=True)
class Connection:
    """The connection up to the end of the episode. Raises OutOfView where the broker is not ours."""

    history: History
    evidence: Evidence

    @cached_property
    def packets(self) -> DevicePackets:
        """The packets of the device's client. Raises OutOfView too where the target could not drive the scenario.

        Raises Undecided where a stranger goes by the device's id: then nobody knows which packets are whose.
        """
        if self.history.closed.out_of_view:
            raise OutOfView(self.history.closed.out_of_view, self.history.closed.needs)
        packets = DevicePackets(self.history)
        if stranger := Strangers(self.history).beside_the_device():
            raise Undecided(stranger)
        return packets

    def speaks(self, version: str, *, level: int) -> None:
        """Every CONNECT that was let in is of that protocol level."""
        for place, connect in self._connects():
            self.evidence.rests_on(place)
            if (connect.protocol, connect.level) != ("MQTT", level):
                said = f"protocol {printable(connect.protocol)}, level {connect.level}"
                raise NotObserved(
                    f"The device should speak {version}, but its CONNECT says {said}.", EvidenceRef(place)
                )
        self.history.went_all_the_way()

    def is_kept(self) -> None:
        """Throughout the episode the device stays connected."""
        packets = self.packets
        if not packets.was_up:
            self.history.went_all_the_way()
            raise CouldNotTest("the device was not connected when the scenario began")
        for place, packet in packets.changes():
            self.evidence.rests_on(place)
            self._must_not_have_slept(packet)
            story = f"The device should stay connected, but: {packet.what}, {self._when(packet.time)}."
            raise NotObserved(story, EvidenceRef(place, self.history.first))
        self.history.went_all_the_way()

    def asks_for_configs(self, *, qos: int) -> None:
        """Every subscription to the config topic asks for this QoS at least."""
        subscriptions = self.packets.subscriptions
        if not subscriptions and not self.packets.shows_the_device():
            raise Undecided("nobody came who asks for its configs, bears its id or speaks at its topics")
        if not subscriptions:
            raise NotObserved(f"The device should subscribe to {self.history.addresses.config}, but never did.")
        for place, asked in subscriptions:
            self.evidence.rests_on(place)
            if asked < qos:
                story = f"The device should subscribe to its config topic at QoS {qos}, but asked for QoS {asked}."
                raise NotObserved(story, EvidenceRef(place))
        self.history.went_all_the_way()

    def asks_again(self, since: Stimulus, *, at_most: float) -> None:
        """On a connection that began then the device asks for its configs anew.

        A clean session begins without subscriptions (MQTT 3.1.1, 3.1.2.4). `at_most`: seconds for which the connection
        has to last before a SUBSCRIBE is missing.
        """
        packets, end = self.packets, (self.history.end, self.history.closed.time)
        began = dict(packets.connects).get(since.place)
        if began is None:
            raise CouldNotTest(f"no connection began with {since}")
        if not began.clean_session:
            raise NotApplicable("the device came back to a session that lasts, and its subscriptions with it")
        after = [(place, packet) for place, packet in packets.own if place > since.place]
        gone, until = next(((place, packet.time) for place, packet in after if packet.what in GONE), end)
        asked = [place for place, packet in after if place < gone and packets.asks_for_configs(packet)]
        self.evidence.rests_on(since.place, *asked[:1])
        if asked:
            return
        watched = self.history.watched(since, until)
        if watched < at_most:
            self.history.went_all_the_way()
            raise CouldNotTest(f"the device was back for {watched:.0f} s only, of {at_most:g}")
        raise NotObserved(
            "The device came back with a clean session, which begins without subscriptions, so it should ask for its "
            f"configs again; in {watched:.0f} s it did not.",
            EvidenceRef(since.place, since.place),
        )

    def acknowledges_every_config(self, *, at_most: float) -> None:
        """Each that reached the device has its PUBACK, `at_most` seconds later: the episode may be over by then."""
        packets = self.packets
        self.history.went_all_the_way()
        sent = [place for place, record in self.history.placed() if isinstance(record, Sent)]
        if not sent:
            raise Undecided("no config was sent")
        acknowledged = [p for p, packet in packets.own if p > sent[0] and packets.is_acknowledgement(packet)]
        self.evidence.rests_on(*sent, *acknowledged)
        known, deliveries = Acknowledgements(self.history, packets, at_most), packets.deliveries
        if deliveries == []:
            raise Undecided("no config reached the device")
        missing = known.missing(deliveries) if deliveries else []
        count, few = (len(deliveries), len(missing)) if deliveries else (len(sent), known.lacking(sent))
        if few:
            raise NotObserved(
                f"Every config should be acknowledged, but of {count} only {count - few} were.",
                EvidenceRef(missing[0] if missing else sent[-1], sent[0]),
            )

    def acknowledges_again(self, since: Stimulus, *, at_most: float) -> None:
        """The config that was delivered a second time has a PUBACK of its own, `at_most` seconds later.

        It comes before the next config, or later with the number of one before it: that of the next config is none.
        """
        packets = self.packets
        self.history.went_all_the_way()
        if packets.deliveries is not None:
            again = self._acknowledged_again(since, at_most)
        else:
            again = self._acknowledged_again_by_number(since)
        self.evidence.rests_on(since.place, *again)
        if not again:
            story = "A config that comes a second time should be acknowledged a second time, but was not."
            raise NotObserved(story, EvidenceRef(since.place, since.place))

    def _acknowledged_again(self, since: Stimulus, at_most: float) -> list[int]:
        """The place of the PUBACK for the first config that came again; empty where there was none."""
        again = next(((p, packet) for p, packet in self.packets.deliveries or [] if p > since.place), None)
        if again is None:
            raise CouldNotTest("no config came a second time")
        found = Acknowledgements(self.history, self.packets, at_most).of(again[0], again[1].packet_id)
        return [] if found is None else [found]

    def _acknowledged_again_by_number(self, since: Stimulus) -> list[int]:
        """Likewise, by the record of an earlier version, which has no deliveries."""
        packets = self.packets
        pubacks = [(p, packet.packet_id) for p, packet in packets.own if packets.is_acknowledgement(packet)]
        later = (p for p, record in self.history.placed() if p > since.place and isinstance(record, Sent))
        following = next(later, self.history.end)
        again = [
            p
            for p, number in pubacks
            if p > since.place and (p < following or number in [other for before, other in pubacks if before < p])
        ]
        return again[:1]

    def is_never_silent_too_long(self, *, keep_alives: float) -> None:
        """It keeps the promise of its CONNECT: something is sent within each keep-alive, be it PINGREQ.

        `keep_alives`: how many of them the broker waits for a word.
        """
        packets = self.packets
        self.history.went_all_the_way()
        promised = self._connects()[-1][1].keep_alive
        if not promised:
            raise NotApplicable("the device promises no keep-alive")
        for place, packet in packets.own:
            if packet.silent_for is not None:
                self._must_not_have_slept(packet)
                story = f"The device promised a word every {promised} s, but said nothing for {packet.silent_for:g} s."
                raise NotObserved(story, EvidenceRef(place, self.history.first))
        left_alone = self.history.closed.time - max(record.time for record in self._sent())
        if left_alone <= keep_alives * promised:
            raise OutOfView.without(
                "more time", f"the keep-alive is {promised} s, and nobody waits so long in real time"
            )
        pings = [place for place, packet in packets.own if packet.what is PacketKind.PINGREQ]
        self.evidence.rests_on(*pings)
        self.evidence.observed.append(f"{len(pings)} PINGREQ in {left_alone:g} s; keep-alive {promised} s")

    def publishes_as_itself(self) -> None:
        """On no topic of another device's, unless it asks for that one's configs too, as a gateway does."""
        addresses, packets = self.history.addresses, self.packets
        if addresses.unowned:
            raise NotApplicable(addresses.unowned)
        if not packets.subscriptions:
            raise Undecided("nobody asked for the device's configs, so nobody is known to be the device")
        self.evidence.rests_on(*(place for place, _ in packets.published))
        for place, topic in packets.published:
            device = addresses.device_of(topic)
            if device not in (None, addresses.device) and not packets.speaks_for(device):
                story = f"{addresses.device} should publish on its own topics, but did on {printable(topic)}."
                raise NotObserved(story, EvidenceRef(place))
        self.history.went_all_the_way()
        heard = (one for one in self.history.records if isinstance(one, Received) and not one.retain)
        if not packets.published and any(one.topic != addresses.config for one in heard):
            raise NotApplicable("the device hears on one connection and speaks on another, which may be anybody's")
        if not packets.published:
            raise Undecided("the device published nothing")

    def observes_manners(self) -> None:
        """Write down what the sources leave to the device: QoS, RETAIN, session, will, keep-alive."""
        self.history.went_all_the_way()
        connect = self._connects()[-1][1]
        will = f"a will at QoS {connect.will.qos}" if connect.will else "no will"
        session = "a clean session" if connect.clean_session else "a session that lasts"
        self.evidence.observed.append(
            f"{session}, {will}, keep-alive {connect.keep_alive} s, {connect.tls or 'no TLS'}"
        )
        self.evidence.observed.extend(self._publishing())

    def reconnection(self, label: str) -> Reconnection:
        """The time without a connection, from the fault that the scenario named so."""
        return Reconnection.of(self.history, self.evidence, self.packets, self.fault(label))

    def fault(self, label: str) -> Stimulus:
        """The fault that the scenario named so. Raises CouldNotTest where it came to none."""
        for place, record in self.history.placed():
            if isinstance(record, Provoked) and record.label == label:
                return self.history.stimulus(place, record.time, f"{label!r}")
        self.history.went_all_the_way()
        raise CouldNotTest(f"{self.history.scenario} breaks nothing that it calls {label!r}")

    def _must_not_have_slept(self, packet: ObservedPacket) -> None:
        """A silence that a stall of our own machine explains is not the device's."""
        stalled = self.history.stalls.words(packet.time - (packet.silent_for or 0.0), packet.time)
        if stalled and packet.silent_for is not None:
            raise Undecided(f"the broker heard nothing for {packet.silent_for:g} s{stalled}")

    def _publishing(self) -> list[str]:
        named = self.history.addresses.kinds
        packet = [one for _, one in [*self.packets.before, *self.packets.own] if one.what is PacketKind.PUBLISH]
        return sorted({_manner_of(one, named.get(one.topics[0], "other messages")) for one in packet if one.topics})

    def _connects(self) -> list[tuple[int, ObservedConnect]]:
        connects = self.packets.connects
        if not connects:
            raise Undecided("the device was connected before anybody looked")
        return connects

    def _sent(self) -> list[Sent]:
        sent = [record for record in self.history.records if isinstance(record, Sent)]
        if not sent:
            raise Undecided("no config was sent")
        return sent

    def _when(self, time: float) -> str:
        return f"{time - self.history.records[0].time:.1f} s into {self.history.scenario}"


def _manner_of(packet: ObservedPacket, what: str) -> str:
    return f"{what} at QoS {packet.qos[0] if packet.qos else '?'}{', retained' if packet.retain else ''}"
