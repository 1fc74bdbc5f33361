"""Questions about value_state: what a point became, when, and what it never became."""

from harness.judging.act import Act
from harness.judging.followed import Followed
from harness.judging.history import Heard
from harness.judging.point_report import PointReport, said
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved, Undecided
from harness.judging.window import Elapsed, Window, at
from harness.wire.udmi import Field, ValueState

_ERRORS = (ValueState.INVALID, ValueState.FAILURE, ValueState.OVERRIDDEN)


class Reported(Followed):
    """A followed point, asked for what it reported."""

    def becomes(self, wanted: ValueState | None, window: Window, since: Act | None = None) -> PointReport:
        """It reports `wanted`, for the first time inside the window, measured from `since` or else from the config.

        None: value_state is absent.
        """
        act = since or self.act
        found = next((report for report in self.reports(since) if report.value_state == wanted), None)
        should = f"become {said(wanted)} {window}" + (f" of {since}" if since else "")
        self.ledger.rests_on(act.place)
        if found is None:
            if self.watched(act) < window.latest or not self.history.states:
                raise self.unseen(f"{self.point} was watched for {self.watched(act):.1f} s only, of {window.latest:g}")
            raise NotObserved(self.story(should, "but never did"))
        elapsed = act.until(found.heard.time, self.history.allowance)
        self.ledger.measure(f"{said(wanted)} after", elapsed.most, window)
        self.ledger.rests_on(found.heard.place)
        if window.or_next_telemetry and self._telemetry_between(act, found):
            raise NotObserved(self.story(should, "but telemetry came first", found.heard))
        self._decide(window.admits(elapsed), elapsed, should, found)
        return found

    def remains(self, wanted: ValueState | None) -> None:
        """Every state that follows reports just this; and there is one."""
        self.history.went_all_the_way()
        reports = list(self.reports())
        if not reports:
            raise self.unseen(f"nothing was reported of {self.point}")
        for report in reports:
            self.ledger.rests_on(report.heard.place)
            if report.value_state != wanted:
                instead = f"but became {said(report.value_state)}"
                raise NotObserved(self.story(f"remain {said(wanted)}", instead, report.heard))

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
            if early and report.value_state != wanted:
                self.ledger.rests_on(report.heard.place)
                should = f"stay {said(wanted)}" + (f" until {until}" if until else "")
                raise NotObserved(self.story(should, f"but became {said(report.value_state)}", report.heard))
        if not self._is_heard_after(until or first.act):
            raise self.unseen(f"nothing was heard of {self.point} after {until or first.act}")

    def in_error(self, error: ValueState | None = None) -> PointReport:
        """The first report of that error state, or of any; without one there is nothing to judge."""
        errors = (error,) if error else _ERRORS
        found = next((report for report in self.reports() if report.value_state in errors), None)
        if found is None:
            raise CouldNotTest(f"{self.point} never reported {error or 'an error state'}")
        return found

    def fails_as_documented(self, *, give_or_take: float) -> None:
        """It becomes a failure when the profile says that it does."""
        documented = self.history.profile.time_to_failure
        if documented is None:
            raise NotApplicable("the profile documents no time to failure: add the line time_to_failure = SECONDS")
        self.becomes(ValueState.FAILURE, at(documented, give_or_take=give_or_take))

    @property
    def last_report(self) -> PointReport:
        """What it reported last."""
        reports = list(self.reports())
        if not reports:
            raise self.unseen(f"nothing was reported of {self.point}")
        self.ledger.rests_on(reports[-1].heard.place)
        return reports[-1]

    def outcome(self) -> Field[ValueState]:
        """The value_state that it reported last."""
        return self.last_report.value_state

    def _is_heard_after(self, act: Act) -> bool:
        heard: list[Heard[object]] = [*self.history.states, *self.history.telemetry]
        return any(act.place < one.place < self.end and one.time >= act.latest for one in heard)

    def _telemetry_between(self, act: Act, found: PointReport) -> bool:
        """Whether a telemetry that surely left after the act came before the report."""
        return any(
            act.settled < heard.place < found.heard.place and heard.time - self.history.allowance >= act.latest
            for heard in self.history.telemetry
        )

    def _decide(self, admitted: bool | None, elapsed: Elapsed, should: str, found: PointReport) -> None:  # noqa: FBT001
        if admitted is None:
            raise Undecided(f"{self.point} should {should}; it took {elapsed.least:.3f} to {elapsed.most:.3f} s")
        if not admitted:
            raise NotObserved(self.story(should, f"but after {elapsed}", found.heard))
