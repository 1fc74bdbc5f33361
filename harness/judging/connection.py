"""Questions about the device's connection: how it introduces itself, asks, acknowledges, and whether it stays."""

from dataclasses import dataclass
from functools import cached_property

from harness.judging.act import Act
from harness.judging.history import History
from harness.judging.ledger import Ledger
from harness.judging.outage import Outage
from harness.judging.sights import Sights
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved, OutOfView, Undecided
from harness.judging.where import Where
from harness.record import Provoked, Received, Sent
from harness.wire.reader import printable
from harness.wire.seen import Hello, Seen, Sight
from harness.wire.topics import device_of

_PATIENT = 1.5  # keep-alives that a broker waits for a word: MQTT 3.1.1, 3.1.2.10


@dataclass(frozen=True)
class Connection:
    """What the broker saw up to the end of the episode. Raises OutOfView where the broker is not ours."""

    history: History
    ledger: Ledger

    @cached_property
    def sights(self) -> Sights:
        """The packets of the device's client. Raises OutOfView too where the target could not drive the scenario."""
        if self.history.closed.out_of_view:
            raise OutOfView(self.history.closed.out_of_view)
        return Sights(self.history)

    def speaks(self, version: str, *, level: int) -> None:
        """Every CONNECT that was let in is of that protocol level."""
        for place, hello in self._hellos():
            self.ledger.rests_on(place)
            if (hello.protocol, hello.level) != ("MQTT", level):
                said = f"protocol {printable(hello.protocol)}, level {hello.level}"
                raise NotObserved(f"The device should speak {version}, but its CONNECT says {said}.", Where(place))
        self.history.went_all_the_way()

    def is_kept(self) -> None:
        """Throughout the episode the device stays connected."""
        sights = self.sights
        self.history.went_all_the_way()
        if not sights.was_up:
            raise CouldNotTest("the device was not connected when the scenario began")
        for place, seen in sights.changes():
            self.ledger.rests_on(place)
            self._must_not_have_slept(seen)
            story = f"The device should stay connected, but: {seen.what}, {self._when(seen.time)}."
            raise NotObserved(story, Where(place, self.history.first))

    def asks_for_configs(self, *, qos: int) -> None:
        """Every subscription to the config topic asks for this QoS at least."""
        subscriptions = self.sights.subscriptions
        if not subscriptions:
            raise NotObserved(f"The device should subscribe to {self.history.topics.config}, but never did.")
        for place, asked in subscriptions:
            self.ledger.rests_on(place)
            if asked < qos:
                story = f"The device should subscribe to its config topic at QoS {qos}, but asked for QoS {asked}."
                raise NotObserved(story, Where(place))
        self.history.went_all_the_way()

    def acknowledges_every_config(self) -> None:
        """There are as many PUBACKs as configs."""
        sights = self.sights
        self.history.went_all_the_way()
        sent = [place for place, record in self.history.placed() if isinstance(record, Sent)]
        if not sent:
            raise Undecided("no config was sent")
        acknowledged = [p for p, seen in sights.own if p > sent[0] and sights.is_acknowledgement(seen)]
        self.ledger.rests_on(*sent, *acknowledged)
        if len(acknowledged) < len(sent):
            raise NotObserved(
                f"Every config should be acknowledged, but of {len(sent)} only {len(acknowledged)} were.",
                Where(sent[-1], sent[0]),
            )

    def acknowledges_again(self, since: Act) -> None:
        """The config that was delivered a second time has a PUBACK of its own.

        It comes before the next config, or later with the number of one before it: that of the next config is none.
        """
        sights = self.sights
        self.history.went_all_the_way()
        pubacks = [(p, seen.packet_id) for p, seen in sights.own if sights.is_acknowledgement(seen)]
        later = (p for p, record in self.history.placed() if p > since.place and isinstance(record, Sent))
        following = next(later, self.history.end)
        again = [
            p
            for p, number in pubacks
            if p > since.place and (p < following or number in [other for before, other in pubacks if before < p])
        ]
        self.ledger.rests_on(since.place, *again[:1])
        if not again:
            story = "A config that comes a second time should be acknowledged a second time, but was not."
            raise NotObserved(story, Where(since.place, since.place))

    def is_never_silent_too_long(self) -> None:
        """It keeps the promise of its CONNECT: something is sent within each keep-alive, be it PINGREQ."""
        sights = self.sights
        self.history.went_all_the_way()
        promised = self._hellos()[-1][1].keep_alive
        if not promised:
            raise NotApplicable("the device promises no keep-alive")
        for place, seen in sights.own:
            if seen.silent_for is not None:
                self._must_not_have_slept(seen)
                story = f"The device promised a word every {promised} s, but said nothing for {seen.silent_for:g} s."
                raise NotObserved(story, Where(place, self.history.first))
        left_alone = self.history.closed.time - max(record.time for record in self._sent())
        if left_alone <= _PATIENT * promised:
            raise OutOfView.without(
                "more time", f"the keep-alive is {promised} s, and nobody waits so long in real time"
            )
        pings = [place for place, seen in sights.own if seen.what is Sight.PINGREQ]
        self.ledger.rests_on(*pings)
        self.ledger.observed.append(f"{len(pings)} PINGREQ in {left_alone:g} s; keep-alive {promised} s")

    def publishes_as_itself(self) -> None:
        """On no topic of another device's, unless it asks for that one's configs too, as a gateway does."""
        profile, sights = self.history.profile, self.sights
        if not profile.topics.replace("{id}", "").strip("/"):
            raise NotApplicable(f'topics = "{profile.topics}" in the profile: so every topic may be another device\'s')
        if not sights.subscriptions:
            raise Undecided("nobody asked for the device's configs, so nobody is known to be the device")
        self.ledger.rests_on(*(place for place, _ in sights.published))
        for place, topic in sights.published:
            device = device_of(topic, profile.topics)
            if device not in (None, profile.id) and not sights.speaks_for(device):
                story = f"{profile.id} should publish on its own topics, but did on {printable(topic)}."
                raise NotObserved(story, Where(place))
        self.history.went_all_the_way()
        if not sights.published and any(isinstance(record, Received) for record in self.history.records):
            raise NotApplicable("the device hears on one connection and speaks on another, which may be anybody's")
        if not sights.published:
            raise Undecided("the device published nothing")

    def observes_manners(self) -> None:
        """Write down what the sources leave to the device: QoS, RETAIN, session, will, keep-alive."""
        self.history.went_all_the_way()
        hello = self._hellos()[-1][1]
        will = f"a will at QoS {hello.will.qos}" if hello.will else "no will"
        session = "a clean session" if hello.clean_session else "a session that lasts"
        self.ledger.observed.append(f"{session}, {will}, keep-alive {hello.keep_alive} s, {hello.tls or 'no TLS'}")
        self.ledger.observed.extend(self._publishing())

    def outage(self, label: str) -> Outage:
        """The time without a connection, from the fault that the scenario named so."""
        sights = self.sights
        for place, record in self.history.placed():
            if isinstance(record, Provoked) and record.label == label:
                act = self.history.act(place, record.time, f"{label!r}")
                return Outage.of(self.history, self.ledger, sights, act)
        self.history.went_all_the_way()
        raise CouldNotTest(f"{self.history.scenario} breaks nothing that it calls {label!r}")

    def _must_not_have_slept(self, seen: Seen) -> None:
        """What our own machine took for silence is none of the device's."""
        stalled = self.history.stalls.words(seen.time - (seen.silent_for or 0.0), seen.time)
        if stalled and seen.silent_for is not None:
            raise Undecided(f"the broker heard nothing for {seen.silent_for:g} s{stalled}")

    def _publishing(self) -> list[str]:
        topics = self.history.topics
        named = {topics.state: "states", topics.telemetry: "telemetry"}
        seen = [one for _, one in [*self.sights.before, *self.sights.own] if one.what is Sight.PUBLISH]
        return sorted({_manner_of(one, named.get(one.topics[0], "other messages")) for one in seen if one.topics})

    def _hellos(self) -> list[tuple[int, Hello]]:
        hellos = self.sights.hellos
        if not hellos:
            raise Undecided("the device was connected before anybody looked")
        return hellos

    def _sent(self) -> list[Sent]:
        sent = [record for record in self.history.records if isinstance(record, Sent)]
        if not sent:
            raise Undecided("no config was sent")
        return sent

    def _when(self, time: float) -> str:
        return f"{time - self.history.records[0].time:.1f} s into {self.history.scenario}"


def _manner_of(seen: Seen, what: str) -> str:
    return f"{what} at QoS {seen.qos[0] if seen.qos else '?'}{', retained' if seen.retain else ''}"
