"""A config that was sent, and how the device answered it."""

from dataclasses import dataclass

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.timestamps import rfc3339
from harness.payload.values import Field
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.states.etags import no_etags
from harness.protocols.udmi.words.messages import Config, State
from harness.protocols.udmi.words.said import said
from harness.record.left_out import NotApplicable


@dataclass(frozen=True)
class SentConfig:
    """`next` is the place where the following config was sent, or where the episode ends."""

    history: History
    evidence: Evidence
    stimulus: Stimulus
    config: Config
    next: int

    def is_answered(self, window: Window) -> None:
        """A state that speaks of the config follows, inside the window."""
        first = self._first()
        self.evidence.rests_on(self.stimulus.place)
        self.evidence.awaits(window, self.stimulus)
        if first is None:
            self._must_have_watched(window)
            raise NotObserved(
                f"The config should be answered by a state {window}, but none followed.", self._evidence_ref()
            )
        elapsed = self.history.elapsed(self.stimulus, first.time)
        self.evidence.measure("answered after", elapsed, window)
        self.evidence.rests_on(first.place)
        story = f"The config should be answered by a state {window}, but was after {elapsed}."
        decide(window, elapsed, story, self._evidence_ref(first))

    def is_named(self, window: Window) -> None:
        """The config's timestamp becomes last_config, inside the window."""
        named = next((heard for heard in self._states() if heard.message.last_config == self.config.timestamp), None)
        self.evidence.rests_on(self.stimulus.place)
        self.evidence.awaits(window, self.stimulus)
        if named is None:
            last = self.answer.message.last_config
            is_older = isinstance(last, int | float) and self.history.is_older_config(last, self.stimulus.place)
            if is_older:  # it may still come; anything else is wrong already
                self._must_have_watched(window)
            raise NotObserved(
                f"last_config should be the config's timestamp, {_time(self.config.timestamp)}, but is {_time(last)}.",
                self._evidence_ref(self.answer),
            )
        elapsed = self.history.elapsed(self.stimulus, named.time)
        self.evidence.measure("last_config after", elapsed, window)
        self.evidence.rests_on(named.place)
        decide(
            window, elapsed, f"last_config should move {window}, but did after {elapsed}.", self._evidence_ref(named)
        )

    def is_named_from_then_on(self) -> None:
        """From the first state that names it, every other does, up to the next config."""
        states = self._states()
        named = [heard.message.last_config == self.config.timestamp for heard in states]
        if True not in named:
            raise CouldNotTest("no state named the config")
        later = list(zip(states, named, strict=True))[named.index(True) + 1 :]
        if not later:
            self.history.went_all_the_way()
            raise NotApplicable("the device had no more to say once it had named the config")
        self.evidence.rests_on(self.stimulus.place, *(heard.place for heard, _ in later))
        for heard, is_named in later:
            if not is_named:
                raise NotObserved(
                    "As long as no other config comes every state should name the same, "
                    f"but last_config became {_time(heard.message.last_config)}.",
                    self._evidence_ref(heard),
                )

    def waits_for_no_queue(self, *, longer_than: int) -> None:
        """Of the states that follow, up to the one that names this config, only so many earlier ones are named."""
        states = [heard for heard in self.history.states if heard.place > self.stimulus.place]
        names = [_time(heard.message.last_config) for heard in states]
        own = _time(self.config.timestamp)
        before = names[: names.index(own)] if own in names else names
        self.evidence.rests_on(*(heard.place for heard in states[: len(before) + 1]))
        if len(set(before)) > longer_than:
            raise NotObserved(
                f"States for a burst of configs should be coalesced, but {len(set(before))} earlier configs were "
                f"answered after the last had been sent.",
                self._evidence_ref(states[len(before) - 1]),
            )
        if own not in names:
            raise self._unseen("no state named the config")

    def leaves_other_points_alone(self) -> None:
        """Until the next config, no point that this one does not write has a value_state."""
        points = (self.config.pointset.points if self.config.pointset else None) or {}
        others = [name for name, point in points.items() if point.set_value is None]
        states = [heard for heard in self._states() if heard.message.pointset]
        if not others:
            raise NotApplicable("every point of the profile was written: if the device has more, add one")
        if not states:
            raise self._unseen("no state of a point that was not written followed")
        self.evidence.rests_on(*(heard.place for heard in states))
        for heard in states:
            for name in others:
                if heard.message.point(name).value_state is not None:
                    raise NotObserved(
                        f"{name} was not written and should have no value_state, "
                        f"but is {said(heard.message.point(name).value_state)}.",
                        EvidenceRef(heard.place, self.stimulus.place, name),
                    )

    def is_outdated(self) -> None:
        """It carries an etag, and before it left the device had told of another one."""
        told = [heard for heard in self.history.pointset_states if heard.place < self.stimulus.place]
        if not isinstance(self.etag, str):
            story = f"The config should carry the etag of a state, but carries {said(self.etag)}."
            raise NotObserved(story, EvidenceRef(self.stimulus.place, self.stimulus.place))
        if not told or told[-1].message.etag in (None, self.etag):
            story = f"The device should have told of another etag, but {said(self.etag)} was the latest."
            raise NotObserved(story, EvidenceRef(self.stimulus.place, self.stimulus.place))

    def met_what_it_rests_on(self) -> None:
        """While it was on its way the device told of no other etag than its own: what it rests on was still so."""
        start = self.history.speaks_of(self.stimulus, self.config.timestamp, self.next)
        for heard in self._states():
            if heard.place < start and heard.message.pointset and heard.message.etag not in (None, self.etag):
                story = f"The config should rest on the device's state, but that had become {said(heard.message.etag)}."
                raise NotObserved(story, self._evidence_ref(heard))

    def rests_on_an_etag(self) -> None:
        """It carries the etag of a state. Raises NotApplicable where the device never sends one."""
        if self.etag is None:
            self._must_send_etags()
            raise CouldNotTest("the config carries no etag")

    def changes_the_etag(self) -> None:
        """The answer has another etag than the one that the config rests on."""
        if self.etag is None:
            self._must_send_etags()
        if not isinstance(self.next_etag, str) or not isinstance(self.etag, str):
            raise CouldNotTest("the config or its answer carries no etag")
        if self.next_etag == self.etag:
            story = f"The etag should change with an accepted config, but it is still {said(self.etag)}."
            raise NotObserved(story, self._evidence_ref(self.answer))

    def observes_its_etag(self) -> None:
        """Write down whether the answer has another etag than the state before the config."""
        before = [heard.message.etag for heard in self.history.states if heard.place < self.stimulus.place]
        if not before:
            raise self._unseen("no state came before the config")
        self.evidence.observed.append(f"the etag {'stays' if before[-1] == self.next_etag else 'changes'}")

    @property
    def answer(self) -> Heard[State]:
        """The last state before the next config."""
        states = self._states()
        if not states:
            raise self._unseen("no state followed the config")
        self.evidence.rests_on(self.stimulus.place, states[-1].place)
        return states[-1]

    @property
    def etag(self) -> Field[str]:
        """The etag that the config rests on."""
        return self.config.pointset.etag if self.config.pointset else None

    @property
    def next_etag(self) -> Field[str]:
        """The etag of the device's answer."""
        return self.answer.message.etag

    def _must_send_etags(self) -> None:
        told = self.history.pointset_states
        if told and all(heard.message.etag is None for heard in told):
            raise no_etags()

    def _first(self) -> Heard[State] | None:
        """The first state that speaks of the config. A device that names configs answers one by naming it."""
        start = self.history.speaks_of(self.stimulus, self.config.timestamp, self.next)
        states = [heard for heard in self._states() if heard.place >= start]
        if self.history.names_configs():
            states = [heard for heard in states if heard.message.last_config == self.config.timestamp]
        return next(iter(states), None)

    def _must_have_watched(self, window: Window) -> None:
        following = (record.time for place, record in self.history.placed() if place == self.next)
        watched = self.history.watched(self.stimulus, next(following, self.history.closed.time))
        if watched < window.latest:
            raise self._unseen(f"states were watched for {watched:.1f} s only, of {window.latest:g}")

    def _states(self) -> list[Heard[State]]:
        return [heard for heard in self.history.states if self.stimulus.place < heard.place < self.next]

    def _evidence_ref(self, here: Heard[object] | None = None) -> EvidenceRef:
        return EvidenceRef(here.place if here else None, self.stimulus.place)

    def _unseen(self, what: str) -> Exception:
        self.history.went_all_the_way()
        return Undecided(what)


def _time(time: Field[float]) -> str:
    return rfc3339(time) if isinstance(time, int | float) else said(time)
