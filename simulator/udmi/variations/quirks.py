"""Devices that are odd in one way, and conform: nobody may accuse them."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.timestamps import rfc3339
from harness.payload.values import Field, IllTyped, Value
from harness.protocols.udmi.words.device_events import Break, ChangeUnits, DeviceEvent
from harness.protocols.udmi.words.messages import Mode, State, Status, SystemState, Telemetry, ValueState
from simulator.udmi import etag, sampling, write_progress
from simulator.udmi.declared.points import Condition, SimulatedPoint, Slow, Stuck
from simulator.udmi.rules import LEVELS, ConfigRules, EventRules, PointRules, StateRules, TelemetryRules, WriteRules
from simulator.udmi.sampling import Sampling
from simulator.udmi.variations.narrowing import each_status, each_step, moved, settling_after, with_points, with_system
from simulator.udmi.variations.variation import other_side, quirk
from simulator.udmi.write_progress import Cause, Plan, ProgressStep, StateReason


def _one_settles_later(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """Of the points that take a write at once, those with a fraction take three seconds."""
    slower = settling_after(3) if isinstance(point.base, float) else write_progress.plan
    return slower(point, condition, value, telemetry_in)


def _has_just_said_something_else(
    point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float
) -> Plan:
    """A slow point is there just after a state that tells how far it is, so the next state has to wait."""
    if not isinstance(point.behaviour, Slow):
        return write_progress.plan(point, condition, value, telemetry_in)
    return (
        ProgressStep(0, ValueState.UPDATING, write_progress.ON_ITS_WAY),
        ProgressStep(2.5, ValueState.UPDATING, StateReason(Cause.ON_ITS_WAY, "is nearly there")),
        ProgressStep(2.9, ValueState.APPLIED),
    )


def _polls_its_units(seconds: float) -> EventRules:
    return EventRules(notices_after=lambda event: seconds if isinstance(event, ChangeUnits) else 0.0)


def _keeps_what_was_applied(state: ValueState | None, provocation: DeviceEvent) -> bool:
    """A fault that comes after a write was done undoes nothing."""
    return not (isinstance(provocation, Break) and state is ValueState.APPLIED)


def _echo_once_it_is_applied(name: str, units: str | None, value: Value | None, state: Field[ValueState]) -> int:
    return etag.fingerprint(name, units, value if state is ValueState.APPLIED else None, state)


def _with_a_dirty_filter(state: State, _said: State | None) -> State:
    """While no point is written, one reports a problem that concerns no write."""
    dirty = Status("The filter should be changed", "device.filter.dirty", 300, state.timestamp)
    points = {
        name: point if point.value_state or point.status else replace(point, status=dirty)
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _finds_obstacles_late(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """It is on its way for a while before it meets with what is in the way."""
    steps = write_progress.plan(point, condition, value, telemetry_in)
    if steps[0].state not in (ValueState.OVERRIDDEN, ValueState.FAILURE):
        return steps
    on_its_way = ProgressStep(min(write_progress.SAYS_SO_AFTER, telemetry_in), ValueState.UPDATING)
    return (on_its_way, *(replace(step, after=15.0) for step in steps))


def _explains_everything(name: str, step: ProgressStep, since: float) -> Status | None:
    if step.state is ValueState.INITIALIZING:
        return None
    return Status(f"Point {name} {step.why or step.state}", f"pointset.point.{step.state}", LEVELS[step.state], since)


def _whole_numbers(telemetry: Telemetry) -> Telemetry:
    shown = {n: int(v) if isinstance(v, float) and v.is_integer() else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=shown)


def _floating_numbers(telemetry: Telemetry) -> Telemetry:
    numbers = {n: float(v) for n, v in telemetry.readings.items() if isinstance(v, int) and not isinstance(v, bool)}
    return replace(telemetry, readings={**telemetry.readings, **numbers})


def _spelling_last_config(spell: Callable[[float], str]) -> StateRules:
    """The same instant in another spelling."""

    def spelt(system: SystemState) -> SystemState:
        last = system.last_config
        return replace(system, last_config=IllTyped(spell(last))) if isinstance(last, int | float) else system

    return StateRules(say=lambda state, _said: with_system(state, spelt))


def _flag_of_the_documents(state: State, _said: State | None) -> State:
    def flagged(system: SystemState) -> SystemState:
        is_updating = system.mode is Mode.UPDATING
        return replace(system, updating=is_updating, mode=Mode.ACTIVE if is_updating else system.mode)

    return with_system(state, flagged)


_TWICE_AS_OFTEN = Sampling(rate=lambda asked: sampling.rate(asked) / 2)

QUIRKS = (
    quirk("says-so-at-the-last-moment", each_step(moved(ValueState.UPDATING, 4.999), Stuck)),
    quirk("says-so-at-once", each_step(moved(ValueState.UPDATING, 0), Stuck)),
    quirk("answers-at-the-last-moment", ConfigRules(acknowledges_after=4.999)),
    quirk("fails-at-the-first-moment", each_step(moved(ValueState.FAILURE, 55.001), Stuck)),
    quirk("fails-at-the-last-moment", each_step(moved(ValueState.FAILURE, 64.999), Stuck)),
    quirk("takes-its-time", WriteRules(plan=settling_after(1.5))),
    quirk("takes-four-seconds", WriteRules(plan=settling_after(4))),
    quirk("takes-seven-seconds", WriteRules(plan=settling_after(7))),
    quirk("takes-fifteen-seconds", WriteRules(plan=settling_after(15))),
    quirk("takes-four-seconds-and-watches", _TWICE_AS_OFTEN, WriteRules(plan=settling_after(4))),
    quirk("one-point-takes-its-time", WriteRules(plan=_one_settles_later)),
    quirk("works-each-config-anew", WriteRules(plan=settling_after(1.5), begins_anew=lambda _before, _value: True)),
    quirk("finds-obstacles-late", WriteRules(plan=_finds_obstacles_late)),
    quirk("leaves-more-room-between-states", StateRules(between_states=1.5)),
    quirk("repeats-its-state", StateRules(repeats_after=3.0)),
    quirk("repeats-its-state-all-the-time", StateRules(repeats_after=1.0)),
    quirk("sends-telemetry-twice-as-often", _TWICE_AS_OFTEN),
    quirk("tells-of-changes-at-once", Sampling(tells_of_any_change=True)),
    other_side(
        "shows-before-it-may-say",
        WriteRules(plan=_has_just_said_something_else),
        StateRules(explained=_explains_everything),
        TelemetryRules(waits_for_state=False),
        shows="pointset.state-before-telemetry",
    ),
    quirk("notices-new-units-a-little-late", _polls_its_units(0.5)),
    quirk("notices-new-units-late", _polls_its_units(3)),
    quirk("notices-new-units-late-and-repeats-its-state", _polls_its_units(3), StateRules(repeats_after=2.0)),
    quirk("keeps-its-value-when-it-breaks", EventRules(tries_again=_keeps_what_was_applied)),
    quirk("ignores-what-comes-too-late", ConfigRules(ignores=lambda write_expiry: write_expiry.late)),
    quirk("ends-writes-four-seconds-late", ConfigRules(timer=lambda _running, ends, _standing: ends and ends + 4)),
    quirk(
        "etag-follows-the-work",
        WriteRules(plan=settling_after(1.5)),
        StateRules(fingerprint=_echo_once_it_is_applied),
    ),
    quirk("has-a-dirty-filter", StateRules(say=_with_a_dirty_filter)),
    quirk("explains-good-states-too", StateRules(explained=_explains_everything)),
    quirk("adds-details", each_status(lambda status, why: replace(status, detail=f"{why}\n  at line 1\n  at line 2"))),
    quirk(
        "keeps-last-good-value",
        PointRules(shown_when_refused=lambda values: values.base if values.in_force is None else values.in_force),
    ),
    quirk("whole-numbers-where-it-can", TelemetryRules(tell=_whole_numbers)),
    quirk("floating-numbers-where-it-can", TelemetryRules(tell=_floating_numbers)),
    quirk("clock-with-an-offset", _spelling_last_config(lambda at: rfc3339(at + 3600).replace("Z", "+01:00"))),
    quirk("nanoseconds", _spelling_last_config(lambda at: rfc3339(at).replace("Z", ".000000000Z"))),
    quirk("flag-of-the-documents", StateRules(say=_flag_of_the_documents)),
    quirk("etag-of-32-characters", StateRules(etag=lambda f, _n: f"{f % 2**64:032x}")),
)
