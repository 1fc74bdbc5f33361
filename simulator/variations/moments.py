"""Devices that do things at other moments: just inside a limit, on it, or long before."""

from dataclasses import replace

from harness.provoke import Break, Mend, Override, Release
from harness.wire.udmi import Value, ValueState
from simulator import attempt
from simulator.attempt import Plan, Step
from simulator.points import Condition, Point, Slow, Stuck
from simulator.rules import KEPT, Rules
from simulator.variations.altering import each_step, moved, settling_after
from simulator.variations.variation import quirk

_AN_INSTANT = 0.001


def _just_before_telemetry(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """It says that it is updating at the last moment that there is."""
    steps = attempt.plan(point, condition, value, telemetry_in)
    last = max(0.0, min(5.0, telemetry_in) - _AN_INSTANT)
    return tuple(replace(step, after=last) if step.state is ValueState.UPDATING else step for step in steps)


def _settles_slowly(seconds: float) -> Rules:
    """The slow points take so long."""

    def slower(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        if isinstance(point.behaviour, Slow) and condition.settles_after:
            condition = replace(condition, settles_after=seconds)
        return attempt.plan(point, condition, value, telemetry_in)

    return replace(KEPT, plan=slower)


def _notices(seconds: float) -> Rules:
    """It looks at its points so often only."""
    local = (Override, Release, Break, Mend)
    return replace(KEPT, notices_after=lambda event: seconds if isinstance(event, local) else 0.0)


def _refuses_late(seconds: float) -> Rules:
    """It takes its time before it says that it will not."""

    def late(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        steps = attempt.plan(point, condition, value, telemetry_in)
        if steps[0].state is not ValueState.INVALID:
            return steps
        on_its_way = Step(min(attempt.SAYS_SO_AFTER, telemetry_in), ValueState.UPDATING, "is on its way")
        return (on_its_way, replace(steps[0], after=seconds))

    return replace(KEPT, plan=late)


def _ends_writes(seconds: float) -> Rules:
    """It looks at its expiries so often only."""
    return replace(KEPT, timer=lambda _running, ends, _standing: None if ends is None else ends + seconds)


MOMENTS = (
    quirk("says-so-just-before-telemetry", replace(KEPT, plan=_just_before_telemetry)),
    quirk("says-so-after-a-second", each_step(moved(ValueState.UPDATING, 1.0), Stuck)),
    quirk("answers-after-a-second", replace(KEPT, acknowledges_after=1.0)),
    quirk("answers-after-three-seconds", replace(KEPT, acknowledges_after=3.0)),
    quirk("fails-a-second-early", each_step(moved(ValueState.FAILURE, 59.0), Stuck)),
    quirk("fails-two-seconds-late", each_step(moved(ValueState.FAILURE, 62.0), Stuck)),
    quirk("takes-half-a-second", replace(KEPT, plan=settling_after(0.5))),
    quirk("takes-ten-seconds", replace(KEPT, plan=settling_after(10))),
    quirk("takes-all-of-twenty-seconds", replace(KEPT, plan=settling_after(18.9))),
    quirk("slow-points-are-there-at-once", _settles_slowly(2.1)),
    quirk("slow-points-take-half-a-minute", _settles_slowly(30)),
    quirk("slow-points-take-nearly-a-minute", _settles_slowly(54.9)),
    quirk("notices-what-happens-a-little-late", _notices(0.5)),
    quirk("notices-what-happens-late", _notices(3)),
    quirk("notices-what-happens-very-late", _notices(9)),
    quirk("refuses-late", _refuses_late(4)),
    quirk("refuses-very-late", _refuses_late(18.9)),
    quirk("ends-writes-a-little-late", _ends_writes(0.3)),
    quirk("ends-writes-at-the-last-moment", _ends_writes(4.9)),
    quirk("leaves-much-room-between-states", replace(KEPT, between_states=2.5)),
    quirk("repeats-its-state-now-and-then", replace(KEPT, repeats_after=7.0)),
    quirk("restarts-the-minute-with-every-config", replace(KEPT, begins_anew=lambda _before, _value: True)),
)
