"""What every state says beside its points: when it was made, that the device works, whether anything is new."""

from dataclasses import dataclass, replace
from itertools import pairwise

from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.point_report import said
from harness.judging.verdict import NotObserved, Undecided
from harness.judging.where import Where
from harness.judging.window import Elapsed, within
from harness.wire.udmi import State


@dataclass(frozen=True)
class Utterances:
    """Asked of all states, of a scenario that went all the way."""

    history: History
    ledger: Ledger

    def tell_their_time(self, *, within_minutes: float, give_or_take: float) -> None:
        """The timestamp is near the time of arrival, and no nearer in one state than, give or take, in another."""
        late: list[tuple[float, Heard[State]]] = []
        for heard in self._all():
            stamp = heard.message.timestamp
            if not isinstance(stamp, int | float):
                story = f"A state should carry the time at which it was made, but its timestamp is {said(stamp)}."
                raise NotObserved(story, Where(heard.place))
            late.append((heard.time - stamp, heard))
        behind, worst = max(late, key=lambda entry: abs(entry[0]))
        self.ledger.rests_on(worst.place)
        if abs(behind) > within_minutes * 60:
            off = f"{abs(behind) / 60:.0f} min {'behind' if behind > 0 else 'ahead'}"
            story = f"A state should carry the time at which it was made, but is {off}."
            raise NotObserved(story, Where(worst.place))
        (least, _), (most, latest) = min(late, key=lambda e: e[0]), max(late, key=lambda e: e[0])
        may_be_late = self.history.lateness(latest.time - (most - least), latest.time)
        spread = max(0.0, round(most - least - may_be_late, 6))
        self.ledger.measure("age of one state beside another's", Elapsed(spread, spread), within(give_or_take))
        if spread > give_or_take:
            raise NotObserved(
                f"A state should carry the time at which it was made, but one was {spread:.1f} s older than another.",
                Where(latest.place),
            )

    def are_operational(self) -> None:
        """Wherever the device speaks of itself, it says that it is operational."""
        systems = [(heard, heard.message.system) for heard in self._all() if heard.message.system]
        if not systems:
            raise Undecided("no state had a system block")
        for heard, system in systems:
            self.ledger.rests_on(heard.place)
            if system.operational is not True:
                raise NotObserved(
                    f"A device that works should say that it is operational, but it is {said(system.operational)}.",
                    Where(heard.place),
                )

    def observe_repetitions(self) -> None:
        """Write down how many states a minute say no more than the one before."""
        states = self._all()
        idle = sum(_timeless(one.message) == _timeless(later.message) for one, later in pairwise(states))
        minutes = (self.history.closed.time - self.history.records[0].time) / 60
        self.ledger.rests_on(states[0].place, states[-1].place)
        self.ledger.observed.append(f"{idle / minutes:.0f} states a minute say nothing new")

    def _all(self) -> list[Heard[State]]:
        self.history.went_all_the_way()
        if not self.history.states:
            raise Undecided("no state came to judge")
        return self.history.states


def _timeless(state: State) -> State:
    return replace(state, timestamp=None)
