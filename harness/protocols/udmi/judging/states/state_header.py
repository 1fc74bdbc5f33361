"""The header of every state: its time, whether the device is operational, and whether the state brings anything new."""

from dataclasses import dataclass, replace
from itertools import pairwise

from harness.judging.timing.window import Elapsed, within
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.words.messages import State
from harness.protocols.udmi.words.said import said
from harness.text import counted


@dataclass(frozen=True)
class StateHeaders:
    """Asked of all states, of a scenario that went all the way."""

    history: History
    evidence: Evidence

    def tell_their_time(self, *, at_most: float, give_or_take: float) -> None:
        """The timestamp is near the time of arrival, and no nearer in one state than, give or take, in another."""
        late: list[tuple[float, Heard[State]]] = []
        for heard in self._all():
            stamp = heard.message.timestamp
            if not isinstance(stamp, int | float):
                story = f"A state should carry the time at which it was made, but its timestamp is {said(stamp)}."
                raise NotObserved(story, EvidenceRef(heard.place))
            late.append((heard.time - stamp, heard))
        behind, worst = max(late, key=lambda entry: abs(entry[0]))
        self.evidence.rests_on(worst.place)
        if abs(behind) > at_most:
            off = f"{abs(behind) / 60:.0f} min {'behind' if behind > 0 else 'ahead'}"
            story = f"A state should carry the time at which it was made, but is {off}."
            raise NotObserved(story, EvidenceRef(worst.place))
        (least, _), (most, latest) = min(late, key=lambda e: e[0]), max(late, key=lambda e: e[0])
        may_be_late = self.history.lateness(latest.time - (most - least), latest.time)
        spread = max(0.0, round(most - least - may_be_late, 6))
        self.evidence.measure("age of one state beside another's", Elapsed(spread, spread), within(give_or_take))
        if spread > give_or_take:
            raise NotObserved(
                f"A state should carry the time at which it was made, but one was {spread:.1f} s older than another.",
                EvidenceRef(latest.place),
            )

    def are_operational(self) -> None:
        """Wherever the device speaks of itself, it says that it is operational."""
        self._all()
        if not self.history.systems:
            raise Undecided("no state had a system block")
        for heard in self.history.systems:
            operational = heard.message.operational
            self.evidence.rests_on(heard.place)
            if operational is not True:
                raise NotObserved(
                    f"A device that works should say that it is operational, but it is {said(operational)}.",
                    EvidenceRef(heard.place),
                )

    def observe_repetitions(self) -> None:
        """Write down how many states a minute say no more than the one before."""
        states = self._all()
        idle = sum(_timeless(one.message) == _timeless(later.message) for one, later in pairwise(states))
        minutes = (self.history.closed.time - self.history.records[0].time) / 60
        self.evidence.rests_on(states[0].place, states[-1].place)
        often = f"{idle} of {counted(len(states), 'state')} say nothing new, {idle / minutes:.1f} a minute"
        self.evidence.observed.append(often if idle else "every state says something new")

    def _all(self) -> list[Heard[State]]:
        self.history.went_all_the_way()
        if not self.history.states:
            raise Undecided("no state came to judge")
        return self.history.states


def _timeless(state: State) -> State:
    return replace(state, timestamp=None)
