"""Questions about telemetry: which values a point showed, and which it never did."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Self

from harness.judging.timing.stimulus import Stimulus
from harness.judging.verdicts.verdict import Unprovided
from harness.payload.same import same
from harness.payload.single_precision import is_single
from harness.payload.values import Field, Value
from harness.protocols.udmi.judging.decoded import DECODED
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.judging.writes.observed_point import ObservedPoint
from harness.protocols.udmi.profile_values import advice
from harness.protocols.udmi.words.messages import Config, ValueState
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Found, Provoked, Received, Record, Sent
from harness.record.left_out import NotApplicable


class PresentValues(ObservedPoint):
    """A followed point, asked for what its telemetry showed."""

    def is_shown(self, once: ValueState | None = ValueState.APPLIED, since: Stimulus | None = None) -> None:
        """The first telemetry after the report `once`, and after `since`, carries the value, in the same JSON type."""
        first = self._first_shown(once, since)
        if not self.is_value(first.message):
            should = f"show {said(self.value)} in telemetry once it is {said(once)}"
            raise self.breach(should, f"but shows {said(first.message)}{self._precision(first.message)}", first)

    def loses_its_value(self, since: Stimulus) -> None:
        """Telemetry shows that the value is no longer in force. Raises NotApplicable if it still is."""
        shown = list(self._shown_after(self.stimulus, since))
        self._must_see(shown)
        if all(self.is_value(heard.message) for heard in shown):
            raise NotApplicable(f"{self.point} still shows {said(self.value)} after {since}, so nothing was undone")

    def never_shows(self, value: Value | None) -> None:
        """No telemetry carries the value as long as the point is followed. It must not have done so before."""
        shown = [heard for heard in self.present_values() if self.surely_since(heard)]
        if self.known_before(value) is None:  # what came is broken, however the scenario ended
            self._deny(value, shown, "")
        self.history.went_all_the_way()
        self._must_be_new(value)
        self._must_see(shown)

    def is_sampled_closer_than_it_followed(self, older: Self) -> None:
        """Telemetry follows the report that it is applied no later than it followed the older write. Else: Undecided.

        A device that does each write late, and the older one too, says so once the older is done, and shows that for as
        long as the two are apart.
        """
        first = self._first_shown(ValueState.APPLIED, None)
        report = next(self._reports_of(ValueState.APPLIED))
        pause, apart = first.time - report.heard.time, self.stimulus.earliest - older.stimulus.latest
        if pause > apart:
            seconds = f"telemetry paused for {pause:.1f} s, and it was written {apart:.1f} s after {said(older.value)}"
            raise self.unseen(f"{self.point} may have shown {said(older.value)} unseen: {seconds}")

    def is_not_shown(self, value: Value | None, *, before: ValueState, ahead: float) -> None:
        """No telemetry carries the value until the point reports `before`, or more than `ahead` seconds before that.

        States keep a second apart, so telemetry may tell the truth that much sooner.
        """
        told = next(self._reports_of(before), None)
        place, time = (told.heard.place, told.heard.time) if told else (self.end, self.end_time)
        shown = [heard for heard in self.present_values() if heard.place < place and self.surely_since(heard)]
        self._must_be_new(value)
        self._must_see(shown)
        tolerated = time - ahead
        early = [heard for heard in shown if heard.time < tolerated - self.history.lateness(heard.time, time)]
        self._deny(value, early, f" before it is {said(before)}")

    def is_reported_before_it_is_shown(self) -> None:
        """The state that says applied comes before the first telemetry that shows the value."""
        report = next(self._reports_of(ValueState.APPLIED), None)
        first = next((heard for heard in self.present_values() if self.is_value(heard.message)), None)
        if report is None or first is None:
            raise self.unseen(f"{self.point} was not both applied and shown")
        self.evidence.rests_on(report.heard.place, first.place)
        if first.place < report.heard.place:
            raise self.breach("be reported as applied before it is shown", "but is shown first", first)

    def no_more_shows(self, value: Value | None, *, once: ValueState | None, since: Stimulus | None = None) -> None:
        """No telemetry carries the value any more after the point has reported `once`, since then."""
        self.history.went_all_the_way()
        report = next(self._reports_of(once, since), None)
        if report is None:
            raise self.unseen(f"{self.point} was never {said(once)}")
        shown = list(self.present_values(report.stimulus))
        self._must_see(shown)
        self._deny(value, shown, f" once it is {said(once)}")

    def known_before(self, value: Value | None) -> str | None:
        """How it is known that the point may show the value without this write; None where it is not.

        It showed it last; or it did at any time of the run before anybody had written that to it, or moved it there.
        Somebody else had written what the config wants that lay there at first.
        """
        before = [heard for heard in self.history.telemetry if heard.place < self.stimulus.place]
        shown = [heard.message.readings[self.point] for heard in before if self.point in heard.message.readings]
        if shown and self.history.shows(self.point, shown[-1], value):
            return f"{self.point} showed {said(value)} before it was written"
        if self._shows_by_itself(value):
            return f"{self.point} shows {said(value)} by itself: it did before anybody had written that"
        return None

    def _shows_by_itself(self, value: Value | None) -> bool:
        records = self.history.records_before(self.stimulus.place)
        before = takewhile(lambda record: not self._brings(record, value), records)
        decode, topic, heard = self.history.codec.decode_telemetry, self.history.topics.telemetry, list[Received]()
        for record in before:
            if isinstance(record, Received) and record.topic == topic and not record.retain:
                heard.append(record)
        readings = (DECODED.of(record, decode).readings.get(self.point) for record in heard)
        return any(self.history.shows(self.point, reading, value) for reading in readings)

    def _brings(self, record: Record, value: Value | None) -> bool:
        """Whether anybody writes the value with it, or moves the point there."""
        match record:
            case Found():
                return same(_set_value(self.history.codec.decode_config(record.payload), self.point), value)
            case Sent():
                return same(_set_value(DECODED.of(record, self.history.codec.decode_config), self.point), value)
            case Provoked(subject=self.point):
                return _is_moved_to(record, value)
            case _:
                return False

    def _precision(self, shown: Field[Value]) -> str:
        """Advice on a number that has only lost its last digits; without a tolerance it is another number."""
        if not is_single(shown, self.value) or not isinstance(self.value, int | float):
            return ""
        return f", which is {said(self.value)} in single precision; {advice(self.point, self.value)}"

    def _must_be_new(self, value: Value | None) -> None:
        """Raises Unprovided for a value that the point showed before, or shows by itself: it may go on with it."""
        known = self.known_before(value)
        if known is not None:
            raise Unprovided(known)

    def _must_see(self, shown: list[Heard[Field[Value]]]) -> None:
        """Without telemetry nothing is proven."""
        if not shown:
            raise self.unseen(f"there was no telemetry of {self.point} to look at")
        self.evidence.rests_on(*(heard.place for heard in shown))

    def _deny(self, value: Value | None, shown: list[Heard[Field[Value]]], limit: str) -> None:
        for heard in shown:
            if self.history.shows(self.point, heard.message, value):
                raise self.breach(f"not show {said(value)} in telemetry{limit}", "but does", heard)

    def _first_shown(self, once: ValueState | None, since: Stimulus | None) -> Heard[Field[Value]]:
        report = next(self._reports_of(once), None)
        first = next(self._shown_after(report.stimulus, since), None) if report else None
        if report is None or first is None:
            raise self.unseen(f"no telemetry of {self.point} followed a report that it is {said(once)}")
        self.evidence.rests_on(report.heard.place, first.place)
        return first

    def _shown_after(self, report: Stimulus, since: Stimulus | None) -> Iterator[Heard[Field[Value]]]:
        """Every telemetry after the report, and surely after the stimulus."""
        return (
            heard
            for heard in self.present_values(report)
            if since is None or (heard.place > since.place and self.history.left_after(heard.time, since))
        )

    def _reports_of(self, wanted: ValueState | None, since: Stimulus | None = None) -> Iterator[PointReport]:
        return (report for report in self.reports(since) if report.value_state == wanted)


def _set_value(config: Config, point: str) -> Field[Value]:
    points = (config.pointset.points if config.pointset else None) or {}
    return points[point].set_value if point in points else None


def _is_moved_to(record: Provoked, value: Value | None) -> bool:
    moved = record.detail
    return record.name == "move" and isinstance(moved, Value) and same(moved, value)
