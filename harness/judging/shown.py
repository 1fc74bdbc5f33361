"""Questions about telemetry: which values a point showed, and which it never did."""

from collections.abc import Iterator

from harness.judging.act import Act
from harness.judging.followed import Followed
from harness.judging.history import Heard
from harness.judging.point_report import PointReport, said
from harness.judging.verdict import CouldNotTest
from harness.wire.udmi import Field, Odd, Value, ValueState


class Shown(Followed):
    """A followed point, asked for what its telemetry showed."""

    def is_shown(self, once: ValueState | None = ValueState.APPLIED, since: Act | None = None) -> None:
        """The first telemetry after the report `once`, and after `since`, carries the value, in the same JSON type."""
        first = self._first_shown(once, since)
        if not same(first.message, self.value):
            should = f"show {said(self.value)} in telemetry once it is {said(once)}"
            raise self.breach(should, f"but shows {said(first.message)}", first)

    def never_shows(self, value: Value | None) -> None:
        """No telemetry carries the value as long as the point is followed. It must not have done so before."""
        self.history.went_all_the_way()
        self._does_not_show(value, [heard for heard in self.shown() if self.surely_since(heard)], "")

    def does_not_show(self, value: Value | None, *, before: ValueState) -> None:
        """No telemetry carries the value until the point reports `before`."""
        reached = next((report.heard.place for report in self._reports_of(before)), self.end)
        shown = [heard for heard in self.shown() if heard.place < reached and self.surely_since(heard)]
        self._does_not_show(value, shown, f" before it is {said(before)}")

    def no_more_shows(self, value: Value | None, *, once: ValueState | None, since: Act | None = None) -> None:
        """No telemetry carries the value any more after the point has reported `once`, since then."""
        self.history.went_all_the_way()
        report = next(self._reports_of(once, since), None)
        if report is None:
            raise self.unseen(f"{self.point} was never {said(once)}")
        shown = list(self.shown(report.act))
        self._deny(value, shown, f" once it is {said(once)}")

    def _does_not_show(self, value: Value | None, shown: list[Heard[Field[Value]]], limit: str) -> None:
        before = [heard for heard in self.history.telemetry if heard.place < self.act.place]
        if before and same(before[-1].message.readings.get(self.point), value):
            raise CouldNotTest(f"{self.point} showed {said(value)} before it was written")
        self._deny(value, shown, limit)

    def _deny(self, value: Value | None, shown: list[Heard[Field[Value]]], limit: str) -> None:
        if not shown:
            raise self.unseen(f"there was no telemetry of {self.point} to look at")
        self.ledger.rests_on(*(heard.place for heard in shown))
        for heard in shown:
            if same(heard.message, value):
                raise self.breach(f"not show {said(value)} in telemetry{limit}", "but does", heard)

    def _first_shown(self, once: ValueState | None, since: Act | None) -> Heard[Field[Value]]:
        report = next(self._reports_of(once), None)
        later = max(report.act, since or report.act, key=lambda act: act.place) if report else None
        first = next(self.shown(later), None) if later else None
        if report is None or first is None:
            raise self.unseen(f"no telemetry of {self.point} followed a report that it is {said(once)}")
        self.ledger.rests_on(report.heard.place, first.place)
        return first

    def _reports_of(self, wanted: ValueState | None, since: Act | None = None) -> Iterator[PointReport]:
        return (report for report in self.reports(since) if report.value_state == wanted)


def same(shown: Field[Value], value: Value | None) -> bool:
    """Equal, and of one JSON type: to JSON 21 and 21.0 are both numbers, true and 1 are not both booleans."""
    if isinstance(shown, Odd) or isinstance(shown, bool) is not isinstance(value, bool):
        return False
    return shown == value
