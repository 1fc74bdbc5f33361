"""The deltas that follow an update, as one connection of ours heard them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.values import JSON
from harness.protocols.replica.judging.flat_document import flat, is_leaf_for_leaf
from harness.protocols.replica.judging.service.exchange import Exchange
from harness.protocols.replica.judging.service.history import HeardMessage
from harness.protocols.replica.words.content import object_at
from harness.protocols.replica.words.topics import AnswerLevel
from harness.text import brief


@dataclass(frozen=True)
class FollowingDelta:
    """Behind an update, and before the next one, on the connection `on`."""

    update: Exchange
    on: str

    def comes(self, window: Window) -> None:
        """There is one that has something for the device to do, in its time."""
        self._first(window, "a delta should follow")

    def is_just(self, expected: Mapping[str, JSON], window: Window) -> None:
        """The first that has something to do has these leaves, and no others."""
        one = self._first(window, f"a delta of {brief(expected)} should follow")
        state = object_at(one.content, "state") or {}
        if not is_leaf_for_leaf(flat(state), flat(expected)):
            story = f"The delta that follows {self.update.since} should be {brief(expected)}, but is {brief(state)}."
            raise NotObserved(story, self._ref(one))

    def has_the_token_of_its_update(self) -> None:
        """Each has it."""
        token = self.update.content.get("clientToken")
        if not self.pending:
            self.update.history.went_all_the_way()
            raise CouldNotTest(f"no delta followed {self.update.since}")
        for one in self.pending:
            self.update.evidence.rests_on(one.place)
            if one.token != token:
                story = f"The delta that follows {self.update.since} should have its token, but has {brief(one.token)}."
                raise NotObserved(story, self._ref(one))

    def never_comes(self, seconds: float) -> None:
        """None has anything for the device to do, and somebody looked for so long."""
        self.update.evidence.rests_on(self.update.since.place)
        if self.pending:
            state = object_at(self.pending[0].content, "state")
            story = f"No delta should follow {self.update.since}, but one did, of {brief(state)}."
            raise NotObserved(story, self._ref(self.pending[0]))
        self._must_have_been_watched(seconds, self._until)

    def never_brings_back(self, wanted: Mapping[str, JSON], seconds: float) -> None:
        """None has any of that for the device to do, until something is desired anew; somebody looked for so long."""
        ends = self.update.until_a_desire
        self.update.evidence.rests_on(self.update.since.place)
        for one in self._before(ends):
            state = object_at(one.content, "state") or {}
            if flat(state).keys() & flat(wanted).keys():
                story = (
                    f"No delta of {brief(wanted)} should follow {self.update.since}, but one did, of {brief(state)}."
                )
                raise NotObserved(story, self._ref(one))
        self._must_have_been_watched(seconds, self._time_at(ends))

    def _must_have_been_watched(self, seconds: float, until: float) -> None:
        history, since = self.update.history, self.update.since
        history.went_all_the_way()
        if history.watched(since, until) < seconds:
            raise Undecided(f"{since} was not watched for {seconds:g} s")

    @cached_property
    def pending(self) -> list[HeardMessage]:
        """Those whose state is not empty."""
        return [one for one in self.all if object_at(one.content, "state")]

    @cached_property
    def all(self) -> list[HeardMessage]:
        """Every one."""
        return [*self._all()]

    @property
    def _until(self) -> float:
        """When the next update was sent, or the scenario was over."""
        return self._time_at(self.update.ends)

    def _time_at(self, place: int) -> float:
        history = self.update.history
        return history.closed.time if place == history.end else history.record_at(place).time

    def _all(self) -> Iterator[HeardMessage]:
        yield from self._before(self.update.ends)

    def _before(self, place: int) -> Iterator[HeardMessage]:
        update = self.update
        for one in update.history.heard:
            is_ours = (one.connection, one.replica, one.level) == (self.on, update.replica, AnswerLevel.DELTA)
            if is_ours and update.since.place < one.place < place:
                yield one

    def _first(self, window: Window, wanted: str) -> HeardMessage:
        history, since = self.update.history, self.update.since
        self.update.evidence.rests_on(since.place)
        self.update.evidence.awaits(window, since)
        if not self.pending:
            history.went_all_the_way()
            if history.watched(since, self._until) <= window.latest:
                raise Undecided(f"{since} was not watched for long enough")
            raise NotObserved(f"{wanted} {since} {window}, but none came.".capitalize(), EvidenceRef(None, since.place))
        one = self.pending[0]
        self.update.evidence.rests_on(one.place)
        elapsed = history.elapsed(since, one.time)
        self.update.evidence.measure("from update to delta", elapsed, window)
        decide(window, elapsed, f"A delta should follow {since} {window}, but came after {elapsed}.", self._ref(one))
        return one

    def _ref(self, one: HeardMessage) -> EvidenceRef:
        return EvidenceRef(one.place, self.update.since.place)
