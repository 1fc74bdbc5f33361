"""A request of ours and its answer. Pure; verbs raise the verdict, properties answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.replica.judging.service.history import Feature, HeardMessage, ServiceHistory, request_of
from harness.protocols.replica.words.content import Object, object_at, object_in, whole_number
from harness.protocols.replica.words.flow import DEVICE
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId
from harness.record.kinds import Sent
from harness.text import brief

_ANSWERS = (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)


@dataclass(frozen=True)
class Exchange:
    """A request was sent at `since`. Its answers are those behind it and before the next request of its kind."""

    history: ServiceHistory
    evidence: Evidence
    since: Stimulus
    sent: Sent
    replica: ReplicaId
    operation: Operation

    def is_answered(self, window: Window) -> None:
        """It is accepted or rejected, in its time."""
        self._in_time(self._answer(window, "accepted or rejected"), window)

    def is_accepted(self, window: Window) -> None:
        """It is accepted, in its time."""
        answer = self._answer(window, "accepted")
        if answer.level is not AnswerLevel.ACCEPTED:
            raise NotObserved(f"{self.since} should be accepted, but was rejected: {_said(answer)}.", self._ref(answer))
        self._in_time(answer, window)

    def is_refused(self, window: Window, *codes: int) -> None:
        """It is rejected, in its time, with one of these codes; with any code where none is named.

        The source document knows no codes: a service that never tells one is asked for none.
        """
        answer = self._answer(window, "rejected")
        if answer.level is not AnswerLevel.REJECTED:
            raise NotObserved(f"{self.since} should be rejected, but was accepted: {_said(answer)}.", self._ref(answer))
        code = (answer.content or {}).get("code")
        if codes and code is None:
            self.history.needs(Feature.CODE)
        if codes and whole_number(code) not in codes:
            expected = " or ".join(map(str, codes))
            raise NotObserved(
                f"{self.since} should be rejected with {expected}, but was with {brief(code)}.", self._ref(answer)
            )
        self._in_time(answer, window)

    def is_refused_or_shows_no(self, feature: Feature) -> None:
        """Raises NotShown where it was not rejected, and the service shows nothing of what is not asked for."""
        if not self.is_rejected:
            self.history.needs(feature)

    def has_one_answer(self) -> None:
        """One message accepts or rejects it, and no second one does."""
        answers = [one for n, one in enumerate(self.answers) if not any(map(one.says_the_same_as, self.answers[:n]))]
        self.evidence.rests_on(self.since.place, *(one.place for one in answers))
        if not answers:
            self.history.went_all_the_way()
            raise NotObserved(
                f"{self.since} should be answered once, but was not.", EvidenceRef(None, self.since.place)
            )
        if len(answers) > 1:
            told = " and ".join(one.level for one in answers)
            raise NotObserved(f"{self.since} should be answered once, but was {told}.", self._ref(answers[1]))

    def repeats_its_token(self) -> None:
        """One message answers it that has its token, and no second one does."""
        answers = [one for one in self._told_to_us() if one.token == self.content.get("clientToken")]
        answers = [one for n, one in enumerate(answers) if not any(map(one.says_the_same_as, answers[:n]))]
        self.evidence.rests_on(self.since.place, *(one.place for one in answers))
        if len(answers) != 1:
            self.history.went_all_the_way()
            story = f"{self.since} should have one answer with its token, but has {len(answers)}."
            raise NotObserved(story, EvidenceRef(answers[1].place if answers else None, self.since.place))

    def leaves_no_trace(self) -> None:
        """Nothing is told of it to others, where it was rejected."""
        self.rejected  # noqa: B018 - raises CouldNotTest where it was not
        for one in self.history.heard:
            is_of_it = self.since.place < one.place < self.ends and one.replica == self.replica
            if is_of_it and one.level is not AnswerLevel.REJECTED:
                story = f"{self.since} was rejected, and yet the service told {one.level}: {_said(one)}."
                raise NotObserved(story, self._ref(one))

    def section(self, name: str) -> Object:
        """A section of the request's state; empty where it has none."""
        return object_at(self.content, "state", name) or {}

    def reports_before(self) -> Sequence[Object]:
        """Reports of the device up to here, but for those that were rejected."""
        found = []
        for place, sent in self.history.sent:
            asked = request_of(sent.topic, self.history)
            if place < self.since.place and asked == (self.replica, Operation.UPDATE) and sent.connection == DEVICE:
                since = self.history.stimulus(place, sent.time, repr(sent.label))
                reported = object_at(object_in(sent.payload), "state", "reported")
                if reported and not Exchange(self.history, self.evidence, since, sent, *asked).is_rejected:
                    found.append(reported)
        return found

    def is_told_to_no(self, connection: str) -> None:
        """Nothing that the service says of the replica from then on is heard on that connection."""
        for one in self.history.heard:
            if one.place > self.since.place and one.replica == self.replica and one.connection == connection:
                story = f"Nothing of {self.since} should reach {connection!r}, but {one.level} did: {_said(one)}."
                raise NotObserved(story, self._ref(one))
        self.history.went_all_the_way()
        self.evidence.rests_on(self.since.place)

    @property
    def is_rejected(self) -> bool:
        """Whether a message rejects it."""
        return any(answer.level is AnswerLevel.REJECTED for answer in self.answers)

    @cached_property
    def all_answers(self) -> list[HeardMessage]:
        """The answers to it and to all later requests of its kind, on the connection that asked."""
        return [*self._told_to_us()]

    @cached_property
    def answers(self) -> list[HeardMessage]:
        """All that were heard on the connection that asked."""
        return [*self._answers()]

    @property
    def accepted(self) -> Object:
        """The content of the message that accepts it. Raises CouldNotTest where none does."""
        for answer in self.answers:
            if answer.level is AnswerLevel.ACCEPTED and answer.content is not None:
                self.evidence.rests_on(answer.place)
                return answer.content
        self.history.went_all_the_way()
        raise CouldNotTest(f"{self.since} was not accepted")

    @property
    def accepted_by_token(self) -> Object:
        """The content of the message that accepts it and has its token. Raises CouldNotTest where none does."""
        for one in self._told_to_us():
            is_its_own = one.level is AnswerLevel.ACCEPTED and one.token == self.content.get("clientToken")
            if is_its_own and one.content is not None:
                self.evidence.rests_on(one.place)
                return one.content
        self.history.went_all_the_way()
        raise CouldNotTest(f"{self.since} was not accepted with its token")

    @property
    def rejected(self) -> Object:
        """The content of the message that rejects it. Raises CouldNotTest where none does."""
        for answer in self.answers:
            if answer.level is AnswerLevel.REJECTED:
                self.evidence.rests_on(answer.place)
                return answer.content or {}
        self.history.went_all_the_way()
        raise CouldNotTest(f"{self.since} was not rejected")

    @cached_property
    def content(self) -> Object:
        """The content of the request; empty where it is no object."""
        return object_in(self.sent.payload) or {}

    @property
    def ends(self) -> int:
        """The place of the next request of its kind, which may have answers of its own from then on."""
        return next(
            (place for place, sent in self.history.sent if place > self.since.place and sent.topic == self.sent.topic),
            self.history.end,
        )

    @property
    def until_a_desire(self) -> int:
        """The place of the next request at its topic that desires something."""
        for place, sent in self.history.sent:
            is_later = place > self.since.place and sent.topic == self.sent.topic
            if is_later and "desired" in (object_at(object_in(sent.payload), "state") or {}):
                return place
        return self.history.end

    def _answers(self) -> Iterator[HeardMessage]:
        yield from (one for one in self._told_to_us() if one.place < self.ends)

    def _told_to_us(self) -> Iterator[HeardMessage]:
        """All answers to requests of its kind that came after it, on the connection that asked."""
        ours = (self.sent.connection, self.replica, self.operation)
        for one in self.history.heard:
            is_ours = (one.connection, one.replica, one.operation) == ours
            if is_ours and one.level in _ANSWERS and self.since.place < one.place:
                yield one

    def _answer(self, window: Window, wanted: str) -> HeardMessage:
        """The first one. Where none came that was due, that is the verdict."""
        self.evidence.rests_on(self.since.place)
        self.evidence.awaits(window, self.since)
        if self.answers:
            self.evidence.rests_on(self.answers[0].place)
            return self.answers[0]
        self.history.went_all_the_way()
        if self.history.watched(self.since, self.history.closed.time) <= window.latest:
            raise Undecided(f"{self.since} was not watched for long enough")
        raise NotObserved(
            f"{self.since} should be {wanted} {window}, but no answer came.", EvidenceRef(None, self.since.place)
        )

    def _in_time(self, answer: HeardMessage, window: Window) -> None:
        elapsed = self.history.elapsed(self.since, answer.time)
        self.evidence.measure("from request to answer", elapsed, window)
        story = f"{self.since} should be answered {window}, but was after {elapsed}."
        decide(window, elapsed, story, self._ref(answer))

    def _ref(self, answer: HeardMessage) -> EvidenceRef:
        return EvidenceRef(answer.place, self.since.place)


def _said(answer: HeardMessage) -> str:
    return brief(answer.content)
