"""A scenario with a replica service, as judgements ask about it. Pure."""

from collections.abc import Mapping, Sequence
from functools import partial
from http import HTTPStatus

from harness.judging.cutting import histories_of, whole_history_of
from harness.judging.episode import Episode
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.payload.values import JSON
from harness.protocols.replica.judging.flat_document import Leaves, flat, is_leaf_for_leaf
from harness.protocols.replica.judging.service.both_sides import BothSides
from harness.protocols.replica.judging.service.delta import FollowingDelta
from harness.protocols.replica.judging.service.exchange import Exchange
from harness.protocols.replica.judging.service.history import (
    Feature,
    HeardMessage,
    ServiceHistory,
    features_in,
    heard_in,
    request_of,
)
from harness.protocols.replica.judging.service.service_run import ServiceRun
from harness.protocols.replica.judging.service.several_exchanges import SeveralExchanges
from harness.protocols.replica.judging.service.shown_document import ShownDocument
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.content import Object, object_at, object_in, whole_number
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import AnswerLevel, ReplicaId
from harness.record.kinds import Answer, Received, Record, Sent, began_in
from harness.text import brief


class ServiceEpisode(Episode[ServiceHistory]):
    """One scenario. Requests go by its labels: those of the source's flows are the numbers of their steps."""

    def request(self, label: str) -> Exchange:
        """The request that the scenario made under that name. Raises CouldNotTest where it did not."""
        for place, sent in self.history.sent:
            if sent.label == label:
                return self._exchange(place, sent)
        raise self._missing(f"asks nothing {label!r}")

    def together(self, *beginnings: str) -> SeveralExchanges:
        """All requests whose names begin so."""
        found = [self._exchange(place, sent) for place, sent in self.history.sent if sent.label.startswith(beginnings)]
        if not found:
            raise self._missing(f"asks nothing {beginnings[0]!r}")
        return SeveralExchanges(found)

    def rest_shows_the_same_as(self, label: str, get: str) -> None:
        """The answer over HTTP to the request of that name has what the answer to `get` has, but for its time."""
        for place, record in self.history.placed():
            if isinstance(record, Received) and isinstance(record.http, Answer) and self._asked(record.http) == label:
                self.evidence.rests_on(place, record.http.of)
                shown, told = object_in(record.payload) or {}, self.document(get).content
                if record.http.status != HTTPStatus.OK or _timeless(shown) != _timeless(told):
                    story = f"REST should show what {get!r} showed, {brief(_timeless(told))}"
                    story = f"{story}, but was {record.http.status}"
                    raise NotObserved(f"{story}, {brief(_timeless(shown))}.", EvidenceRef(place, record.http.of))
                return
        self.history.went_all_the_way()
        raise NotObserved(f"{label!r} should be answered over HTTP, but was not.")

    def rest_is_answered_with(self, label: str, *codes: int) -> None:
        """The answer over HTTP to the request of that name has one of these codes."""
        for place, record in self.history.placed():
            if isinstance(record, Received) and isinstance(record.http, Answer) and self._asked(record.http) == label:
                self.evidence.rests_on(place, record.http.of)
                if record.http.status not in codes:
                    wanted = " or ".join(map(str, codes))
                    story = f"{label!r} should be answered with {wanted}, but was with {record.http.status}."
                    raise NotObserved(story, EvidenceRef(place, record.http.of))
                return
        self.history.went_all_the_way()
        raise NotObserved(f"{label!r} should be answered over HTTP, but was not.")

    def is_carried_to_nobody(self, label: str) -> None:
        """A message that we published under that name reached none of us. Raises CouldNotTest where we did not."""
        sent = next(((place, one) for place, one in self.history.sent if one.label == label), None)
        if sent is None:
            raise self._missing(f"publishes nothing as {label!r}")
        self.evidence.rests_on(sent[0])
        for place, record in self.history.placed():
            if isinstance(record, Received) and (record.topic, record.payload) == (sent[1].topic, sent[1].payload):
                story = f"{label!r} should reach nobody, but came at {record.connection!r}."
                raise NotObserved(story, EvidenceRef(place, sent[0]))
        self.history.went_all_the_way()

    def _asked(self, answer: Answer) -> str:
        request = self.history.record_at(answer.of)
        return request.label if isinstance(request, Sent) else ""

    def documents(self, label: str) -> BothSides:
        """The message that shows the document before and after the update of that name."""
        return BothSides(self.request(label))

    def document(self, label: str) -> ShownDocument:
        """The document that was shown to the `get` of that name."""
        return ShownDocument(self.request(label))

    def delta(self, label: str, on: str = "app") -> FollowingDelta:
        """The deltas behind the update of that name."""
        return FollowingDelta(self.request(label), on)

    def learns(self, label: str, expected: Mapping[str, JSON], window: Window, *, on: str) -> None:
        """On that connection something tells what the device reported by the request of that name, in its time.

        In the source's own flow it is a delta; under AWS's scheme the others tell of it as well.
        """
        request = self.request(label)
        levels = {AnswerLevel.DELTA} if self.history.spec is ReplicaSpec.SEED else _TELLING
        request.evidence.rests_on(request.since.place)
        for one in self.history.heard:
            is_there = one.connection == on and one.place > request.since.place and one.level in levels
            if is_there and _tells(one, flat(expected)):
                request.evidence.rests_on(one.place)
                elapsed = self.history.elapsed(request.since, one.time)
                self.evidence.measure("from report to word of it", elapsed, window)
                story = f"Word of {request.since} should come {window}, but came after {elapsed}."
                decide(window, elapsed, story, EvidenceRef(one.place, request.since.place))
                return
        self.history.went_all_the_way()
        told = " or ".join(sorted(levels))
        story = f"A component should learn of {request.since} {window}, by {told}, but did not."
        raise NotObserved(story, EvidenceRef(None, request.since.place))

    def tells_nobody_else(self, mark: str, of: ReplicaId) -> None:
        """No message about that device has the mark, which was written to another one."""
        told = [one for one in self.history.heard if one.replica == of]
        if not told:
            self.history.went_all_the_way()
            raise CouldNotTest(f"the service said nothing of {of.device}")
        self.evidence.rests_on(*(one.place for one in told))
        for one in told:
            if mark in _texts(one.content):
                story = f"{mark!r} was written to another device, and yet the service tells it of {of.device}."
                raise NotObserved(story, EvidenceRef(one.place))

    def has_one_version(self, update: str, get: str) -> None:
        """The update, its delta and the document that is shown then have the same version."""
        accepted, shown = self.request(update).accepted.get("version"), self.document(get).version
        deltas = {one.version for one in self.delta(update).all}
        if {accepted, shown, *deltas} != {shown}:
            story = f"{update!r} has version {brief(accepted)}, its delta {brief(sorted(map(str, deltas)))}"
            place = self.request(get).since.place
            raise NotObserved(f"{story}, and the document then {shown}: it should be one version.", EvidenceRef(place))

    def was_told_meanwhile(self, label: str, expected: Mapping[str, JSON], window: Window, *, on: str) -> None:
        """The last delta on that connection has all that is desired by then; it comes once the device is back.

        `label`: of the last update that was made while it was away.
        """
        update = self.request(label)
        back = next((place for place, sent in self.history.sent if place > update.since.place), self.history.end)
        told = [one for one in self.history.heard if one.connection == on and one.level is AnswerLevel.DELTA]
        late = [one for one in told if one.place > update.since.place]
        self.evidence.rests_on(update.since.place, *(one.place for one in late))
        if not late:
            self.history.went_all_the_way()
            story = f"The delta of {update.since} should wait for the device {window}, but none came."
            raise NotObserved(story, EvidenceRef(None, min(back, self.history.end - 1)))
        state = object_at(late[-1].content, "state") or {}
        if not is_leaf_for_leaf(flat(state), flat(expected)):
            story = f"The last delta that waited should be {brief(expected)}, but is {brief(state)}."
            raise NotObserved(story, EvidenceRef(late[-1].place))

    def tells(self, label: str, *fields: str) -> None:
        """The request is accepted with these fields."""
        request = self.request(label)
        if missing := [field for field in fields if whole_number(request.accepted.get(field)) is None]:
            story = f"{request.since} should be accepted with {missing[0]}, but is with {brief(request.accepted)}."
            raise NotObserved(story, EvidenceRef(request.answers[0].place, request.since.place))

    def goes_on_from(self, before: str, after: str) -> None:
        """The version of one update is that of another, and one more."""
        first, later = (whole_number(self.request(label).accepted.get("version")) for label in (before, after))
        if first is None or later is None:
            raise CouldNotTest("an update was accepted without a version")
        if later != first + 1:
            story = f"{after!r} should have version {first + 1}, behind that of {before!r}, but has {later}."
            raise NotObserved(story, EvidenceRef(self.request(after).since.place))

    def shows_itself_on_subscribing(self, connection: str) -> None:
        """Observes whether a delta comes to somebody who only subscribes, retained or sent at once."""
        self.history.went_all_the_way()
        for place, record in self.history.placed():
            if not (isinstance(record, Received) and record.connection == connection):
                continue
            if record.retain and record.topic.endswith(AnswerLevel.DELTA):
                self.evidence.rests_on(place)
                self.observe("a delta comes with subscribing, as a retained message")
                return
        self.observe("subscribing alone brings no delta")

    def needs(self, feature: Feature) -> None:
        """Raises NotShown where the source does not ask for that feature, and the service shows nothing of it."""
        self.history.needs(feature)

    def _exchange(self, place: int, sent: Sent) -> Exchange:
        found = request_of(sent.topic, self.history)
        if found is None:
            raise self._missing(f"asks nothing of the service by {sent.label!r}")
        since = self.history.stimulus(place, sent.time, f"{sent.label!r} ({found[1]} by {sent.connection})")
        return Exchange(self.history, self.evidence, since, sent, *found)


def run_of(records: Sequence[Record]) -> ServiceRun:
    """The run that a trace holds, cut into its episodes."""
    began = began_in(records)
    profile = ServiceProfile.from_dict(began.profile)
    features = features_in([*heard_in(records, 0, profile)])
    make = partial(ServiceHistory, profile=profile, spec=ReplicaSpec(began.spec), features=features)
    scenes = {name: ServiceEpisode(one) for name, one in histories_of(records, make, *profile.outboxes[:1])}
    return ServiceRun(whole_history_of(records, make, scenes), scenes=scenes)


def _timeless(content: Object) -> Object:
    return {name: part for name, part in content.items() if name not in ("timestamp", "clientToken")}


def _tells(one: HeardMessage, expected: Leaves) -> bool:
    """Whether what was reported stands in a part of the message where a component would look."""
    places = (("reported",), ("state",), ("state", "reported"), ("current", "state", "reported"))
    parts = [flat(object_at(one.content, *place) or {}) for place in places]
    return any(is_leaf_for_leaf({path: part[path] for path in expected if path in part}, expected) for part in parts)


def _texts(content: JSON) -> set[str]:
    """Every text in it."""
    if isinstance(content, dict):
        return set[str]().union(*map(_texts, content.values()))
    if isinstance(content, list):
        return set[str]().union(*map(_texts, content))
    return {content} if isinstance(content, str) else set()


_TELLING = frozenset({AnswerLevel.DELTA, AnswerLevel.ACCEPTED, AnswerLevel.DOCUMENTS})
