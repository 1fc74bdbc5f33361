"""One point, followed from the config that spoke of it to the next that did, or to the end of the episode."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window, within
from harness.judging.verdicts.evidence import Evidence
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.values import Field, Value
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.history import History
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.profile import PROMPTLY
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Provoked


@dataclass(frozen=True)
class ObservedPoint:
    """The point's reports and values during the write. `value` None: the config released the point.

    States speak of the config from place `start` on; what came before was on its way already.
    """

    history: History
    evidence: Evidence
    stimulus: Stimulus
    point: str
    value: Value | None
    start: int
    end: int
    end_time: float

    def reports(self, since: Stimulus | None = None) -> Iterator[PointReport]:
        """Every state that has a pointset; a point that it does not list has no value_state."""
        start = max(self.start, since.place + 1) if since else self.start
        for heard in self.history.pointset_states:
            if start <= heard.place < self.end:
                state = heard.message.point(self.point)
                yield PointReport(
                    self.point, Heard(heard.time, heard.place, state), self.evidence, self.history.allowance
                )

    def reported_before(self) -> Iterator[PointReport]:
        """Every state that came before the config left."""
        before = replace(self, start=self.history.first, end=self.stimulus.place)
        return before.reports()

    def present_values(self, since: Stimulus | None = None) -> Iterator[Heard[Field[Value]]]:
        """Every telemetry that has the point."""
        start = (since or self.stimulus).place
        for heard in self.history.telemetry:
            if start < heard.place < self.end and self.point in heard.message.readings:
                yield Heard(heard.time, heard.place, heard.message.readings[self.point])

    def is_value(self, shown: Field[Value]) -> bool:
        """Whether a reading of the point is the value that the config gave it."""
        return self.history.shows(self.point, shown, self.value)

    def until(self, stimulus: Stimulus) -> Self:
        """The same, only up to there."""
        return replace(self, end=min(self.end, stimulus.place + 1), end_time=min(self.end_time, stimulus.latest))

    def watched(self, since: Stimulus) -> float:
        """Seconds that the point was surely watched from there on."""
        return self.history.watched(since, self.end_time)

    def settling(self, window: Window) -> Window:
        """The window in which it is to be applied: a longer one where the profile says that the point takes longer."""
        point = self.history.profile.points.get(self.point)
        if point is None or point.settles_in <= PROMPTLY or window.earliest or point.settles_in <= window.latest:
            return window
        return within(point.settles_in)

    def surely_since(self, heard: Heard[object]) -> bool:
        """Whether it left the device after the config had arrived: nothing older is held against the device."""
        return heard.place > self.stimulus.settled and self.history.left_after(heard.time, self.stimulus)

    def watched_too_briefly(self, since: Stimulus, window: Window) -> Exception:
        """The verdict to raise where what did not come may have come unseen."""
        brief = f"{self.point} was watched for {self.watched(since):.1f} s only, of {window.latest:g}"
        return self.unseen(brief + self.history.stalls.words(since.latest, self.end_time))

    def surely_speaks(self, report: PointReport) -> bool:
        """Whether the state left the device after the config had arrived. One that names it did, however soon."""
        is_named = self.start != self.stimulus.settled
        return is_named or self.surely_since(report.heard)

    def unseen(self, what: str) -> Exception:
        """Why there is nothing to look at: the verdict to raise."""
        self.history.went_all_the_way()
        return Undecided(what)

    def breach(self, should: str, instead: str, here: Heard[object] | None = None) -> NotObserved:
        """The verdict to raise, with its story; `here` decided it."""
        return NotObserved(self.story(should, instead, here), self.evidence_ref(here))

    def evidence_ref(self, here: Heard[object] | None = None) -> EvidenceRef:
        """The evidence of a story: this point, since the config that names it."""
        return EvidenceRef(here.place if here else None, self.stimulus.place, self.point)

    def story(self, should: str, instead: str, here: Heard[object] | None = None) -> str:
        """The story: requirement, events, and the point's reports since."""
        asked = "it was released" if self.value is None else f"it was set to {said(self.value)}"
        path = []
        for heard, what in self._path(here):
            mark = "   <- here" if here and heard.place == here.place else ""
            path.append(f"  {heard.time - self.stimulus.earliest:6.1f} s  {what}{mark}")
        return "\n".join(
            [f"{self.point} should {should}, {instead}.", f"Since {asked} it reported:", *(path or ["  nothing"])]
        )

    def _path(self, here: Heard[object] | None) -> list[tuple[Heard[object], str]]:
        """Every report that differs from the one before; and the telemetry that decided, if one did."""
        path: list[tuple[Heard[object], str]] = []
        for report in self.reports():
            word = said(report.value_state)
            at_hand = here is not None and here.place == report.heard.place
            if at_hand or not path or path[-1][1] != word:
                path.append((Heard(report.heard.time, report.heard.place, None), word))
        path += [
            (Heard(record.time, place, None), f"({record.label}: {record.name} {record.detail_text}".rstrip() + ")")
            for place, record in self.history.placed()
            if isinstance(record, Provoked) and record.subject == self.point and self.stimulus.place < place < self.end
        ]
        if here is not None and all(heard.place != here.place for heard, _ in path):
            path.append((here, f"telemetry shows {said(here.message)}"))
        return sorted(path, key=lambda entry: entry[0].place)
