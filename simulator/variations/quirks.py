"""Devices that are odd in one way, and conform: nobody may accuse them."""

from collections.abc import Callable
from dataclasses import replace

from harness.provoke import Break, ChangeUnits, Provocation
from harness.wire.instant import rfc3339
from harness.wire.udmi import Field, Mode, Odd, State, Status, SystemState, Telemetry, Value, ValueState
from simulator import attempt, etag, sampling
from simulator.attempt import Plan, Step
from simulator.points import Condition, Point, Slow, Stuck
from simulator.rules import KEPT, LEVELS, Rules
from simulator.sampling import Sampling
from simulator.variations.altering import each_status, each_step, moved, settling_after, with_points, with_system
from simulator.variations.variation import other_side, quirk


def _one_settles_later(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """Of the points that take a write at once, those with a fraction take three seconds."""
    slower = settling_after(3) if isinstance(point.base, float) else attempt.plan
    return slower(point, condition, value, telemetry_in)


def _has_just_said_something_else(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """A slow point is there just after a state that tells how far it is, so the next state has to wait."""
    if not isinstance(point.behaviour, Slow):
        return attempt.plan(point, condition, value, telemetry_in)
    return (
        Step(0, ValueState.UPDATING, "is on its way"),
        Step(2.5, ValueState.UPDATING, "is nearly there"),
        Step(2.9, ValueState.APPLIED),
    )


def _polls_its_units(seconds: float) -> Rules:
    return replace(KEPT, notices_after=lambda event: seconds if isinstance(event, ChangeUnits) else 0.0)


def _keeps_what_was_applied(state: ValueState | None, provocation: Provocation) -> bool:
    """A fault that comes after a write was done undoes nothing."""
    return not (isinstance(provocation, Break) and state is ValueState.APPLIED)


def _echo_once_it_is_applied(name: str, units: str | None, value: Value | None, state: Field[ValueState]) -> int:
    return etag.fingerprint(name, units, value if state is ValueState.APPLIED else None, state)


def _with_a_dirty_filter(state: State, _said: State | None) -> State:
    """Where nothing is written, a point tells of a trouble that concerns no write."""
    dirty = Status("The filter should be changed", "device.filter.dirty", 300, state.timestamp)
    points = {
        name: point if point.value_state or point.status else replace(point, status=dirty)
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _finds_obstacles_late(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    """It is on its way for a while before it meets with what is in the way."""
    steps = attempt.plan(point, condition, value, telemetry_in)
    if steps[0].state not in (ValueState.OVERRIDDEN, ValueState.FAILURE):
        return steps
    on_its_way = Step(min(attempt.SAYS_SO_AFTER, telemetry_in), ValueState.UPDATING)
    return (on_its_way, *(replace(step, after=15.0) for step in steps))


def _explains_everything(name: str, step: Step, since: float) -> Status | None:
    if step.state is ValueState.INITIALIZING:
        return None
    return Status(f"Point {name} {step.why or step.state}", f"pointset.point.{step.state}", LEVELS[step.state], since)


def _whole_numbers(telemetry: Telemetry) -> Telemetry:
    shown = {n: int(v) if isinstance(v, float) and v.is_integer() else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=shown)


def _floating_numbers(telemetry: Telemetry) -> Telemetry:
    numbers = {n: float(v) for n, v in telemetry.readings.items() if isinstance(v, int) and not isinstance(v, bool)}
    return replace(telemetry, readings={**telemetry.readings, **numbers})


def _spelling_last_config(spell: Callable[[float], str]) -> Rules:
    """The same instant in another spelling."""

    def spelt(system: SystemState) -> SystemState:
        last = system.last_config
        return replace(system, last_config=Odd(spell(last))) if isinstance(last, int | float) else system

    return replace(KEPT, say=lambda state, _said: with_system(state, spelt))


def _flag_of_the_documents(state: State, _said: State | None) -> State:
    def flagged(system: SystemState) -> SystemState:
        is_updating = system.mode is Mode.UPDATING
        return replace(system, updating=is_updating, mode=Mode.ACTIVE if is_updating else system.mode)

    return with_system(state, flagged)


_TWICE_AS_OFTEN = replace(KEPT, sampling=Sampling(rate=lambda asked: sampling.rate(asked) / 2))

QUIRKS = (
    quirk("says-so-at-the-last-moment", each_step(moved(ValueState.UPDATING, 4.999), Stuck)),
    quirk("says-so-at-once", each_step(moved(ValueState.UPDATING, 0), Stuck)),
    quirk("answers-at-the-last-moment", replace(KEPT, acknowledges_after=4.999)),
    quirk("fails-at-the-first-moment", each_step(moved(ValueState.FAILURE, 55.001), Stuck)),
    quirk("fails-at-the-last-moment", each_step(moved(ValueState.FAILURE, 64.999), Stuck)),
    quirk("takes-its-time", replace(KEPT, plan=settling_after(1.5))),
    quirk("takes-four-seconds", replace(KEPT, plan=settling_after(4))),
    quirk("takes-seven-seconds", replace(KEPT, plan=settling_after(7))),
    quirk("takes-fifteen-seconds", replace(KEPT, plan=settling_after(15))),
    quirk("takes-four-seconds-and-watches", replace(_TWICE_AS_OFTEN, plan=settling_after(4))),
    quirk("one-point-takes-its-time", replace(KEPT, plan=_one_settles_later)),
    quirk("works-each-config-anew", replace(KEPT, plan=settling_after(1.5), begins_anew=lambda _before, _value: True)),
    quirk("finds-obstacles-late", replace(KEPT, plan=_finds_obstacles_late)),
    quirk("leaves-more-room-between-states", replace(KEPT, between_states=1.5)),
    quirk("repeats-its-state", replace(KEPT, repeats_after=3.0)),
    quirk("repeats-its-state-all-the-time", replace(KEPT, repeats_after=1.0)),
    quirk("sends-telemetry-twice-as-often", _TWICE_AS_OFTEN),
    quirk("tells-of-changes-at-once", replace(KEPT, sampling=Sampling(tells_of_any_change=True))),
    other_side(
        "shows-before-it-may-say",
        replace(KEPT, plan=_has_just_said_something_else, explained=_explains_everything, telemetry_waits=False),
        shows="pointset.state-before-telemetry",
    ),
    quirk("notices-new-units-a-little-late", _polls_its_units(0.5)),
    quirk("notices-new-units-late", _polls_its_units(3)),
    quirk("notices-new-units-late-and-repeats-its-state", replace(_polls_its_units(3), repeats_after=2.0)),
    quirk("keeps-its-value-when-it-breaks", replace(KEPT, tries_again=_keeps_what_was_applied)),
    quirk("ignores-what-comes-too-late", replace(KEPT, ignores=lambda term: term.late)),
    quirk("ends-writes-four-seconds-late", replace(KEPT, timer=lambda _running, ends, _standing: ends and ends + 4)),
    quirk(
        "etag-follows-the-work",
        replace(KEPT, plan=settling_after(1.5), fingerprint=_echo_once_it_is_applied),
    ),
    quirk("has-a-dirty-filter", replace(KEPT, say=_with_a_dirty_filter)),
    quirk("explains-good-states-too", replace(KEPT, explained=_explains_everything)),
    quirk("adds-details", each_status(lambda status, why: replace(status, detail=f"{why}\n  at line 1\n  at line 2"))),
    quirk(
        "keeps-last-good-value",
        replace(KEPT, shown_when_refused=lambda values: values.base if values.in_force is None else values.in_force),
    ),
    quirk("whole-numbers-where-it-can", replace(KEPT, tell=_whole_numbers)),
    quirk("floating-numbers-where-it-can", replace(KEPT, tell=_floating_numbers)),
    quirk("clock-with-an-offset", _spelling_last_config(lambda at: rfc3339(at + 3600).replace("Z", "+01:00"))),
    quirk("nanoseconds", _spelling_last_config(lambda at: rfc3339(at).replace("Z", ".000000000Z"))),
    quirk("flag-of-the-documents", replace(KEPT, say=_flag_of_the_documents)),
    quirk("etag-of-32-characters", replace(KEPT, etag=lambda f, _n: f"{f % 2**64:032x}")),
)
