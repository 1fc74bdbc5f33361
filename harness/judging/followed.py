"""One point, followed from the config that spoke of it to the next that did, or to the end of the episode."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from harness.judging.act import Act
from harness.judging.history import Heard, History
from harness.judging.ledger import Ledger
from harness.judging.point_report import PointReport, said
from harness.judging.verdict import NotObserved, Undecided
from harness.judging.where import Where
from harness.judging.window import Window
from harness.record import Provoked
from harness.wire.udmi import Field, Value


@dataclass(frozen=True)
class Followed:
    """What the device said and showed of the point meanwhile. `value` None: the config released the point.

    States speak of the config from place `start` on; what came before was on its way already.
    """

    history: History
    ledger: Ledger
    act: Act
    point: str
    value: Value | None
    start: int
    end: int
    end_time: float

    def reports(self, since: Act | None = None) -> Iterator[PointReport]:
        """Every state that has a pointset; a point that it does not list has no value_state."""
        start = max(self.start, since.place + 1) if since else self.start
        for heard in self.history.states:
            if start <= heard.place < self.end and heard.message.pointset:
                state = heard.message.point(self.point)
                yield PointReport(
                    self.point, Heard(heard.time, heard.place, state), self.ledger, self.history.allowance
                )

    def reported_before(self) -> Iterator[PointReport]:
        """Every state that came before the config left."""
        before = replace(self, start=self.history.first, end=self.act.place)
        return before.reports()

    def shown(self, since: Act | None = None) -> Iterator[Heard[Field[Value]]]:
        """Every telemetry that has the point."""
        start = (since or self.act).place
        for heard in self.history.telemetry:
            if start < heard.place < self.end and self.point in heard.message.readings:
                yield Heard(heard.time, heard.place, heard.message.readings[self.point])

    def until(self, act: Act) -> Self:
        """The same, only up to there."""
        return replace(self, end=min(self.end, act.place + 1), end_time=min(self.end_time, act.latest))

    def watched(self, since: Act) -> float:
        """Seconds that the point was surely watched from there on."""
        return self.history.watched(since, self.end_time)

    def surely_since(self, heard: Heard[object]) -> bool:
        """Whether it left the device after the config had arrived: nothing older is held against the device."""
        return heard.place > self.act.settled and self.history.left_after(heard.time, self.act)

    def watched_too_briefly(self, since: Act, window: Window) -> Exception:
        """The verdict to raise where what did not come may have come unseen."""
        brief = f"{self.point} was watched for {self.watched(since):.1f} s only, of {window.latest:g}"
        return self.unseen(brief + self.history.stalls.words(since.latest, self.end_time))

    def surely_speaks(self, report: PointReport) -> bool:
        """Whether the state left the device after the config had arrived. One that names it did, however soon."""
        is_named = self.start != self.act.settled
        return is_named or self.surely_since(report.heard)

    def unseen(self, what: str) -> Exception:
        """Why there is nothing to look at: the verdict to raise."""
        self.history.went_all_the_way()
        return Undecided(what)

    def breach(self, should: str, instead: str, here: Heard[object] | None = None) -> NotObserved:
        """The verdict to raise, with its story; `here` decided it."""
        return NotObserved(self.story(should, instead, here), self.where(here))

    def where(self, here: Heard[object] | None = None) -> Where:
        """What the story is about: this point, since the config that spoke of it."""
        return Where(here.place if here else None, self.act.place, self.point)

    def story(self, should: str, instead: str, here: Heard[object] | None = None) -> str:
        """What was required, what happened, and what the point reported since."""
        asked = "it was released" if self.value is None else f"it was set to {said(self.value)}"
        path = []
        for heard, what in self._path(here):
            mark = "   <- here" if here and heard.place == here.place else ""
            path.append(f"  {heard.time - self.act.earliest:6.1f} s  {what}{mark}")
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
            (Heard(record.time, place, None), f"({record.label}: {record.what} {record.detail}".rstrip() + ")")
            for place, record in self.history.placed()
            if isinstance(record, Provoked) and record.point == self.point and self.act.place < place < self.end
        ]
        if here is not None and all(heard.place != here.place for heard, _ in path):
            path.append((here, f"telemetry shows {said(here.message)}"))
        return sorted(path, key=lambda entry: entry[0].place)
