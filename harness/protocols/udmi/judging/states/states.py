"""Every state of an episode: how far apart they came, and whether each was whole."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.judging.connection.offline_periods import OfflinePeriods
from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Elapsed, Window, no_less_than
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.timestamps import rfc3339
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.states.content import content, difference
from harness.protocols.udmi.judging.states.own_stamps import OwnStamps
from harness.protocols.udmi.judging.states.starts import states_by_start
from harness.protocols.udmi.words.messages import State, ValueState
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Record, Sent
from harness.record.left_out import NotApplicable
from harness.text import printable

_IN_A_ROW = 10  # states that are looked at together: longer, and a clock that is a little fast would count
_A_STAMP = 1.0  # seconds that a timestamp may leave out
ARRIVAL_JITTER = 0.1  # seconds by which the way from the device to us may differ between two messages


@dataclass(frozen=True)
class States:
    """Asked all at once, of a scenario that went all the way."""

    history: History
    evidence: Evidence

    def keep_apart(self, seconds: float) -> None:
        """No two come closer than this. A device may sit on the limit, so what jitter explains is in its favour.

        So many in a row come no closer than so many times this: what the way explains, it explains but once. What was
        made in a time without a connection, and comes when that is over, does not count. A start begins anew.
        """
        sent = self._sent_as_made(2)
        of_a_start = [states for states in states_by_start(self.history, sent) if len(states) > 1]
        if not of_a_start:
            raise NotApplicable("the device sent no two states without a start between them")
        gap, before, after = min(
            ((self._gap(a, b), a, b) for states in of_a_start for a, b in pairwise(states)),
            key=lambda entry: entry[0].most,
        )
        self.evidence.measure("shortest distance", gap, no_less_than(seconds))
        self.evidence.rests_on(before.place, after.place)
        if gap.most < seconds - max(ARRIVAL_JITTER, self.history.allowance):
            story = f"States should keep {seconds:g} s apart, but two came within {gap.most:.3f} s."
            raise NotObserved(story, EvidenceRef(after.place, before.place))
        stamps = OwnStamps.of(self.history, sent)
        for states in of_a_start:
            self._are_apart_by_their_stamps(stamps, states, seconds)
            self._are_apart_in_a_row(states, seconds)

    def are_whole(self) -> None:
        """Each has its system and pointset blocks, and lists every point of the profile, as every config here does."""
        for heard in self._at_least(1):
            self.evidence.rests_on(heard.place)
            lacking = self._lacking(heard.message)
            if lacking:
                raise NotObserved(
                    f"Every state should be whole, but one lacks {', '.join(lacking)}, "
                    f"{heard.time - self.history.records[0].time:.1f} s into {self.history.scenario}.",
                    EvidenceRef(heard.place, self.history.first),
                )

    def go_on_naming_configs(self) -> None:
        """Once one has named a config, each later one names a config that had been sent; it may be an older one."""
        states = self._at_least(2)
        named = [self._is_named(heard) for heard in states]
        if True not in named[:-1]:
            raise CouldNotTest("no state but the last named a config")
        first = named.index(True)
        self.evidence.rests_on(*(heard.place for heard in states[first:]))
        if False in named[first:]:
            unnamed = states[named.index(False, first)]
            last = unnamed.message.last_config
            raise NotObserved(
                "A device that has named a config should go on doing so in every state, "
                f"but last_config became {rfc3339(last) if isinstance(last, int | float) else said(last)}.",
                EvidenceRef(unnamed.place, states[first].place),
            )

    def know_only(self, words: Collection[ValueState]) -> None:
        """Each value_state is one of these words, or absent."""
        said_any = False
        self.history.went_all_the_way()
        if not self.history.states:
            self.history.concerns_points()
        for heard in self._at_least(1):
            for name, point in heard.message.points.items():
                said_any = said_any or point.value_state is not None
                if point.value_state is not None and not (
                    isinstance(point.value_state, ValueState) and point.value_state in words
                ):
                    self.evidence.rests_on(heard.place)
                    raise NotObserved(
                        f"The value_state of {printable(name)} should be one of {', '.join(words)}, "
                        f"but is {said(point.value_state)}.",
                        EvidenceRef(heard.place, about=name),
                    )
        if not said_any and not any(self._writes(record) for record in self.history.records):
            why = f"no point of the profile is of a kind that {self.history.scenario} writes to"
            raise self.history.concerns_no_point(why)
        if not said_any:
            raise Undecided("no value_state was reported")

    def tell_units(self, about: str) -> None:
        """The point has units. Raises NotApplicable where none are ever told."""
        if all(heard.message.point(about).units in (None, "") for heard in self._at_least(1)):
            raise NotApplicable(f"the device tells no units of {about}, so a change of them is nothing to report")

    def speak_up(self, window: Window, since: Stimulus, about: str) -> None:
        """A state, of the device's own accord, says inside the window that a point is no longer as it was.

        Where it never says so, another clause is concerned.
        """
        before = [heard for heard in self.history.states if heard.place < since.place]
        after = [heard for heard in self.history.states if heard.place > since.place]
        if not before:
            raise Undecided(f"no state came before {since}")
        was = content(before[-1].message, about)
        found = next((heard for heard in after if content(heard.message, about) != was), None)
        configs = self.history.sent_between(since.place, found.place) if found else []
        if found is None or any(config.desired for config in configs):
            raise CouldNotTest(f"nothing changed about {about} since {since} but what a config asked for")
        self.evidence.rests_on(before[-1].place, since.place, found.place)
        elapsed = self.history.elapsed(since, found.time)
        self.evidence.measure("reported after", elapsed, window)
        self.evidence.awaits(window, since)
        evidence_ref = EvidenceRef(found.place, since.place, about)
        changed = difference(was, content(found.message, about))
        should = f"What changes on the device should be reported {window}, without a config"
        if configs:
            raise NotObserved(f"{should}, but it took a config to bring it out: {changed}.", evidence_ref)
        decide(window, elapsed, f"{should}, but was after {elapsed}: {changed}.", evidence_ref)

    def _writes(self, record: Record) -> bool:
        points = self.history.profile.points
        desired = record.desired.values() if isinstance(record, Sent) else ()
        return any(one.subject in points and one.value is not None for one in desired)

    def _are_apart_in_a_row(self, states: Sequence[Heard[State]], seconds: float) -> None:
        """A few states that come too close may be the network's doing; many in a row are not."""
        for gaps in range(2, _IN_A_ROW):
            for first, last in zip(states, states[gaps:], strict=False):
                if self._are_crowded(first, last, gaps * seconds):
                    span = self._gap(first, last).most
                    story = f"States should keep {seconds:g} s apart, but {gaps + 1} came within {span:.3f} s."
                    raise NotObserved(story, EvidenceRef(last.place, first.place))

    def _are_apart_by_their_stamps(self, stamps: OwnStamps, states: Sequence[Heard[State]], seconds: float) -> None:
        """The device's own stamps tell how far apart two states are, where the network blurs the gap between them."""
        for before, after in pairwise(states):
            most = stamps.most_between(before, after)
            if most is not None and most < seconds - ARRIVAL_JITTER:
                self.evidence.rests_on(before.place, after.place)
                left = f"by their own timestamps two left within {most:.3f} s"
                story = f"States should keep {seconds:g} s apart, but {left}."
                raise NotObserved(story, EvidenceRef(after.place, before.place))

    def _are_crowded(self, first: Heard[State], last: Heard[State], seconds: float) -> bool:
        """Whether the way cannot explain it, and by their own timestamps they were not only held up somewhere."""
        if self._gap(first, last).most >= seconds - max(ARRIVAL_JITTER, self.history.allowance):
            return False
        made, since = last.message.timestamp, first.message.timestamp
        if not isinstance(made, int | float) or not isinstance(since, int | float):
            return False
        return made - since < seconds - _A_STAMP

    def _gap(self, before: Heard[State], after: Heard[State]) -> Elapsed:
        """A stall of ours may have made them seem closer than they were."""
        gap = round(after.time - before.time, 6)
        return Elapsed(gap, round(gap + self.history.stalls.seconds(before.time, after.time), 6))

    def _is_named(self, heard: Heard[State]) -> bool:
        last = heard.message.last_config
        return isinstance(last, int | float) and self.history.is_older_config(last, heard.place)

    def _lacking(self, state: State) -> list[str]:
        blocks: dict[str, object] = {"the system block": state.system}
        if self.history.profile.points:
            blocks["the pointset block"] = state.pointset
        if absent := [name for name, block in blocks.items() if block is None]:
            return absent
        return [name for name in self.history.profile.points if name not in state.points]

    def _sent_as_made(self, count: int) -> list[Heard[State]]:
        """Those that no broken connection held up."""
        states, offline_periods = self._at_least(1), OfflinePeriods(self.history)
        return _enough(
            [heard for heard in states if not offline_periods.held_up(heard.place, heard.message.timestamp)], count
        )

    def _at_least(self, count: int) -> list[Heard[State]]:
        self.history.went_all_the_way()
        if not self.history.states:
            raise Undecided("no state came to judge")
        return _enough(self.history.states, count)


def _enough(states: list[Heard[State]], count: int) -> list[Heard[State]]:
    if len(states) < count:
        raise NotApplicable(f"the device had no more to say than {len(states)} of the {count} states that it takes")
    return states
