"""A config that the device need not like: what is amiss with it, and what came of that. UDMI 1.5, config sequence."""

from dataclasses import dataclass

from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.verdict import NotObserved
from harness.protocols.udmi.judging.configs.sent_config import SentConfig
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.states.errors import errors_anywhere, errors_in_pointset, own_error
from harness.protocols.udmi.words.messages import State
from harness.protocols.udmi.words.said import said
from harness.record.left_out import NotApplicable
from harness.text import printable


@dataclass(frozen=True)
class OddConfig(SentConfig):
    """Followed up to the next config."""

    def upsets_nobody(self) -> None:
        """No error is told of that was not there before, and the device stays operational."""
        known = errors_anywhere(self._before)
        for heard in self._surely_after():
            self.evidence.rests_on(self.stimulus.place, heard.place)
            new = [
                f"{printable(name)} has a status of {category}"
                for name, category in errors_anywhere(heard.message).items()
                if name not in known
            ]
            if heard.message.system and heard.message.system.operational is False:
                new.append("the device is not operational")
            if new:
                story = f"A field that the device does not know should be as if it were not there, but {new[0]}."
                raise NotObserved(story, self._evidence_ref(heard))

    def is_over(self, window: Window) -> None:
        """With this good config the error that the device told of is over, inside the window."""
        if own_error(self._before) is None:
            raise NotApplicable("the device had told of no error that could be over")
        self.evidence.rests_on(self.stimulus.place)
        self.evidence.awaits(window, self.stimulus)
        should = f"After a good config the system's status should no longer tell of an error, {window}"
        fine = next((heard for heard in self._states() if own_error(heard.message) is None), None)
        if fine is None:
            self._must_have_watched(window)
            raise NotObserved(f"{should}, but it still does.", self._evidence_ref())
        elapsed = self.history.elapsed(self.stimulus, fine.time)
        self.evidence.measure("over after", elapsed, window)
        self.evidence.rests_on(fine.place)
        decide(window, elapsed, f"{should}, but it took {elapsed}.", self._evidence_ref(fine))

    def observes_what_it_is_taken_for(self) -> None:
        """Write down whether the device takes the config, and where it tells of an error."""
        later = [heard for heard in self.history.states if heard.place > self.next]
        last = next(iter((*reversed(self._states()), *later)), None)
        if last is None:
            raise self._unseen("no state followed the config")
        taken = "taken up" if last.message.last_config == self.config.timestamp else "not taken up"
        own = own_error(last.message)
        told = [f"the system's status is {said(own.category)}"] if own else []
        told += [f"{printable(name)} has a status" for name in sorted(errors_in_pointset(last.message))]
        self.evidence.rests_on(self.stimulus.place, last.place)
        self.evidence.observed.append(f"the config is {taken}; {', '.join(told) or 'no error is told of'}")

    @property
    def _before(self) -> State:
        """The last state that came before the config."""
        before = [heard for heard in self.history.states if heard.place < self.stimulus.place]
        if not before:
            raise self._unseen("no state came before the config")
        return before[-1].message

    def _surely_after(self) -> list[Heard[State]]:
        """States that left the device after the config had reached it: by their time, or by what they say."""
        states = self._states()
        first = next((number for number, heard in enumerate(states) if self._follows_from_it(heard)), len(states))
        sure = [heard for number, heard in enumerate(states) if number >= first or self._left_after_it(heard)]
        if not sure:
            raise self._unseen("no state surely followed the config")
        return sure

    def _follows_from_it(self, heard: Heard[State]) -> bool:
        return heard.message.last_config == self.config.timestamp

    def _left_after_it(self, heard: Heard[object]) -> bool:
        return heard.place > self.stimulus.settled and self.history.left_after(heard.time, self.stimulus)
