"""One point while the device runs: its condition, the write on it, and what follows from both."""

from dataclasses import replace
from typing import assert_never

from harness.payload.values import Field, Value
from harness.protocols.udmi.words.device_events import (
    Break,
    ChangeUnits,
    DeviceEvent,
    Mend,
    Move,
    Override,
    Release,
    Restart,
)
from harness.protocols.udmi.words.messages import PointConfig, PointState, ValueState
from harness.text import printable
from simulator.udmi.declared.points import Condition, SimulatedPoint, declared
from simulator.udmi.declared.units import converted
from simulator.udmi.rules import Rules, Values
from simulator.udmi.write_progress import Cause, ProgressStep, StateReason, WriteProgress


class LivePoint:
    """A point at run time. Its report is worked out only when something about it changes."""

    def __init__(self, point: SimulatedPoint, rules: Rules) -> None:
        self.point, self._rules = point, rules
        self._condition = declared(point)
        self._own_units = point.units
        self._asked: tuple[str, float] | None = None  # units that a config asks for, and since when
        self._lost: float | None = None  # since when the config's ref has led nowhere
        self._progress: WriteProgress | None = None
        self._step: ProgressStep | None = None
        self._values = Values(point.base)
        self.state = PointState(units=point.units)
        self.fingerprint = self._fingerprint()

    @property
    def value_state(self) -> ValueState | None:
        """How far the write has come."""
        return self._step.state if self._step else None

    @property
    def is_written(self) -> bool:
        """Whether the point is written, applied or not."""
        return self._progress is not None

    @property
    def is_in_force(self) -> bool:
        """Whether the point shows the written value."""
        return bool(self._progress and self._step and self._rules.points.is_in_force(self.point, self._step))

    @property
    def set_value(self) -> Value | None:
        """The value that was written, applied or not."""
        return self._progress.value if self._progress else None

    @property
    def condition(self) -> Condition:
        """The point's present condition."""
        return self._condition

    def next_step(self, now: float) -> float | None:
        """When time alone will change it."""
        return self._progress.next_after(now) if self._progress else None

    def take_in(self, config: PointConfig | None, now: float, telemetry_in: float, refused: StateReason | None) -> bool:
        """Do what a config says of the point; None: it says nothing. True if that changes the point.

        `refused`: why no write of that config is to be done, if so; `telemetry_in`: seconds to the next telemetry.
        """
        wanted = units = None
        is_changed = False
        if config is not None:
            wanted, units = self._rules.writes.wanted(config), config.units
            is_found = self._rules.points.finds(self.point, config)
            if is_found is (self._lost is not None):
                self._lost, is_changed = None if is_found else now, True
        if units is not None or self._asked is not None:
            is_changed = self.work_in(units, now) or is_changed
        if wanted is None:
            if self._progress is None:
                return is_changed
            self.release()
            return True
        if self._lost is not None:
            return is_changed
        reason = self._rules.writes.refuses(self.point, refused) if refused else None
        return self.write(wanted, now, telemetry_in, reason) or is_changed

    def write(self, value: Value, now: float, telemetry_in: float, refused: StateReason | None) -> bool:
        """Begin a write, unless it is the one that is under way. True if it was begun."""
        if refused:
            why = StateReason(refused.cause, f"was not written: {refused}")
            plan = (ProgressStep(0, ValueState.INVALID, why),)
            self._progress = WriteProgress(value, self._condition.units, now, plan, refused=True)
            return True
        progress = self._progress
        if progress and not progress.refused and not self._is_another(progress, value):
            return False
        self._begin(value, now, telemetry_in)
        return True

    def release(self) -> None:
        """No write any more."""
        self._progress = self._step = None
        if self._values.in_force is not None:
            self._values = replace(self._values, in_force=None)

    def work_in(self, units: Field[str], now: float) -> bool:
        """In the units that a config asks for, if it can; without any, in its own. True if it was asked for others."""
        wanted = units if isinstance(units, str) and units else None
        before = self._asked[0] if self._asked else None
        if wanted == before:
            return False
        self._asked = (wanted, now) if wanted else None
        self._condition = replace(self._condition, units=self._units())
        return True

    def show(self, value: Value) -> None:
        """Its own value is another now; it shows that whenever no write is in force."""
        self._values = replace(self._values, base=converted(value, self._condition.units, self.point.units))

    def forget(self, now: float) -> None:
        """Forget every write; the condition of the point itself stays."""
        self._progress = self._asked = self._lost = None
        self._condition = replace(self._condition, units=self._own_units)
        self._values = Values(self._values.base)
        self.refresh(now)

    def meet(self, provocation: DeviceEvent, now: float, telemetry_in: float) -> None:
        """Something happens to the point; a write that is on it is tried again from here."""
        before = self._condition
        if isinstance(provocation, ChangeUnits):
            self._own_units = provocation.units or None
        self._condition = self._after(provocation)
        refused = self._progress is None or self._progress.refused
        if refused or isinstance(provocation, ChangeUnits) or before == self._condition:
            return
        if self._progress and self._rules.events.tries_again(self.value_state, provocation):
            self._begin(self._progress.value, now, telemetry_in)

    def refresh(self, now: float) -> bool:
        """Take in what time has done. True if the point has something else to say."""
        self._step = self._progress.step(now) if self._progress else None
        if self._progress and self._step and self._rules.points.is_in_force(self.point, self._step):
            value = self._progress.value
            if self._values.in_force is not value:
                known = self._values
                self._values = Values(known.base, value, value, known.asked_for, known.pending)
        fingerprint, before = self._fingerprint(), self.state
        self.state = self._said()
        changed = fingerprint != self.fingerprint or self.state != before
        self.fingerprint = fingerprint
        return changed

    def reading(self) -> Value:
        """The value that telemetry shows."""
        progress, step = self._progress, self._step
        if progress and step and self._rules.points.is_in_force(self.point, step):
            return self._rules.points.converts(progress.value, progress.units, self._condition.units)
        shown = (
            self._rules.points.shown_when_refused(self._values)
            if progress
            else self._rules.points.shown_when_free(self.point, self._values)
        )
        return self._rules.points.converts(shown, self.point.units, self._condition.units)

    def _is_another(self, progress: WriteProgress, value: Value) -> bool:
        """Whether the value is a new one; the same number in other units is, and so is 1 for true."""
        before = progress.value
        if progress.units != self._condition.units or isinstance(before, bool) is not isinstance(value, bool):
            return True
        return self._rules.writes.begins_anew(before, value)

    def _begin(self, value: Value, now: float, telemetry_in: float) -> None:
        condition = self._rules.writes.reads_in(self.point, self._condition)
        plan = self._rules.writes.plan(self.point, condition, value, telemetry_in)
        before = self._progress
        pending = before.value if before and before.value != value and self.value_state is ValueState.UPDATING else None
        self._progress = WriteProgress(value, condition.units, now, plan)
        known = self._values
        self._values = Values(known.base, known.in_force, known.was_in_force, value, pending)

    def _after(self, provocation: DeviceEvent) -> Condition:
        start = declared(self.point)
        match provocation:
            case Override():
                return replace(self._condition, held_by=start.held_by or "local operator")
            case Release():
                return replace(self._condition, held_by=None)
            case Break():
                healthy = start == replace(start, fault=None, settles_after=0.0)
                fault = "broke down" if healthy else start.fault
                return replace(self._condition, fault=fault, settles_after=start.settles_after)
            case Mend():
                return replace(self._condition, fault=None, settles_after=0.0)
            case ChangeUnits():
                return replace(self._condition, units=self._units())
            case Move() | Restart():
                return self._condition  # what it shows is no condition
            case _:
                assert_never(provocation)

    def _units(self) -> str | None:
        """Those that a config asks for, if it knows them."""
        asked = self._asked[0] if self._asked else None
        return asked if asked is not None and self._rules.points.takes_units(self.point, asked) else self._own_units

    def _said(self) -> PointState:
        status = None
        if self._lost is not None:
            step = ProgressStep(0, ValueState.FAILURE, _UNFOUND)
            status = self._rules.states.explained(self.point.name, step, self._lost)
        elif self._progress and self._step:
            since = self._progress.began + self._step.after
            status = self._rules.states.explained(self.point.name, self._step, since)
        if status is None and self._asked and self._asked[0] != self._condition.units:
            step = ProgressStep(
                0, ValueState.INVALID, StateReason(Cause.OTHER_UNITS, f"does not come in {printable(self._asked[0])}")
            )
            status = self._rules.states.explained(self.point.name, step, self._asked[1])
        return PointState(self.value_state, status, self._condition.units)

    def _fingerprint(self) -> int:
        echo = self._progress.value if self._progress else None
        return self._rules.states.fingerprint(self.point.name, self._condition.units, echo, self.value_state)


_UNFOUND = StateReason(Cause.UNFOUND_REF, "is not found by the ref of the config")
