"""A whole run with a service: what must hold of every message, whatever it was about. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.judging.whole_run import WholeRun
from harness.payload.values import JSON
from harness.protocols.replica.judging.service.history import (
    Feature,
    HeardMessage,
    ServiceHistory,
    request_of,
)
from harness.protocols.replica.words.content import object_in, whole_number
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId
from harness.record.kinds import Received, Sent
from harness.text import brief

_LISTENS_ALWAYS = "app"  # of our connections, the one that hears all that is said of each device
_OF_AN_UPDATE = (AnswerLevel.ACCEPTED, AnswerLevel.DELTA, AnswerLevel.DOCUMENTS)
_ANSWERS = (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)


class ServiceRun(WholeRun[ServiceHistory]):
    """Every message of a service."""

    def versions_rise_by_one(self) -> None:
        """Of each document, every update that is accepted has the version behind the one before it."""
        self.history.needs(Feature.VERSION)
        accepted = [one for one in self._heard if (one.operation, one.level) == _ACCEPTED_UPDATE]
        self._look_at(accepted)
        for one in accepted:
            if one.version is None:
                raise NotObserved(f"An update was accepted without a version: {brief(one.content)}.", _at(one))
        for replica in dict.fromkeys(one.replica for one in accepted):
            self._rise([one for one in self._heard if one.replica == replica])

    def timestamps_are_now(self, tolerance: float) -> None:
        """Every message tells in whole seconds when it was made, by a clock that may be off by so much."""
        self.history.needs(Feature.TIMESTAMP)
        is_asked_for = self.history.spec is ReplicaSpec.AWS
        told = [one for one in self._heard if one.level is not AnswerLevel.REJECTED and one.content is not None]
        told = [one for one in told if is_asked_for or (one.content or {}).get("timestamp") is not None]
        self._look_at(told)
        for one in told:
            stamp = (one.content or {}).get("timestamp")
            time = whole_number(stamp)
            if time is None:
                raise NotObserved(f"A timestamp should be whole seconds, but is {brief(stamp)}.", _at(one))
            give = tolerance + 1 + self.history.allowance
            if not one.time - give <= time <= one.time + give:  # no arithmetic on it: it may be larger than any float
                off = f"{brief(time - int(one.time))} s"
                raise NotObserved(f"A timestamp should be the present, but is {off} from it.", _at(one))

    def refusals_say_why(self) -> None:
        """Every rejection comes with a whole number as `code` and a text as `message`."""
        self.history.needs(Feature.REJECTION)
        refusals = [one for one in self._heard if one.level is AnswerLevel.REJECTED]
        self._look_at(refusals)
        for one in refusals:
            told = one.content or {}
            if whole_number(told.get("code")) is None or not isinstance(told.get("message"), str):
                story = f"A rejection should have a code and a message, but is {brief(one.content)}."
                raise NotObserved(story, _at(one))

    def tells_deltas_first(self) -> None:
        """The delta of an update comes before the message that accepts it."""
        pairs = 0
        for delta, accepted in self._pairs():
            pairs += 1
            self.evidence.rests_on(delta.place, accepted.place)
            if delta.place > accepted.place:
                raise NotObserved("An update was accepted before its delta was told.", _at(accepted))
        if not pairs:
            raise CouldNotTest("no update had both a delta and an answer")

    def invents_no_token(self) -> None:
        """No message about a document has a client token, where no request of ours about it had one.

        A device that is under test as well may give tokens: they are told again, and no others.
        """
        self.history.needs(Feature.TOKEN)
        ours, theirs = self._tokens_in(Sent), self._tokens_in(Received)
        bare = [one for one in self._heard if ours.get(one.replica) == []]
        told = [one for one in bare if one.token is None or one.token not in theirs.get(one.replica, [])]
        self._look_at(told)
        for one in told:
            if one.token is not None:
                raise NotObserved(f"Nobody gave a token, and yet one was told: {brief(one.token)}.", _at(one))

    def _tokens_in(self, kind: type[Sent | Received]) -> dict[ReplicaId, list[JSON]]:
        """The tokens of all requests that we sent, or heard, by what they were about."""
        given: dict[ReplicaId, list[JSON]] = {}
        for _, record in self.history.placed():
            asked = request_of(record.topic, self.history) if isinstance(record, kind) else None
            if asked and isinstance(record, kind):
                content = object_in(record.payload) or {}
                given.setdefault(asked[0], []).extend([content["clientToken"]] if "clientToken" in content else [])
        return given

    @property
    def _heard(self) -> list[HeardMessage]:
        return [one for one in self.history.heard if one.connection == _LISTENS_ALWAYS]

    def _look_at(self, messages: list[HeardMessage]) -> None:
        """Raises CouldNotTest where there is nothing to look at."""
        if not messages:
            self.history.went_all_the_way()
            raise CouldNotTest("the service said nothing of this kind")

    def _rise(self, told: list[HeardMessage]) -> None:
        versions = [one for one in told if one.version is not None and one.level in _OF_AN_UPDATE]
        versions = [one for one in versions if one.operation is Operation.UPDATE]
        firsts = {one.version: one for one in reversed(versions)}
        order = sorted(version for version in firsts if version is not None)
        for before, after in pairwise(order):
            if after != before + 1:
                story = f"The version behind {before} should be {before + 1}, but is {after}."
                raise NotObserved(story, _at(firsts[after]))
        accepted = [one for one in versions if one.level is AnswerLevel.ACCEPTED]
        for n, one in enumerate(accepted):
            same = next((other for other in accepted[:n] if other.version == one.version), None)
            if same and not same.says_the_same_as(one):
                raise NotObserved(f"Two updates were accepted as version {one.version}.", _at(one))

    def _pairs(self) -> Iterator[tuple[HeardMessage, HeardMessage]]:
        """Delta and answer of one update, by their version; or where there is none, next to each other."""
        deltas: dict[tuple[ReplicaId, int | None], HeardMessage] = {}
        answers: dict[tuple[ReplicaId, int | None], HeardMessage] = {}
        for one in self._heard:
            if one.operation is Operation.UPDATE and one.version is not None:
                of_kind = {AnswerLevel.DELTA: deltas, AnswerLevel.ACCEPTED: answers}.get(one.level)
                if of_kind is not None:
                    of_kind.setdefault((one.replica, one.version), one)
        yield from ((deltas[key], answers[key]) for key in deltas if key in answers)
        if not deltas:
            yield from self._pairs_in_turn()

    def _pairs_in_turn(self) -> Iterator[tuple[HeardMessage, HeardMessage]]:
        """Of updates that were alone in flight: without a version, nothing else tells whose a message is."""
        updates = [
            (place, asked[0])
            for place, sent in self.history.sent
            if (asked := request_of(sent.topic, self.history)) and asked[1] is Operation.UPDATE
        ]
        for replica in dict.fromkeys(replica for _, replica in updates):
            told = [one for one in self._heard if (one.replica, one.operation) == (replica, Operation.UPDATE)]
            places = [place for place, about in updates if about == replica]
            for place, end in pairwise([*places, self.history.end]):
                behind = [one for one in told if place < one.place < end]
                answers = [one for one in behind if one.level in _ANSWERS]
                if len(answers) != 1:
                    break  # from here on, a message may be of any of those before
                delta = next((one for one in behind if one.level is AnswerLevel.DELTA), None)
                if delta and answers[0].level is AnswerLevel.ACCEPTED:
                    yield delta, answers[0]


def _at(one: HeardMessage) -> EvidenceRef:
    return EvidenceRef(one.place)


_ACCEPTED_UPDATE = (Operation.UPDATE, AnswerLevel.ACCEPTED)
