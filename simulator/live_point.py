"""One point while the device runs: its condition, the write on it, and what follows from both."""

from dataclasses import replace
from typing import assert_never

from harness.provoke import Break, ChangeUnits, Mend, Move, Override, Provocation, Release, Restart
from harness.wire.reader import printable
from harness.wire.udmi import Field, PointState, Value, ValueState
from simulator.attempt import Attempt, Step
from simulator.points import Condition, Point, declared
from simulator.rules import Rules, Values
from simulator.units import converted


class LivePoint:
    """What it says is worked out only when something about it changes."""

    def __init__(self, point: Point, rules: Rules) -> None:
        self.point, self._rules = point, rules
        self._condition = declared(point)
        self._own_units = point.units
        self._asked: tuple[str, float] | None = None  # units that a config asks for, and since when
        self._attempt: Attempt | None = None
        self._step: Step | None = None
        self._values = Values(point.base)
        self.state = PointState(units=point.units)
        self.fingerprint = self._fingerprint()

    @property
    def value_state(self) -> ValueState | None:
        """How far the write has come."""
        return self._step.state if self._step else None

    @property
    def is_written(self) -> bool:
        """Whether a write is on it, whatever became of it."""
        return self._attempt is not None

    @property
    def is_in_force(self) -> bool:
        """Whether what it shows is what was written."""
        return bool(self._attempt and self._step and self._rules.is_in_force(self.point, self._step))

    @property
    def set_value(self) -> Value | None:
        """What it was written, whatever became of it."""
        return self._attempt.value if self._attempt else None

    @property
    def condition(self) -> Condition:
        """What has happened to it."""
        return self._condition

    def next_step(self, now: float) -> float | None:
        """When time alone will change it."""
        return self._attempt.next_after(now) if self._attempt else None

    def write(self, value: Value, now: float, telemetry_in: float, refused: str | None) -> bool:
        """Begin a write, unless it is the one that is under way. True if it was begun."""
        if refused:
            plan = (Step(0, ValueState.INVALID, f"was not written: {refused}"),)
            self._attempt = Attempt(value, self._condition.units, now, plan, refused=True)
            return True
        if self._attempt is None or self._attempt.refused or self._is_another(self._attempt, value):
            self._begin(value, now, telemetry_in)
            return True
        return False

    def release(self) -> None:
        """No write any more."""
        self._attempt = self._step = None
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
        """No write, and no memory of one; what has happened to the point itself is not forgotten."""
        self._attempt = self._asked = None
        self._condition = replace(self._condition, units=self._own_units)
        self._values = Values(self._values.base)
        self.refresh(now)

    def meet(self, provocation: Provocation, now: float, telemetry_in: float) -> None:
        """Something happens to the point; a write that is on it is tried again from here."""
        before = self._condition
        if isinstance(provocation, ChangeUnits):
            self._own_units = provocation.units or None
        self._condition = self._after(provocation)
        refused = self._attempt is None or self._attempt.refused
        if refused or isinstance(provocation, ChangeUnits) or before == self._condition:
            return
        if self._attempt and self._rules.tries_again(self.value_state, provocation):
            self._begin(self._attempt.value, now, telemetry_in)

    def refresh(self, now: float) -> bool:
        """Take in what time has done. True if the point has something else to say."""
        self._step = self._attempt.step(now) if self._attempt else None
        if self._attempt and self._step and self._rules.is_in_force(self.point, self._step):
            value = self._attempt.value
            if self._values.in_force is not value:
                self._values = replace(self._values, in_force=value, was_in_force=value)
        fingerprint, before = self._fingerprint(), self.state
        self.state = self._said()
        changed = fingerprint != self.fingerprint or self.state != before
        self.fingerprint = fingerprint
        return changed

    def reading(self) -> Value:
        """What telemetry shows."""
        attempt, step = self._attempt, self._step
        if attempt and step and self._rules.is_in_force(self.point, step):
            return self._rules.converts(attempt.value, attempt.units, self._condition.units)
        shown = (
            self._rules.shown_when_refused(self._values)
            if attempt
            else self._rules.shown_when_free(self.point, self._values)
        )
        return self._rules.converts(shown, self.point.units, self._condition.units)

    def _is_another(self, attempt: Attempt, value: Value) -> bool:
        """Whether the value is a new one; the same number in other units is, and so is 1 for true."""
        in_other_words = attempt.units != self._condition.units or isinstance(attempt.value, bool) is not isinstance(
            value, bool
        )
        return in_other_words or self._rules.begins_anew(attempt.value, value)

    def _begin(self, value: Value, now: float, telemetry_in: float) -> None:
        condition = self._rules.reads_in(self.point, self._condition)
        plan = self._rules.plan(self.point, condition, value, telemetry_in)
        before = self._attempt
        pending = before.value if before and before.value != value and self.value_state is ValueState.UPDATING else None
        self._attempt = Attempt(value, condition.units, now, plan)
        self._values = replace(self._values, asked_for=value, pending=pending)

    def _after(self, provocation: Provocation) -> Condition:
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
        return asked if asked is not None and self._rules.takes_units(self.point, asked) else self._own_units

    def _said(self) -> PointState:
        status = None
        if self._attempt and self._step:
            since = self._attempt.began + self._step.after
            status = self._rules.explained(self.point.name, self._step, since)
        if status is None and self._asked and self._asked[0] != self._condition.units:
            step = Step(0, ValueState.INVALID, f"does not come in {printable(self._asked[0])}")
            status = self._rules.explained(self.point.name, step, self._asked[1])
        return PointState(self.value_state, status, self._condition.units)

    def _fingerprint(self) -> int:
        echo = self._attempt.value if self._attempt else None
        return self._rules.fingerprint(self.point.name, self._condition.units, echo, self.value_state)
