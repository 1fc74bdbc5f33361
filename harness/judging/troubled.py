"""Questions about error states: whether a point explains itself, for how long, and whether it stops in the end."""

from itertools import pairwise

from harness.judging.act import Act
from harness.judging.decision import decide
from harness.judging.followed import Followed
from harness.judging.point_report import PointReport
from harness.judging.verdict import CouldNotTest, NotApplicable, NotObserved
from harness.judging.window import Window
from harness.wire.udmi import ValueState

_ERRORS = (ValueState.INVALID, ValueState.FAILURE, ValueState.OVERRIDDEN)


class Troubled(Followed):
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
        self.ledger.rests_on(*(later.heard.place for later in explained))
        if lost is not None:
            lost.explains_itself()

    def clears(self, window: Window, since: Act | None = None) -> None:
        """Applied, it carries no status of an error any more, inside the window."""
        since = since or self.act
        applied = [report for report in self.reports(since) if report.value_state is ValueState.APPLIED]
        found = next((report for report in applied if report.is_clear), None)
        self.ledger.rests_on(since.place, *(report.heard.place for report in applied))
        self.ledger.awaits(window, since)
        if not applied:
            raise CouldNotTest(f"{self.point} was not applied again")
        if found is None and self.watched(since) < window.latest:
            raise self.watched_too_briefly(since, window)
        if found is None:
            story = f"{self.point} is applied again, but its status still tells of an error."
            raise NotObserved(story, self.where(applied[-1].heard))
        elapsed = self.history.elapsed(since, found.heard.time)
        story = f"The status of {self.point} should clear {window}, but did after {elapsed}."
        decide(window, elapsed, story, self.where(found.heard))
