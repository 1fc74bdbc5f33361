"""The device's mode, and how it starts anew. UDMI 1.5, system mode."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.states.starts import has_started_between, has_started_later, names_starts
from harness.protocols.udmi.words.messages import Mode, SystemState
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Sent
from harness.record.left_out import NotApplicable


@dataclass(frozen=True)
class Lifecycle:
    """Asked of every state that says something of the device itself."""

    history: History
    evidence: Evidence

    def is_at(self, mode: Mode, window: Window, since: Stimulus) -> None:
        """It reports that mode, inside the window."""
        self.evidence.rests_on(since.place)
        self.evidence.awaits(window, since)
        should = f"The device should report that it is {mode} {window}"
        found = next((heard for heard in self._after(since) if heard.message.mode is mode), None)
        if found is None:
            last = next(reversed(list(self._after(since))), None)
            watched = self.history.watched(since, self.history.closed.time)
            if last is None or watched < window.latest:
                raise self._unseen(f"the device was watched for {watched:.1f} s only, of {window.latest:g}")
            raise NotObserved(f"{should}, but says {said(last.message.mode)}.", EvidenceRef(last.place, since.place))
        elapsed = self.history.elapsed(since, found.time)
        self.evidence.measure(f"{mode} after", elapsed, window)
        self.evidence.rests_on(found.place)
        decide(window, elapsed, f"{should}, but did after {elapsed}.", EvidenceRef(found.place, since.place))

    def starts_as(self, mode: Mode, since: Stimulus) -> None:
        """The first state after it has started anew reports that mode."""
        first = self._first_after_the_start(since)
        if first.message.mode is None:
            raise NotApplicable("the device reports no system.operation.mode, so it knows no modes")
        if first.message.mode is not mode:
            raise NotObserved(
                f"A device that has just been started should be {mode}, but says {said(first.message.mode)}.",
                EvidenceRef(first.place, since.place),
            )

    def tells_of_its_start(self, since: Stimulus) -> None:
        """Once it has started anew, last_start is later than it was; and restart_count, if it counts, is higher."""
        before, first = self._before(since), self._first_after_the_start(since)
        was, now = before.message, first.message
        self.evidence.rests_on(before.place, first.place)
        evidence_ref = EvidenceRef(first.place, since.place)
        if was.last_start is None and now.last_start is None:
            raise NotApplicable("the device reports no system.operation.last_start")
        if not isinstance(now.last_start, int | float) or not isinstance(was.last_start, int | float):
            raise NotObserved(
                f"last_start should be later after a restart, but was {said(was.last_start)} "
                f"and is {said(now.last_start)}.",
                evidence_ref,
            )
        if now.last_start <= was.last_start:
            raise NotObserved("last_start should be later after a restart, but is not.", evidence_ref)
        counts = was.restart_count, now.restart_count
        if isinstance(counts[0], int) and isinstance(counts[1], int) and counts[1] <= counts[0]:
            story = f"restart_count should be higher after a restart, but was {counts[0]} and is {counts[1]}."
            raise NotObserved(story, evidence_ref)

    def starts_once(self, since: Stimulus, *, watched_for: float) -> None:
        """Having started it does not start again, nor announce that it will, as long as that config lies there.

        `watched_for`: seconds in which a device that obeys a retained restart has started once more.
        """
        first = self._first_after_the_start(since)
        following = [(at, record.time) for at, record in self._configs_after(since)]
        end, end_time = next(iter(following), (self.history.end, self.history.closed.time))
        later = [heard for heard in self._after(since) if first.place < heard.place < end]
        watched = round(end_time - first.time - self.history.stalls.seconds(first.time, end_time), 6)
        self.evidence.rests_on(first.place, *(heard.place for heard in later))
        for before, heard in pairwise((first, *later)):
            if heard.message.mode is Mode.RESTART or has_started_between(before.message, heard.message):
                raise NotObserved(
                    "A config that asks for a restart should cause one, but while it was retained the device "
                    f"started again {heard.time - first.time:.1f} s later.",
                    EvidenceRef(heard.place, since.place),
                )
        if watched < watched_for:
            raise self._unseen(f"the device was watched for {watched:.1f} s only after it had started")

    def is_never_started(self) -> None:
        """Every state names the same start, as well as the device knows it."""
        self.history.went_all_the_way()
        starts = [heard for heard in self._heard() if names_starts(heard.message)]
        if not starts:
            raise NotApplicable("the device reports no system.operation.last_start")
        self.evidence.rests_on(starts[0].place, starts[-1].place)
        for before, after in pairwise(starts):
            if has_started_between(before.message, after.message):
                raise NotObserved(
                    "The device should go on working whatever it is sent, but it has started anew.",
                    EvidenceRef(after.place, before.place),
                )

    def _first_after_the_start(self, since: Stimulus) -> Heard[SystemState]:
        """The first state that names a later start; or, where none is named, the first after an announced restart."""
        before = self._before(since)
        announced = False
        for heard in self._after(since):
            newer = has_started_later(before.message, heard.message)
            if newer or (announced and heard.message.mode is not Mode.RESTART):
                self.evidence.rests_on(since.place, heard.place)
                return heard
            announced = announced or heard.message.mode is Mode.RESTART
        self.history.went_all_the_way()
        if before.message.last_start is None and not announced:
            raise NotApplicable("the device reports no system.operation.last_start, so its start does not show")
        raise CouldNotTest("no state told that the device had started anew")

    def _before(self, since: Stimulus) -> Heard[SystemState]:
        before = [heard for heard in self._heard() if heard.place < since.place]
        if not before:
            raise self._unseen(f"no state came before {since}")
        return before[-1]

    def _after(self, since: Stimulus) -> Iterator[Heard[SystemState]]:
        return (heard for heard in self._heard() if heard.place > since.place)

    def _heard(self) -> Iterator[Heard[SystemState]]:
        return iter(self.history.systems)

    def _configs_after(self, since: Stimulus) -> Iterator[tuple[int, Sent]]:
        return ((at, record) for at, record in self.history.placed() if at > since.place and isinstance(record, Sent))

    def _unseen(self, what: str) -> Exception:
        self.history.went_all_the_way()
        return Undecided(what)
