"""A scenario with a device behind a replica, as judgements ask about it. Pure."""

from collections.abc import Sequence
from functools import partial

from harness.judging.cutting import histories_of, whole_history_of
from harness.judging.episode import Episode
from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.judging.whole_run import WholeRun
from harness.mqtt.packets import PacketKind
from harness.mqtt.topic_filter import closeness
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeclaredProperty, DeviceProfile
from harness.protocols.replica.judging.device.history import DeviceRequest, ReplicaDeviceHistory, ReplicaMessage
from harness.protocols.replica.judging.device.invariants import EveryRequest
from harness.protocols.replica.judging.device.updates import RequestsSince
from harness.protocols.replica.judging.device.wish import Wish
from harness.protocols.replica.judging.flat_document import FlatDocument, flat
from harness.protocols.replica.words.content import object_at
from harness.protocols.replica.words.topics import AnswerLevel, Operation
from harness.record.kinds import Provoked, Record, Sent, began_in
from harness.record.left_out import NotApplicable
from harness.text import printable


class ReplicaDeviceEpisode(Episode[ReplicaDeviceHistory]):
    """One scenario. Wishes, faults and provocations go by its labels."""

    def wish(self, label: str) -> Wish:
        """The desire of a component under that name. Raises CouldNotTest where it did not."""
        self.includes(label)
        for place, record in self.history.placed():
            if isinstance(record, Provoked) and record.label == label and isinstance(record.detail, dict):
                since = self.history.stimulus(place, record.time, f"the wish {label!r}")
                return Wish(self.history, self.evidence, since, flat(record.detail))
        raise self._missing(f"desires nothing {label!r}")

    def since(self, label: str, until: str | None = None) -> RequestsSince:
        """The requests behind what goes by that label, and before what goes by the other."""
        start = self.stimulus(label)
        end = self.history.end if until is None else self.stimulus(until).place
        return RequestsSince(self.history, self.evidence, start, end)

    def behind(self, start: Stimulus) -> RequestsSince:
        """The requests behind that."""
        return RequestsSince(self.history, self.evidence, start, self.history.end)

    def stimulus(self, label: str) -> Stimulus:
        """The wish, the provocation, the fault or the message of ours of that name."""
        self.includes(label)
        for place, record in self.history.placed():
            if isinstance(record, Provoked | Sent) and record.label == label:
                return self.history.stimulus(place, record.time, repr(label))
        raise self._missing(f"brings nothing about {label!r}")

    def told(self, operation: Operation, level: AnswerLevel, after: str | None = None) -> Sequence[ReplicaMessage]:
        """All that the device was told of that kind, behind what goes by the label."""
        place = self.stimulus(after).place if after else 0
        kind = (operation, level)
        return [one for one in self.history.told if (one.operation, one.level) == kind and one.place > place]

    def answer(self, operation: Operation, level: AnswerLevel, after: str) -> Stimulus:
        """The first message of that kind behind what goes by the label. Raises CouldNotTest where there was none."""
        for one in self.told(operation, level, after):
            return self.history.stimulus(one.place, one.time, f"{operation}/{level} after {after!r}")
        self.history.went_all_the_way()
        raise CouldNotTest(f"{operation}/{level} was never said after {after!r}")

    def refused_get(self, after: str) -> Stimulus:
        """The get that was refused behind what goes by the label.

        Raises NotApplicable where the device had published its state by then: so its replica did exist.
        """
        if not self.told(Operation.GET, AnswerLevel.REJECTED, after) and self.since(after).updates:
            raise NotApplicable("the device publishes its state before it gets, so its replica exists")
        return self.answer(Operation.GET, AnswerLevel.REJECTED, after)

    def late_delta(self, after: str) -> Stimulus:
        """The older of two deltas, which came behind the newer one. Raises CouldNotTest where none did."""
        deltas, newest = self.told(Operation.UPDATE, AnswerLevel.DELTA, after), -1
        for one in deltas:
            version = one.content.get("version")
            if isinstance(version, int):
                if version < newest:
                    return self.history.stimulus(
                        one.place, one.time, f"the delta of version {version}, which came late"
                    )
                newest = version
        self.history.went_all_the_way()
        raise CouldNotTest("no delta came behind a newer one")

    def accepted_came_first(self, after: str) -> None:
        """Raises CouldNotTest where a delta was not said behind the accepted of its version."""
        accepted, deltas = (
            self.told(Operation.UPDATE, one, after) for one in (AnswerLevel.ACCEPTED, AnswerLevel.DELTA)
        )
        pairs = [(one, delta) for one in accepted for delta in deltas if _version(one) == _version(delta)]
        if not any(one.place < delta.place for one, delta in pairs):
            self.history.went_all_the_way()
            raise CouldNotTest("no delta was said behind the accepted of its version")

    def late_answer_to_get(self, after: str) -> Stimulus:
        """The answer to get that a newer delta came before. Raises CouldNotTest where none did.

        Raises NotApplicable where the device came back, published its state, and never got.
        """
        asked = self.since(after)
        if asked.updates and not any(one.operation is Operation.GET for one in asked.all):
            raise NotApplicable("the device does not get when it is back, so no answer to that can be late")
        deltas = self.told(Operation.UPDATE, AnswerLevel.DELTA, after)
        for one in self.told(Operation.GET, AnswerLevel.ACCEPTED, after):
            if any(delta.place < one.place and _version(delta) > _version(one) for delta in deltas):
                return self.history.stimulus(one.place, one.time, f"the late answer of version {_version(one)}")
        self.history.went_all_the_way()
        raise CouldNotTest("no answer to get came behind a newer delta")

    @property
    def all_wishes(self) -> Wish:
        """All that was desired in the end, as one wish, made when the first was.

        Raises NotApplicable where the device has cleared what was desired, and nothing is left of it.
        """
        document, first = FlatDocument(), None
        clearing = {one.place for one in self.history.updates if _clears(one)}
        for place, record in self.history.placed():
            document = document.after({"desired": None}) if place in clearing else document
            if isinstance(record, Provoked) and isinstance(record.detail, dict):
                first = first or self.history.stimulus(place, record.time, "the first wish")
                document = document.after({"desired": record.detail})
        if first is None:
            raise self._missing("desires nothing")
        if not document.desired:
            raise NotApplicable("the device cleared all that was desired")
        return Wish(self.history, self.evidence, first, document.desired)

    @property
    def counter(self) -> DeclaredProperty:
        """The property that counts how often another is executed. Raises CouldNotTest where there is none."""
        for one in self.history.profile.properties.values():
            if one.counts is not None:
                return one
        raise CouldNotTest("no property counts how often another is executed")

    def sibling_of(self, wish: Wish) -> tuple[DeclaredProperty, JSON]:
        """A property in the same object as the wish's, and what was reported of it last before."""
        told = self.history.reported_before(wish.since.place)
        for one in self.history.profile.properties.values():
            if one.path not in wish.leaves and any(one.path[:-1] == path[:-1] != () for path in wish.leaves):
                if one.path not in told:
                    raise CouldNotTest(f"{one.name} was not reported before")
                return one, told[one.path]
        raise CouldNotTest("no property lies in the same object")

    @property
    def first_foreign_delta(self) -> Stimulus:
        """The first delta to another device. Raises CouldNotTest where there was none."""
        for place, record in self.history.sent:
            if record.topic.endswith("/update/delta") and record.topic != self.history.profile.inbox:
                return self.history.stimulus(place, record.time, "the delta of another device")
        raise self._missing("says no delta to another device")

    @property
    def every_request(self) -> EveryRequest:
        """All that the device asked for."""
        return EveryRequest(self.history, self.evidence)

    def subscribes_to_deltas(self) -> None:
        """The device's client asks for its deltas. Raises OutOfView where the broker is not ours."""
        self.connection.asks_for_configs(qos=0)

    def subscribes_first(self, since: Stimulus) -> None:
        """On the connection that began then, the device asks for its deltas and answers before it publishes."""
        packets = self.connection.packets
        own = [(place, one) for place, one in packets.own if place > since.place]
        topics = self.history.profile.answers
        asked: set[str] = set()
        for place, one in own:
            if one.what is PacketKind.CONNECT:
                asked = set()
            if one.what is PacketKind.SUBSCRIBE:
                asked |= {topic for topic in topics if closeness(one.topics, topic) is not None}
                self.evidence.rests_on(place)
            if one.what is PacketKind.PUBLISH:
                self.evidence.rests_on(place)
                if missing := [topic for topic in topics if topic not in asked]:
                    story = f"The device should subscribe to {missing[0]} before it publishes anything."
                    raise NotObserved(story, EvidenceRef(place, since.place))
                return
        self.history.went_all_the_way()
        raise CouldNotTest("the device published nothing after it was connected")

    def never_answers_itself(self) -> None:
        """The device's client publishes on no topic at which only a replica speaks."""
        packets = self.connection.packets
        levels = [(one, level) for one in Operation for level in AnswerLevel]
        forbidden = {self.history.profile.topic(one, level) for one, level in levels}
        for place, topic in packets.published:
            if topic in forbidden:
                story = f"Only a replica publishes on {printable(topic)}, but the device did."
                raise NotObserved(story, EvidenceRef(place))
        self.history.went_all_the_way()
        if not packets.published:
            raise Undecided("the device published nothing")

    def observes_its_will(self) -> None:
        """Write down whether the loss of its connection is told by a will, and where."""
        self.history.went_all_the_way()
        connects = self.connection.packets.connects
        if not connects:
            raise Undecided("the device was connected before anybody looked")
        will = connects[-1][1].will
        self.observe(f"a will at {printable(will.topic)}" if will else "no will")


def run_of(records: Sequence[Record]) -> WholeRun[ReplicaDeviceHistory]:
    """The run that a trace holds, cut into its episodes."""
    profile = DeviceProfile.from_dict(began_in(records).profile)
    make = partial(ReplicaDeviceHistory, profile=profile)
    late = profile.topic(Operation.UPDATE)
    scenes = {name: ReplicaDeviceEpisode(one) for name, one in histories_of(records, make, late)}
    return ReplicaDeviceRun(whole_history_of(records, make, scenes), scenes=scenes)


def _clears(update: DeviceRequest) -> bool:
    state = object_at(update.content, "state") or {}
    return "desired" in state and state["desired"] is None


def _version(message: ReplicaMessage) -> int:
    version = message.content.get("version")
    return version if isinstance(version, int) else 0


class ReplicaDeviceRun(ReplicaDeviceEpisode, WholeRun[ReplicaDeviceHistory]):
    """All that passed, between the scenarios too."""
