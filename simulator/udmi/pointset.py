"""A device's points together: the effect of a config, the effect of time, and the report of all points."""

from collections.abc import Iterable, Mapping, Sequence

from harness.payload.values import Value
from harness.protocols.udmi.words.device_events import DeviceEvent
from harness.protocols.udmi.words.messages import PointConfig, PointState, ValueState
from simulator.udmi.deadlines import NEVER, Deadlines
from simulator.udmi.declared.points import SimulatedPoint
from simulator.udmi.live_point import LivePoint
from simulator.udmi.rules import Rules
from simulator.udmi.rules.reported_points import ReportedPoints
from simulator.udmi.write_progress import Cause, ProgressStep, StateReason

_UNKNOWN = ProgressStep(0, ValueState.INVALID, StateReason(Cause.UNKNOWN_POINT, "is not known here"))


class Pointset:
    """All points of a device. Their report is kept, and brought up to date point by point as they change."""

    def __init__(self, points: Iterable[SimulatedPoint], rules: Rules) -> None:
        self._rules = rules
        self.points: Mapping[str, LivePoint] = {point.name: LivePoint(point, rules) for point in points}
        self._own = tuple(self.points)
        self._members = ReportedPoints(self._own)
        self._power_on()

    def _power_on(self) -> None:
        self._steps = Deadlines[str]()  # of the points that time alone will change
        self._unknown: Mapping[str, PointState] = {}
        self._report(ReportedPoints(self._own))

    @property
    def unknown(self) -> Sequence[str]:
        """The points that a config lists and the device does not have."""
        return self._members.unknown

    @property
    def states(self) -> Mapping[str, PointState]:
        """The report of every reported point, as it is now."""
        return {**self._states, **self._unknown}

    def readings(self) -> Mapping[str, Value]:
        """The value of every reported point."""
        return {name: self.points[name].reading() for name in self._members.reported}

    @property
    def is_updating(self) -> bool:
        """Whether a write is under way that time alone will take on."""
        return any(self.points[name].value_state is ValueState.UPDATING for name in self._steps.names)

    @property
    def next(self) -> float:
        """When time alone will change a point; Unix seconds."""
        return self._steps.first

    def etag(self, states_said: int) -> str:
        """The etag of the pointset as it is now, whether reported or not."""
        return self._rules.states.etag(self._fingerprints, states_said)

    def start_anew(self, now: float) -> None:
        """The power is back: every point forgets its write."""
        for live in self.points.values():
            live.forget(now)
        self._power_on()

    def report(self, listed: Mapping[str, PointConfig] | None, now: float) -> None:
        """The config decides which points are reported; a listed point that the device lacks is reported as invalid."""
        before, members = self._members, self._rules.points.members(listed, self._own, self._members)
        self._unknown = {
            name: self._unknown.get(name) or PointState(status=self._rules.states.explained(name, _UNKNOWN, now))
            for name in members.unknown
        }
        if members.reported != before.reported:
            self._report(members)
        else:
            self._members = members

    def take_in(
        self, listed: Mapping[str, PointConfig], now: float, telemetry_in: float, refused: StateReason | None
    ) -> bool:
        """Begin the writes of a config, let others go on, release the rest. True if there is news.

        `refused`: why no write of it is to be done, if so; `telemetry_in`: seconds to the next telemetry.
        """
        changed = [
            name for name, live in self.points.items() if live.take_in(listed.get(name), now, telemetry_in, refused)
        ]
        return self._refresh(changed, now)

    def meet(self, event: DeviceEvent, now: float, telemetry_in: float) -> bool:
        """Something happens to a point. True if there is news."""
        self.points[event.point].meet(event, now, telemetry_in)
        return self._refresh([event.point], now)

    def end(self, now: float) -> bool:
        """The time of all writes is up. True if there is news."""
        written = {name: live.value_state for name, live in self.points.items() if live.is_written}
        ending = tuple(self._rules.writes.end_with_the_timer(written))
        for name in ending:
            self.points[name].release()
        return self._refresh(ending, now)

    def pass_to(self, now: float) -> bool:
        """Carry out the changes that time alone has brought. True if there is news."""
        return self._refresh(self._steps.names, now) if self._steps.first <= now else False

    def _report(self, members: ReportedPoints) -> None:
        self._members = members
        self._states = {name: self.points[name].state for name in members.reported}
        self._fingerprints = sum(self.points[name].fingerprint for name in self._states)

    def _refresh(self, names: Iterable[str], now: float) -> bool:
        is_news = False
        for name in names:
            live = self.points[name]
            before = live.fingerprint
            is_news = live.refresh(now) or is_news
            if name in self._states:
                self._states[name] = live.state
                self._fingerprints += live.fingerprint - before
            self._steps.set(name, NEVER if (step := live.next_step(now)) is None else step)
        return is_news
