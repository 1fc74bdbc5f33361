"""Devices that do things at other moments: just inside a limit, on it, long before, or when their profile says."""

from dataclasses import replace

from harness.payload.values import Value
from harness.protocols.udmi.words.device_events import Break, Mend, Override, Release
from harness.protocols.udmi.words.messages import ValueState
from simulator.udmi import write_progress
from simulator.udmi.declared.points import Condition, SimulatedPoint, Slow, Stuck
from simulator.udmi.rules import ConfigRules, EventRules, StateRules, WriteRules
from simulator.udmi.variations.narrowing import each_step, moved, settling_after
from simulator.udmi.variations.variation import Remake, deviation, quirk
from simulator.udmi.write_progress import Plan, ProgressStep

_AN_INSTANT = 0.001


def _just_before_telemetry(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """It says that it is updating at the last moment that there is."""
    steps = write_progress.plan(point, condition, value, telemetry_in)
    last = max(0.0, min(5.0, telemetry_in) - _AN_INSTANT)
    return tuple(replace(step, after=last) if step.state is ValueState.UPDATING else step for step in steps)


def _settles_slowly(seconds: float) -> WriteRules:
    """The slow points take so long."""

    def slower(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        if isinstance(point.behaviour, Slow) and condition.settles_after:
            condition = replace(condition, settles_after=seconds)
        return write_progress.plan(point, condition, value, telemetry_in)

    return WriteRules(plan=slower)


def _notices(seconds: float) -> EventRules:
    """It looks at its points so often only."""
    local = (Override, Release, Break, Mend)
    return EventRules(notices_after=lambda event: seconds if isinstance(event, local) else 0.0)


def _refuses_late(seconds: float) -> WriteRules:
    """It takes its time before it says that it will not."""

    def late(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        steps = write_progress.plan(point, condition, value, telemetry_in)
        if steps[0].state is not ValueState.INVALID:
            return steps
        on_its_way = ProgressStep(
            min(write_progress.SAYS_SO_AFTER, telemetry_in), ValueState.UPDATING, write_progress.ON_ITS_WAY
        )
        return (on_its_way, replace(steps[0], after=seconds))

    return WriteRules(plan=late)


def _ends_writes(seconds: float) -> ConfigRules:
    """It looks at its expiries so often only."""
    return ConfigRules(timer=lambda _running, ends, _standing: None if ends is None else ends + seconds)


def _needing(**limits: float) -> Remake:
    """Its profile says that it needs longer than is usual, where no source sets the limit."""
    return lambda file: replace(file, profile=replace(file.profile, limits=limits))


MOMENTS = (
    quirk("says-so-just-before-telemetry", WriteRules(plan=_just_before_telemetry)),
    quirk("says-so-after-a-second", each_step(moved(ValueState.UPDATING, 1.0), Stuck)),
    quirk("answers-after-a-second", ConfigRules(acknowledges_after=1.0)),
    quirk("answers-after-three-seconds", ConfigRules(acknowledges_after=3.0)),
    quirk("fails-a-second-early", each_step(moved(ValueState.FAILURE, 59.0), Stuck)),
    quirk("fails-two-seconds-late", each_step(moved(ValueState.FAILURE, 62.0), Stuck)),
    quirk("takes-half-a-second", WriteRules(plan=settling_after(0.5))),
    quirk("takes-ten-seconds", WriteRules(plan=settling_after(10))),
    quirk("takes-all-of-twenty-seconds", WriteRules(plan=settling_after(18.9))),
    quirk("slow-points-are-there-at-once", _settles_slowly(2.1)),
    quirk("slow-points-take-half-a-minute", _settles_slowly(30)),
    quirk("slow-points-take-nearly-a-minute", _settles_slowly(54.9)),
    quirk("notices-what-happens-a-little-late", _notices(0.5)),
    quirk("notices-what-happens-late", _notices(3)),
    quirk("notices-what-happens-very-late", _notices(9)),
    quirk("refuses-late", _refuses_late(4)),
    quirk("refuses-very-late", _refuses_late(18.9)),
    quirk("refuses-after-half-a-minute-and-says-so", _refuses_late(30), device=_needing(in_time=40)),
    quirk("ends-writes-a-little-late", _ends_writes(0.3)),
    quirk("ends-writes-at-the-last-moment", _ends_writes(4.9)),
    quirk("ends-writes-ten-seconds-late-and-says-so", _ends_writes(10), device=_needing(expires_in=12)),
    deviation(
        "refuses-later-than-it-says",
        _refuses_late(45),
        device=_needing(in_time=40),
        breaks="writeback.unfit-value-is-invalid",
        implies=("writeback.read-only-is-invalid",),
    ),
    quirk("leaves-much-room-between-states", StateRules(between_states=2.5)),
    quirk("repeats-its-state-now-and-then", StateRules(repeats_after=7.0)),
    quirk("restarts-the-minute-with-every-config", WriteRules(begins_anew=lambda _before, _value: True)),
)
