"""Questions about value_state: what a point became, when, and what it never became."""

from collections.abc import Iterator

from harness.judging.act import Act
from harness.judging.decision import decide
from harness.judging.followed import Followed
from harness.judging.history import Heard
from harness.judging.point_report import PointReport, said
from harness.judging.shown import same
from harness.judging.verdict import CouldNotTest, Undecided, Undocumented
from harness.judging.window import Window, at
from harness.wire.udmi import Telemetry, ValueState


class Reported(Followed):
    """A followed point, asked for what it reported."""

    def becomes(self, wanted: ValueState | None, window: Window, since: Act | None = None) -> PointReport:
        """It reports `wanted`, for the first time inside the window, measured from `since` or else from the config.

        None: value_state is absent.
        """
        act = since or self.act
        found = next((report for report in self.reports(since) if report.value_state == wanted), None)
        if (
            window.or_next_telemetry
            and wanted is ValueState.UPDATING
            and (settled := self._settled_in_time(act, window))
        ):
            return settled
        should = f"become {said(wanted)} {window}" + (f" of {since}" if since else "")
        self.ledger.rests_on(act.place)
        self.ledger.awaits(window, act, self._next_telemetry(act) if window.or_next_telemetry else None)
        if found is None:
            if self.watched(act) < window.latest or not self.history.states:
                raise self.watched_too_briefly(act, window)
            self.ledger.rests_on(*(report.heard.place for report in list(self.reports(since))[-1:]))
            raise self.breach(should, "but never did")
        elapsed = self.history.elapsed(act, found.heard.time)
        self.ledger.measure(f"{said(wanted)} after", elapsed, window)
        self.ledger.rests_on(found.heard.place)
        if window.or_next_telemetry and self._telemetry_between(act, found):
            raise self.breach(should, "but telemetry came first", found.heard)
        story = self.story(should, f"but after {elapsed}", found.heard)
        decide(window, elapsed, story, self.where(found.heard))
        return found

    def remains(self, wanted: ValueState | None) -> None:
        """Every state that follows reports just this. Where none does, what was said last still stands."""
        self.history.went_all_the_way()
        reports = list(self.reports())
        if not reports and any(self.surely_since(heard) for heard in self.shown()):
            reports = [report for report in list(self.reported_before())[-1:] if report.value_state == wanted]
        if not reports:
            raise self.unseen(f"nothing was reported of {self.point}")
        for report in reports:
            self.ledger.rests_on(report.heard.place)
            if report.value_state != wanted and self.surely_speaks(report):
                instead = f"but became {said(report.value_state)}"
                raise self.breach(f"remain {said(wanted)}", instead, report.heard)

    def stays(self, wanted: ValueState | None, until: Act | None = None) -> None:
        """Once it has reported `wanted` it reports nothing else, up to `until` or the end, and is heard after that."""
        if until is None:
            self.history.went_all_the_way()
        reports = iter(self.reports())
        first = next((report for report in reports if report.value_state == wanted), None)
        if first is None:
            raise CouldNotTest(f"{self.point} was never {said(wanted)}")
        self.ledger.rests_on(first.heard.place)
        for report in reports:
            early = until is None or report.heard.place <= until.place
            if early and report.value_state != wanted and self.surely_speaks(report):
                self.ledger.rests_on(report.heard.place)
                should = f"stay {said(wanted)}" + (f" until {until}" if until else "")
                raise self.breach(should, f"but became {said(report.value_state)}", report.heard)
        if not self._is_heard_after(until or first.act):
            raise self.unseen(f"nothing was heard of {self.point} after {until or first.act}")

    def takes_its_time(self) -> None:
        """It does not settle at once: what is first reported of it is that it is updating, or nothing yet."""
        first = next(self.reports(), None)
        if first is None:
            self.history.went_all_the_way()
            return
        self.ledger.rests_on(first.heard.place)
        if first.value_state not in (None, ValueState.UPDATING):
            raise self.breach("take its time", f"but was {said(first.value_state)} at once", first.heard)

    def fails_as_documented(self, *, give_or_take: float) -> None:
        """It becomes a failure when the profile says that it does."""
        documented = self.history.profile.time_to_failure
        if documented is None:
            raise Undocumented("the profile documents no time to failure: add the line time_to_failure = SECONDS")
        self.becomes(ValueState.FAILURE, at(documented, give_or_take=give_or_take))

    @property
    def last_report(self) -> PointReport:
        """What it reported last."""
        reports = list(self.reports())
        if not reports:
            raise self.unseen(f"nothing was reported of {self.point}")
        self.ledger.rests_on(reports[-1].heard.place)
        return reports[-1]

    def ends_as(self, wanted: ValueState | None) -> None:
        """What it reports last is this."""
        last = self.last_report
        if last.value_state != wanted:
            raise self.breach(f"end as {said(wanted)}", "but does not", last.heard)

    def _settled_in_time(self, act: Act, window: Window) -> PointReport | None:
        """The report that it was applied before either limit, if there is one: then `updating` was not owed."""
        reports = list(self.reports(act if act is not self.act else None))
        found = next((report for report in reports if report.value_state is ValueState.APPLIED), None)
        unmet = [heard for heard in self._telemetry_between(act, found) if not self._is_in(heard)] if found else []
        if found is None or unmet:
            return None
        elapsed = self.history.elapsed(act, found.heard.time)
        admitted = window.admits(elapsed)
        if admitted is None and all(report.value_state is not ValueState.UPDATING for report in reports):
            reason = f"{self.point} was applied after {elapsed}, which may have been {window}, or not"
            raise Undecided(reason, self.where(found.heard))
        if not admitted:
            return None
        self.ledger.measure("applied after", elapsed, window)
        self.ledger.awaits(window, act, self._next_telemetry(act))
        self.ledger.rests_on(act.place, found.heard.place)
        return found

    def _is_heard_after(self, act: Act) -> bool:
        heard: list[Heard[object]] = [*self.history.states, *self.history.telemetry]
        return any(act.place < one.place < self.end and one.time >= act.latest for one in heard)

    def _is_in(self, heard: Heard[Telemetry]) -> bool:
        """Whether the telemetry shows the value: then the write had settled, though no state had said so yet."""
        return same(heard.message.readings.get(self.point), self.value)

    def _telemetry_between(self, act: Act, found: PointReport) -> list[Heard[Telemetry]]:
        """What surely left after the act and came before the report."""
        return [heard for heard in self._telemetry_since(act) if heard.place < found.heard.place]

    def _next_telemetry(self, act: Act) -> float | None:
        """When it came, if it did."""
        return next((heard.time for heard in self._telemetry_since(act)), None)

    def _telemetry_since(self, act: Act) -> Iterator[Heard[Telemetry]]:
        """What surely left after the act; a part of the points, without this one, is not the next telemetry.

        Where the spec has no word for that, whatever comes without the point may be a part.
        """
        says_so = self.history.codec.dialect.partial is not None
        for heard in self.history.telemetry:
            whole = (says_so and heard.message.partial is not True) or self.point in heard.message.readings
            left = heard.time - self.history.lateness(act.latest, heard.time)
            if whole and act.settled < heard.place and left > act.latest:
                yield heard
