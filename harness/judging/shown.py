"""Questions about telemetry: which values a point showed, and which it never did."""

from collections.abc import Iterator

from harness.judging.act import Act
from harness.judging.followed import Followed
from harness.judging.history import Heard
from harness.judging.point_report import PointReport, said
from harness.judging.verdict import CouldNotTest, NotApplicable
from harness.wire.udmi import Field, Odd, Value, ValueState


class Shown(Followed):
    """A followed point, asked for what its telemetry showed."""

    def is_shown(self, once: ValueState | None = ValueState.APPLIED, since: Act | None = None) -> None:
        """The first telemetry after the report `once`, and after `since`, carries the value, in the same JSON type."""
        first = self._first_shown(once, since)
        if not same(first.message, self.value):
            should = f"show {said(self.value)} in telemetry once it is {said(once)}"
            raise self.breach(should, f"but shows {said(first.message)}", first)

    def loses_its_value(self, since: Act) -> None:
        """Telemetry tells that the value is no longer in force after the act. Raises NotApplicable if it still is."""
        shown = list(self._shown_after(self.act, since))
        self._must_see(shown)
        if all(same(heard.message, self.value) for heard in shown):
            raise NotApplicable(f"{self.point} still shows {said(self.value)} after {since}, so nothing was undone")

    def never_shows(self, value: Value | None) -> None:
        """No telemetry carries the value as long as the point is followed. It must not have done so before."""
        self.history.went_all_the_way()
        shown = [heard for heard in self.shown() if self.surely_since(heard)]
        self._must_be_new(value)
        self._must_see(shown)
        self._deny(value, shown, "")

    def is_not_shown(self, value: Value | None, *, before: ValueState) -> None:
        """No telemetry carries the value until the point reports `before`, or more than a second ahead of it.

        States keep a second apart, so telemetry may tell the truth that much sooner.
        """
        told = next(self._reports_of(before), None)
        place, time = (told.heard.place, told.heard.time) if told else (self.end, self.end_time)
        shown = [heard for heard in self.shown() if heard.place < place and self.surely_since(heard)]
        self._must_be_new(value)
        self._must_see(shown)
        tolerated = time - _BETWEEN_STATES
        early = [heard for heard in shown if heard.time < tolerated - self.history.lateness(heard.time, time)]
        self._deny(value, early, f" before it is {said(before)}")

    def is_reported_before_it_is_shown(self) -> None:
        """The state that says applied comes before the first telemetry that shows the value."""
        report = next(self._reports_of(ValueState.APPLIED), None)
        first = next((heard for heard in self.shown() if same(heard.message, self.value)), None)
        if report is None or first is None:
            raise self.unseen(f"{self.point} was not both applied and shown")
        self.ledger.rests_on(report.heard.place, first.place)
        if first.place < report.heard.place:
            raise self.breach("be reported as applied before it is shown", "but is shown first", first)

    def no_more_shows(self, value: Value | None, *, once: ValueState | None, since: Act | None = None) -> None:
        """No telemetry carries the value any more after the point has reported `once`, since then."""
        self.history.went_all_the_way()
        report = next(self._reports_of(once, since), None)
        if report is None:
            raise self.unseen(f"{self.point} was never {said(once)}")
        shown = list(self.shown(report.act))
        self._must_see(shown)
        self._deny(value, shown, f" once it is {said(once)}")

    def _must_be_new(self, value: Value | None) -> None:
        """What a point showed already, it may go on showing."""
        before = [heard for heard in self.history.telemetry if heard.place < self.act.place]
        if before and same(before[-1].message.readings.get(self.point), value):
            raise CouldNotTest(f"{self.point} showed {said(value)} before it was written")

    def _must_see(self, shown: list[Heard[Field[Value]]]) -> None:
        """Without telemetry nothing is proven."""
        if not shown:
            raise self.unseen(f"there was no telemetry of {self.point} to look at")
        self.ledger.rests_on(*(heard.place for heard in shown))

    def _deny(self, value: Value | None, shown: list[Heard[Field[Value]]], limit: str) -> None:
        for heard in shown:
            if same(heard.message, value):
                raise self.breach(f"not show {said(value)} in telemetry{limit}", "but does", heard)

    def _first_shown(self, once: ValueState | None, since: Act | None) -> Heard[Field[Value]]:
        report = next(self._reports_of(once), None)
        first = next(self._shown_after(report.act, since), None) if report else None
        if report is None or first is None:
            raise self.unseen(f"no telemetry of {self.point} followed a report that it is {said(once)}")
        self.ledger.rests_on(report.heard.place, first.place)
        return first

    def _shown_after(self, report: Act, since: Act | None) -> Iterator[Heard[Field[Value]]]:
        """Every telemetry after the report, and surely after the act."""
        return (
            heard
            for heard in self.shown(report)
            if since is None or (heard.place > since.place and self.history.left_after(heard.time, since))
        )

    def _reports_of(self, wanted: ValueState | None, since: Act | None = None) -> Iterator[PointReport]:
        return (report for report in self.reports(since) if report.value_state == wanted)


_BETWEEN_STATES = 1  # second: UDMI 1.5, state message


def same(shown: Field[Value], value: Value | None) -> bool:
    """Equal, and of one JSON type: to JSON 21 and 21.0 are both numbers, true and 1 are not both booleans."""
    if isinstance(shown, Odd) or isinstance(shown, bool) is not isinstance(value, bool):
        return False
    return shown == value
