"""Questions about error states: whether a point explains itself, for how long, and whether it stops in the end."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.judging.timing.stimulus import Stimulus
from harness.judging.timing.window import Window
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.judging.writes.observed_point import ObservedPoint
from harness.protocols.udmi.words.messages import Status, ValueState
from harness.protocols.udmi.words.said import said
from harness.protocols.udmi.words.status_levels import StatusLevel, is_error
from harness.record.left_out import NotApplicable

_ERRORS = (ValueState.INVALID, ValueState.FAILURE, ValueState.OVERRIDDEN)


class ErrorStates(ObservedPoint):
    """A followed point, asked for what it said while something was wrong."""

    def in_error(self, error: ValueState | None = None) -> PointReport:
        """The first report of that error state, or of any; without one there is nothing to judge."""
        errors = (error,) if error else _ERRORS
        found = next((report for report in self.reports() if report.value_state in errors), None)
        if found is None:
            raise CouldNotTest(f"{self.point} never reported {error or 'an error state'}")
        return found

    def refusal(self) -> PointReport:
        """The first report that it is invalid. Whether it should be is another clause's question."""
        reports = list(self.reports())
        if not reports:
            raise self.unseen(f"nothing was reported of {self.point}")
        found = next((report for report in reports if report.value_state is ValueState.INVALID), None)
        if found is None:
            raise NotApplicable(f"{self.point} was not refused, so it owes no explanation")
        return found

    def keeps_explaining_itself(self) -> None:
        """Of two reports in a row of one error state, the later carries a status if the earlier does."""
        pairs = [(one, two) for one, two in pairwise(self.reports()) if one.value_state == two.value_state in _ERRORS]
        explained = [two for one, two in pairs if one.heard.message.status is not None]
        if not explained and self.in_error():
            self.history.went_all_the_way()
            raise NotApplicable(f"{self.point} had no occasion to report its error state a second time, and why")
        lost = next((later for later in explained if later.heard.message.status is None), None)
        self.evidence.rests_on(*(later.heard.place for later in explained))
        if lost is not None:
            lost.explains_itself()

    def is_no_error(self, *, from_level: StatusLevel) -> None:
        """Applied, it carries no status of that level or a graver one, but for a condition that stood before."""
        for report, status in self._new_while_applied():
            if is_error(status, least=from_level):
                should = f"carry no status of level {from_level:d} or more once it is applied"
                found = f"but has {said(status.category)} of level {said(status.level)}"
                raise self.breach(should, found, report.heard)

    def has_no_category_of(self, errors: Sequence[str]) -> None:
        """Applied, it carries no status of any of these categories, but for one that stood before."""
        for report, status in self._new_while_applied():
            if status.category in errors:
                should = "carry no status of an error once it is applied"
                raise self.breach(should, f"but has {said(status.category)}", report.heard)

    def clears(self, window: Window, since: Stimulus | None = None) -> None:
        """Applied, it carries no status of an error any more, inside the window."""
        since, window = since or self.stimulus, self.settling(window)
        applied = [report for report in self.reports(since) if report.value_state is ValueState.APPLIED]
        found = next((report for report in applied if report.is_clear), None)
        self.evidence.rests_on(since.place, *(report.heard.place for report in applied))
        self.evidence.awaits(window, since)
        if not applied:
            raise CouldNotTest(f"{self.point} was not applied again")
        if found is None and self.watched(since) < window.latest:
            raise self.watched_too_briefly(since, window)
        if found is None:
            story = f"{self.point} is applied again, but its status still tells of an error."
            raise NotObserved(story, self.evidence_ref(applied[-1].heard))
        elapsed = self.history.elapsed(since, found.heard.time)
        story = f"The status of {self.point} should clear {window}, but did after {elapsed}."
        decide(window, elapsed, story, self.evidence_ref(found.heard))

    def _new_while_applied(self) -> Iterator[tuple[PointReport, Status]]:
        """Every report that it is applied and has a status of another category than what it had before the write."""
        applied = [report for report in self.reports() if report.value_state is ValueState.APPLIED]
        if not applied:
            raise CouldNotTest(f"{self.point} was never applied")
        self.evidence.rests_on(*(report.heard.place for report in applied))
        stood = [report.heard.message.status for report in self.reported_before()][-1:]
        known = [status.category for status in stood if isinstance(status, Status)]
        for report in applied:
            status = report.heard.message.status
            if isinstance(status, Status) and status.category not in known:
                yield report, status
