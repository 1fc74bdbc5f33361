"""A value that a point came to show, by a write or on the device itself, and what telemetry told of it."""

from dataclasses import dataclass
from functools import cached_property

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence import Evidence, aside
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.values import Value
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.telemetry.completeness import lacking
from harness.protocols.udmi.words.messages import Telemetry
from harness.protocols.udmi.words.said import said
from harness.record.left_out import NotApplicable


@dataclass(frozen=True)
class Change:
    """It is followed up to place `end`, where the point is changed anew or another config is sent."""

    history: History
    evidence: Evidence
    stimulus: Stimulus
    point: str
    value: Value | None
    end: int
    end_time: float

    def is_told(self, window: Window, since: Stimulus | None = None) -> None:
        """Telemetry shows the value, inside the window of the change, or of what came of it."""
        since = since or self.stimulus
        self.evidence.rests_on(self.stimulus.place, since.place)
        self.evidence.awaits(window, since)
        should = f"Telemetry should tell {window} that {self.point} {self._changed}"
        found = next((heard for heard in self._shown if self._is_there(heard)), None)
        if found is None:
            if self.history.watched(since, self.end_time) < window.latest:
                raise self._unseen(f"{self.point} was not watched for {window.latest:g} s")
            raise NotObserved(f"{should}, but did not.", self._at())
        elapsed = self.history.elapsed(since, found.time)
        self.evidence.measure("told after", elapsed, window)
        self.evidence.rests_on(found.place)
        decide(window, elapsed, f"{should}, but did after {elapsed}.", self._at(found))

    def _is_there(self, heard: Heard[Telemetry]) -> bool:
        """Whether the telemetry shows the value."""
        return self.history.shows(self.point, heard.message.readings[self.point], self.value)

    def is_not_told(self) -> None:
        """No telemetry of a part of the points tells of the point, up to the next that is complete."""
        for heard in self._parts:
            self._must_be_exceptional(heard)
            after = heard.time - self.stimulus.earliest
            raise NotObserved(
                f"That {self.point} {self._changed} should not be told of before the next complete telemetry, "
                f"but was after {after:.1f} s.",
                self._at(heard),
            )

    def is_not_repeated(self) -> None:
        """No telemetry of a part of the points repeats what was shown of the point, up to the next complete one."""
        for heard in self._parts:
            before = self._shown_before(heard)
            if before is not None and before.message.readings[self.point] == heard.message.readings[self.point]:
                self._must_be_exceptional(heard)
                raise NotObserved(
                    f"{self.point} showed {said(self.value)} already, and a write of that should not be told of, "
                    f"but was after {heard.time - self.stimulus.earliest:.1f} s.",
                    self._at(heard),
                )

    def is_told_as_it_is(self) -> None:
        """The next telemetry of the point that surely left after the change shows this value, and none before it."""
        surely = [heard for heard in self._shown if self.history.left_after(heard.time, self.stimulus)]
        if not surely:
            raise self._unseen(f"no telemetry of {self.point} followed")
        shown = surely[0]
        self.evidence.rests_on(self.stimulus.place, shown.place)
        if not self._is_there(shown):
            raise NotObserved(
                f"Telemetry that was held back should show the latest value of {self.point}, {said(self.value)}, "
                f"but shows {said(shown.message.readings[self.point])}.",
                self._at(shown),
            )

    def was_held_back(self, limit: float) -> None:
        """The change came while the limit since the telemetry before it was not over. Raises NotApplicable if not."""
        before = [heard for heard in self.history.telemetry if heard.place < self.stimulus.place]
        if not before or self.stimulus.latest - before[-1].time >= limit:
            raise NotApplicable(f"{self.point} was not moved again within {limit:g} s of a telemetry")

    @cached_property
    def _after(self) -> list[Heard[Telemetry]]:
        return [heard for heard in self.history.telemetry if self.stimulus.place < heard.place < self.end]

    @property
    def _shown(self) -> list[Heard[Telemetry]]:
        return [heard for heard in self._after if self.point in heard.message.readings]

    @property
    def _parts(self) -> list[Heard[Telemetry]]:
        """Partial telemetry that shows the point, surely after the change and before the next complete telemetry."""
        complete = next((heard for heard in self._after if not lacking(self.history, heard)), None)
        if complete is None:
            raise self._unseen("no complete telemetry followed")
        self.evidence.rests_on(self.stimulus.place, complete.place)
        return [
            heard
            for heard in self._shown
            if heard.place < complete.place
            and lacking(self.history, heard)
            and self.history.left_after(heard.time, self.stimulus)
        ]

    def _must_be_exceptional(self, part: Heard[Telemetry]) -> None:
        """A device that sends partial telemetry of this point without a change, too, is not reacting to the change."""
        for heard in self.history.telemetry:
            if heard.place < part.place and heard.place < self.stimulus.place and self.point in heard.message.readings:
                before = self._shown_before(heard)
                repeats = before and before.message.readings[self.point] == heard.message.readings[self.point]
                if repeats and lacking(self.history, heard):
                    raise NotApplicable(f"the device tells of {self.point} in parts though it has not changed")

    def _shown_before(self, heard: Heard[Telemetry]) -> Heard[Telemetry] | None:
        earlier = [one for one in self.history.telemetry if one.place < heard.place]
        return next((one for one in reversed(earlier) if self.point in one.message.readings), None)

    @property
    def _changed(self) -> str:
        return f"became {said(self.value)}"

    def _at(self, here: Heard[Telemetry] | None = None) -> EvidenceRef:
        return EvidenceRef(here.place if here else None, self.stimulus.place, self.point)

    def _unseen(self, what: str) -> Exception:
        self.history.went_all_the_way()
        return Undecided(what)


def tells_of_changes(change: Change, window: Window) -> None:
    """For what must not be told: it says nothing of a device that tells of no change at all. Raises NotApplicable."""
    try:
        with aside():
            change.is_told(window)
    except NotObserved as silent:
        raise NotApplicable(f"the device tells of no change before its time: {silent}") from silent
