"""A point against the kind that its profile declares. Where they differ, the line is wrong, or the device."""

from collections.abc import Mapping, Sequence

from harness.judging.timing.window import Window
from harness.judging.verdicts.verdict import NotObserved
from harness.payload.same import same
from harness.payload.values import Field, Value
from harness.protocols.udmi.judging.heard import Heard
from harness.protocols.udmi.judging.point_report import PointReport
from harness.protocols.udmi.judging.writes.observed_point import ObservedPoint
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.words.messages import ValueState
from harness.protocols.udmi.words.said import said
from harness.record.kinds import Provoked

_REFUSING: Mapping[PointKind, ValueState] = {
    PointKind.READ_ONLY: ValueState.INVALID,
    PointKind.OVERRIDDEN: ValueState.OVERRIDDEN,
    PointKind.FAULTY: ValueState.FAILURE,
    PointKind.STUCK: ValueState.FAILURE,
}
_OTHERWISE: Mapping[ValueState, str] = {
    ValueState.INVALID: "read_only",
    ValueState.OVERRIDDEN: "overridden",
    ValueState.FAILURE: "faulty",
    ValueState.UPDATING: "stuck",
}
_AT_ONCE = 5.0  # seconds: a failure that comes sooner did not come of trying


class OfItsKind(ObservedPoint):
    """A followed point, asked whether it behaves as its profile says that it does."""

    def never_settles(self, window: Window) -> None:
        """It is not applied inside the window, unless it has failed before, or telemetry does not bear it out.

        A point that is applied, and shows the value, has settled: the profile is wrong about its kind.
        """
        applied = self._applied_by_itself()
        if applied is None or not self._bears_it_out(applied):
            return
        elapsed = self.history.elapsed(self.stimulus, applied.heard.time)
        if elapsed.least <= window.latest:
            settled = f"{self.point} was applied after {elapsed}, and telemetry shows {said(self.value)}"
            line = f'its kind is another than "{self._kind}", so correct that line of the profile'
            raise NotObserved(f"{settled}: {line}", self.evidence_ref(applied.heard))

    def doubt(self, wanted: ValueState | None, found: PointReport | None = None) -> str:
        """Signs for or against another kind, where the point did not become what its kind promises."""
        point = self.history.profile.points.get(self.point)
        if point is None or wanted is None:
            return ""
        if _REFUSING.get(point.kind) is wanted:
            return self._doubt_that_it_refuses(point.kind, found)
        is_good = any(same(value, self.value) for value in point.good)
        if point.kind not in (PointKind.WRITABLE, PointKind.SLOW) or wanted is not ValueState.APPLIED or not is_good:
            return ""
        last = next(reversed([report.value_state for report in self.reports()]), None)
        other = _OTHERWISE.get(last) if isinstance(last, ValueState) else None
        if other is None or self._was_ever_applied():
            return ""
        return f'\nThe profile says kind = "{point.kind}". If the point is {other}, correct that line.'

    def _doubt_that_it_refuses(self, kind: PointKind, found: PointReport | None) -> str:
        declared = f'\nThe profile says kind = "{kind}". '
        applied = self._applied_by_itself()
        if applied is not None and self._bears_it_out(applied):
            shows = f"Telemetry shows {said(self.value)} too"
            return f"{declared}{shows}: if the point can be written after all, correct that line."
        if applied is not None:
            return f"{declared}Telemetry does not show {said(self.value)}, so nothing speaks for another kind."
        if kind is PointKind.STUCK and found and self.history.elapsed(self.stimulus, found.heard.time).most < _AT_ONCE:
            return f'{declared}A point that fails at once is "faulty": is it one?'
        return ""

    @property
    def _kind(self) -> PointKind | None:
        point = self.history.profile.points.get(self.point)
        return point.kind if point else None

    def _applied_by_itself(self) -> PointReport | None:
        """The report that it was applied, if that came before anything was done about it, and before it failed."""
        ending = (ValueState.APPLIED, ValueState.FAILURE)
        ended = next((report for report in self.reports() if report.value_state in ending), None)
        in_time = ended is not None and ended.heard.place < self._touched
        return ended if ended and in_time and ended.value_state is ValueState.APPLIED else None

    def _bears_it_out(self, applied: PointReport) -> bool:
        """Whether the last that telemetry shows of the point, from the report on, is the value."""
        shown = [heard for heard in self._readings() if heard.place > applied.heard.place]
        return bool(shown) and self.is_value(shown[-1].message)

    def _readings(self) -> Sequence[Heard[Field[Value]]]:
        return [
            Heard(heard.time, heard.place, heard.message.readings[self.point])
            for heard in self.history.telemetry
            if self.stimulus.place < heard.place < min(self.end, self._touched) and self.point in heard.message.readings
        ]

    def _was_ever_applied(self) -> bool:
        return any(heard.message.point(self.point).value_state is ValueState.APPLIED for heard in self.history.states)

    @property
    def _touched(self) -> int:
        """The place where something was done to the point on the device itself, or the end."""
        done = (
            place
            for place, record in self.history.placed()
            if place > self.stimulus.place and isinstance(record, Provoked) and record.subject == self.point
        )
        return next(done, self.history.end)
