"""Questions about value_state: which states a point had, when, and which it never had."""

from collections.abc import Iterator

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window, at
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.judging.writes.declared_kind import OfItsKind
from harness.protocols.udmi.words.messages import Telemetry, ValueState
from harness.protocols.udmi.words.said import said


class ValueStates(OfItsKind):
    """An observed point, asked for its reports."""

    def becomes(self, wanted: ValueState | None, window: Window, since: Stimulus | None = None) -> PointReport:
        """It reports `wanted`, for the first time inside the window, measured from `since` or else from the config.

        None: value_state is absent. A point that may take longer to apply a value, by its profile, is given that long.
        """
        stimulus, window = since or self.stimulus, self.settling(window) if wanted is ValueState.APPLIED else window
        found = next((report for report in self.reports(since) if report.value_state == wanted), None)
        if window.until_next and wanted is ValueState.UPDATING and (settled := self._settled_in_time(stimulus, window)):
            return settled
        should = f"become {said(wanted)} {window}" + (f" of {since}" if since else "")
        self.evidence.rests_on(stimulus.place)
        self.evidence.awaits(window, stimulus, self._next_telemetry(stimulus) if window.until_next else None)
        if found is None:
            if self.watched(stimulus) < window.latest or not self.history.states:
                raise self.watched_too_briefly(stimulus, window)
            self.evidence.rests_on(*(report.heard.place for report in list(self.reports(since))[-1:]))
            raise self._breach_of(wanted, should, "but never did")
        elapsed = self.history.elapsed(stimulus, found.heard.time)
        self.evidence.measure(f"{said(wanted)} after", elapsed, window)
        self.evidence.rests_on(found.heard.place)
        if window.until_next and self._telemetry_between(stimulus, found):
            raise self.breach(should, "but telemetry came first", found.heard)
        story = self.story(should, f"but after {elapsed}", found.heard) + self.doubt(wanted, found)
        decide(window, elapsed, story, self.evidence_ref(found.heard))
        return found

    def remains(self, wanted: ValueState | None) -> None:
        """Every state that follows reports just this value_state. Where none follows, the last report counts."""
        self.history.went_all_the_way()
        reports = list(self.reports())
        if not reports and any(self.surely_since(heard) for heard in self.present_values()):
            reports = [report for report in list(self.reported_before())[-1:] if report.value_state == wanted]
        if not reports:
            raise self.unseen(f"nothing was reported of {self.point}")
        for report in reports:
            self.evidence.rests_on(report.heard.place)
            if report.value_state != wanted and self.surely_speaks(report):
                instead = f"but became {said(report.value_state)}"
                raise self.breach(f"remain {said(wanted)}", instead, report.heard)

    def stays(self, wanted: ValueState | None, until: Stimulus | None = None) -> None:
        """Once it has reported `wanted` it reports nothing else, up to `until` or the end, and is heard after that."""
        if until is None:
            self.history.went_all_the_way()
        reports = iter(self.reports())
        first = next((report for report in reports if report.value_state == wanted), None)
        if first is None:
            raise CouldNotTest(f"{self.point} was never {said(wanted)}")
        self.evidence.rests_on(first.heard.place)
        for report in reports:
            early = until is None or report.heard.place <= until.place
            if early and report.value_state != wanted and self.surely_speaks(report):
                self.evidence.rests_on(report.heard.place)
                should = f"stay {said(wanted)}" + (f" until {until}" if until else "")
                raise self.breach(should, f"but became {said(report.value_state)}", report.heard)
        if not self._is_heard_after(until or first.stimulus):
            raise self.unseen(f"nothing was heard of {self.point} after {until or first.stimulus}")

    def takes_its_time(self) -> None:
        """It does not settle at once: what is first reported of it is that it is updating, or nothing yet."""
        first = next(self.reports(), None)
        if first is None:
            self.history.went_all_the_way()
            return
        self.evidence.rests_on(first.heard.place)
        if first.value_state not in (None, ValueState.UPDATING):
            raise self.breach("take its time", f"but was {said(first.value_state)} at once", first.heard)

    def fails_as_documented(self, documented: float, *, give_or_take: float) -> None:
        """It becomes a failure when the profile says that it does."""
        window = at(documented, give_or_take=give_or_take)
        try:
            self.never_settles(window)
        except NotObserved as settled:
            raise CouldNotTest(str(settled)) from settled
        self.becomes(ValueState.FAILURE, window)

    @property
    def last_report(self) -> PointReport:
        """The point's last report."""
        reports = list(self.reports())
        if not reports:
            raise self.unseen(f"nothing was reported of {self.point}")
        self.evidence.rests_on(reports[-1].heard.place)
        return reports[-1]

    def ends_as(self, wanted: ValueState | None) -> None:
        """The last report has this value_state."""
        last = self.last_report
        if last.value_state != wanted:
            raise self.breach(f"end as {said(wanted)}", "but does not", last.heard)

    def _breach_of(self, wanted: ValueState | None, should: str, instead: str) -> NotObserved:
        """With what speaks for another kind of point than the profile's, or against it."""
        return NotObserved(self.story(should, instead) + self.doubt(wanted), self.evidence_ref())

    def _settled_in_time(self, stimulus: Stimulus, window: Window) -> PointReport | None:
        """The report of what came of it before either limit, if there is one: then `updating` was not owed."""
        reports = list(self.reports(stimulus if stimulus is not self.stimulus else None))
        found = next((report for report in reports if report.value_state in _SETTLED), None)
        unmet = [heard for heard in self._telemetry_between(stimulus, found) if not self._is_in(heard)] if found else []
        if found is None or unmet:
            return None
        elapsed = self.history.elapsed(stimulus, found.heard.time)
        admitted = window.admits(elapsed)
        word = said(found.value_state)
        if admitted is None and all(report.value_state is not ValueState.UPDATING for report in reports):
            reason = f"{self.point} was {word} after {elapsed}, which may have been {window}, or not"
            raise Undecided(reason, self.evidence_ref(found.heard))
        if not admitted:
            return None
        self.evidence.measure(f"{word} after", elapsed, window)
        self.evidence.awaits(window, stimulus, self._next_telemetry(stimulus))
        self.evidence.rests_on(stimulus.place, found.heard.place)
        return found

    def _is_heard_after(self, stimulus: Stimulus) -> bool:
        heard: list[Heard[object]] = [*self.history.states, *self.history.telemetry]
        return any(stimulus.place < one.place < self.end and one.time >= stimulus.latest for one in heard)

    def _is_in(self, heard: Heard[Telemetry]) -> bool:
        """Whether the telemetry shows the value: then the write had settled, though no state had said so yet."""
        return self.is_value(heard.message.readings.get(self.point))

    def _telemetry_between(self, stimulus: Stimulus, found: PointReport) -> list[Heard[Telemetry]]:
        """Telemetry that surely left after the stimulus and came before the report."""
        return [heard for heard in self._telemetry_since(stimulus) if heard.place < found.heard.place]

    def _next_telemetry(self, stimulus: Stimulus) -> float | None:
        """When it came, if it did."""
        return next((heard.time for heard in self._telemetry_since(stimulus)), None)

    def _telemetry_since(self, stimulus: Stimulus) -> Iterator[Heard[Telemetry]]:
        """Telemetry that surely left after the stimulus. Partial telemetry without this point does not count.

        Where the spec has no word for that, whatever comes without the point may be a part.
        """
        says_so = self.history.codec.layout.partial is not None
        for heard in self.history.telemetry:
            whole = (says_so and heard.message.partial is not True) or self.point in heard.message.readings
            left = heard.time - self.history.lateness(stimulus.latest, heard.time)
            if whole and stimulus.settled < heard.place and left > stimulus.latest:
                yield heard


_SETTLED = (ValueState.APPLIED, ValueState.OVERRIDDEN, ValueState.INVALID, ValueState.FAILURE)
