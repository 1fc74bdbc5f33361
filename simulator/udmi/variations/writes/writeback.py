"""Devices that break a clause on set_value and value_state."""

from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import IllTyped, Value
from harness.protocols.udmi.words.device_events import DeviceEvent, Mend, Override, Release
from harness.protocols.udmi.words.messages import PointConfig, PointState, State, Status, Telemetry, ValueState
from simulator.udmi import write_progress
from simulator.udmi.declared.points import (
    Condition,
    Faulty,
    Overridden,
    ReadOnly,
    SimulatedPoint,
    Slow,
    Stuck,
    Writable,
)
from simulator.udmi.rules import EventRules, PointRules, StateRules, TelemetryRules, Values, WriteRules
from simulator.udmi.rules.writes import wanted
from simulator.udmi.variations.narrowing import answers, each_step, moved, with_points
from simulator.udmi.variations.variation import deviation
from simulator.udmi.write_progress import Cause, Plan, ProgressStep

APPLIED, UPDATING, INVALID = ValueState.APPLIED, ValueState.UPDATING, ValueState.INVALID
FAILURE, OVERRIDDEN, INITIALIZING = ValueState.FAILURE, ValueState.OVERRIDDEN, ValueState.INITIALIZING


def _beside_an_applied_one(state: State, said: State | None) -> State:
    """The neighbours of a point that is written alone are reported as applied too."""
    before = {point.value_state for point in (said or State()).points.values()}
    if [p.value_state for p in state.points.values() if p.value_state] != [APPLIED] or len(before) > 1:
        return state
    return with_points(state, {name: replace(p, value_state=APPLIED) for name, p in state.points.items()})


def _guesses_the_field(config: PointConfig) -> Value | None:
    guess = config.others.get("ste_value")
    return guess if isinstance(guess, bool | int | float | str) else wanted(config)


def _misses_the_first_digits(telemetry: Telemetry) -> Telemetry:
    shown = {n: round(v) if isinstance(v, float) else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=shown)


def _as_text(telemetry: Telemetry) -> Telemetry:
    shown = {n: f"{v:g}" if isinstance(v, float) else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=shown)


def _in_capitals(telemetry: Telemetry) -> Telemetry:
    shown = {n: v.upper() if isinstance(v, str) else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=shown)


def _as_zero_or_one(telemetry: Telemetry) -> Telemetry:
    shown = {n: int(v) if isinstance(v, bool) else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=shown)


def _heedless_of_telemetry(point: SimulatedPoint, condition: Condition, value: Value, _telemetry_in: float) -> Plan:
    return write_progress.plan(point, condition, value, telemetry_in=write_progress.SAYS_SO_AFTER)


def _gives_up(*on: type[DeviceEvent]) -> EventRules:
    return EventRules(tries_again=lambda _state, provocation: not isinstance(provocation, on))


def _takes(unfit: Cause) -> Callable[[ProgressStep], ProgressStep]:
    """A value that was to be refused for this reason is taken."""
    return lambda step: ProgressStep(0, APPLIED) if step.why and step.why.cause is unfit else step


def _in_force_when(kind: type, *states: ValueState) -> PointRules:
    def in_force(point: SimulatedPoint, step: ProgressStep) -> bool:
        return step.state is APPLIED or (isinstance(point.behaviour, kind) and step.state in states)

    return PointRules(is_in_force=in_force)


def _in_force_though_out_of_range(point: SimulatedPoint, step: ProgressStep) -> bool:
    is_beyond = step.why is not None and step.why.cause is Cause.OUT_OF_RANGE
    return step.state is APPLIED or (isinstance(point.behaviour, Writable) and is_beyond)


def _glosses_over(state: State, said: State | None) -> State:
    """A write that was applied once is still reported so when it has failed."""
    before = said or State()
    points = {
        name: replace(point, value_state=APPLIED, status=None)
        if point.value_state is FAILURE and before.point(name).value_state is APPLIED
        else point
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _keeps_the_last(_point: SimulatedPoint, values: Values) -> Value:
    return values.base if values.was_in_force is None else values.was_in_force


def _stops_at_the_first_bad_one(state: State, said: State | None) -> State:
    """A point that would become applied is refused as long as another one is."""
    if not any(point.value_state is INVALID for point in state.points.values()):
        return state
    before = said or State()
    refused = {
        name
        for name, point in state.points.items()
        if point.value_state is APPLIED and before.point(name).value_state in (None, INVALID)
    }
    since = state.timestamp
    points = {
        name: PointState(INVALID, Status(f"Point {name} is not looked at", "pointset.point.invalid", 500, since))
        if name in refused
        else point
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _in_its_first_units(point: SimulatedPoint, condition: Condition) -> Condition:
    return replace(condition, units=point.units)


def _initializes(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
    steps = write_progress.plan(point, condition, value, telemetry_in)
    return (ProgressStep(0, INITIALIZING), *steps) if isinstance(point.behaviour, Stuck) else steps


def _calls_it_busy(state: State, _said: State | None) -> State:
    points = {
        name: replace(point, value_state=IllTyped("busy")) if point.value_state is INITIALIZING else point
        for name, point in state.points.items()
    }
    return with_points(state, points)


WRITEBACK = (
    deviation(
        "never-applied",
        each_step(answers({APPLIED: FAILURE}), Writable),
        breaks="writeback.applied",
        implies=("writeback.value-in-current-units",),
    ),
    deviation(
        "neighbours-applied",
        StateRules(say=_beside_an_applied_one),
        breaks="writeback.absent-without-set-value",
        implies=("etag.changes-with-state", "expiry.already-past-changes-nothing", "writeback.misspelt-is-ignored"),
    ),
    deviation("guesses-misspelt-field", WriteRules(wanted=_guesses_the_field), breaks="writeback.misspelt-is-ignored"),
    deviation("rounds-telemetry", TelemetryRules(tell=_misses_the_first_digits), breaks="writeback.telemetry-follows"),
    deviation(
        "numbers-as-text",
        TelemetryRules(tell=_as_text),
        breaks="writeback.telemetry-follows",
        implies=(
            "writeback.new-value-supersedes",
            "writeback.value-in-current-units",
            "pointset.numbers-are-numbers",
            "telemetry.change-is-told",
            "telemetry.write-that-changes-is-told",
        ),
    ),
    deviation("truth-as-number", TelemetryRules(tell=_as_zero_or_one), breaks="writeback.telemetry-follows"),
    deviation("text-in-capitals", TelemetryRules(tell=_in_capitals), breaks="writeback.telemetry-follows"),
    deviation("updating-late", each_step(moved(UPDATING, 9), Stuck), breaks="writeback.updating-in-time"),
    deviation(
        "ten-seconds-without-a-word",
        each_step(moved(APPLIED, 10), Writable),
        breaks="writeback.updating-in-time",
    ),
    deviation(
        "never-updating",
        each_step(answers({UPDATING: INITIALIZING}), Stuck),
        breaks="writeback.updating-in-time",
        implies=("writeback.value-state-is-documented", "writeback.value-state-is-known"),
    ),
    deviation("updating-after-telemetry", WriteRules(plan=_heedless_of_telemetry), breaks="writeback.updating-in-time"),
    deviation(
        "shown-too-early",
        _in_force_when(Slow, UPDATING),
        breaks="writeback.not-shown-before-applied",
        implies=("config.new-config-abandons-old",),  # what it shows may be on its way when it is abandoned
    ),
    deviation(
        "shows-what-never-settles",
        _in_force_when(Stuck, UPDATING, FAILURE),
        breaks="writeback.not-shown-before-applied",
    ),
    deviation("gives-up-when-held", _gives_up(Release), breaks="writeback.never-gives-up"),
    deviation("gives-up-when-broken", _gives_up(Mend), breaks="writeback.never-gives-up"),
    deviation("fails-early", each_step(moved(FAILURE, 20), Stuck), breaks="writeback.failure-after-a-minute"),
    deviation(
        "fails-just-too-early", each_step(moved(FAILURE, 54.9), Stuck), breaks="writeback.failure-after-a-minute"
    ),
    deviation("fails-just-too-late", each_step(moved(FAILURE, 65.1), Stuck), breaks="writeback.failure-after-a-minute"),
    deviation(
        "fails-before-its-documented-time",
        each_step(moved(FAILURE, 54.9), Stuck),
        breaks="writeback.documented-time-to-failure",
    ),
    deviation(
        "held-is-failure",
        each_step(answers({OVERRIDDEN: FAILURE}), Overridden),
        breaks="writeback.held-point-is-overridden",
    ),
    deviation("overlooks-taking", _gives_up(Override), breaks="writeback.held-point-is-overridden"),
    deviation(
        "read-only-is-failure",
        each_step(answers({INVALID: FAILURE}), ReadOnly),
        breaks="writeback.read-only-is-invalid",
    ),
    deviation(
        "takes-read-only",
        each_step(answers({INVALID: APPLIED}), ReadOnly),
        breaks="writeback.read-only-is-invalid",
    ),
    deviation(
        "takes-what-is-out-of-range",
        each_step(_takes(Cause.OUT_OF_RANGE), Writable),
        breaks="writeback.unfit-value-is-invalid",
    ),
    deviation(
        "takes-what-is-of-the-wrong-type",
        each_step(_takes(Cause.WRONG_TYPE), Writable),
        breaks="writeback.unfit-value-is-invalid",
    ),
    deviation(
        "unfit-is-failure", each_step(answers({INVALID: FAILURE}), Writable), breaks="writeback.unfit-value-is-invalid"
    ),
    deviation(
        "fault-is-invalid", each_step(answers({FAILURE: INVALID}), Faulty), breaks="writeback.device-error-is-failure"
    ),
    deviation(
        "overlooks-breakdown",
        StateRules(say=_glosses_over),
        breaks="writeback.device-error-is-failure",
        implies=("etag.changes-with-state", "etag.stays-with-state"),
    ),
    deviation(
        "keeps-value-when-released",
        PointRules(shown_when_free=_keeps_the_last),
        breaks="writeback.release-restores-value",
        implies=("config.new-config-abandons-old", "expiry.ends-the-write"),
    ),
    deviation(
        "finishes-old-first",
        WriteRules(begins_anew=lambda _before, _value: False),
        breaks="writeback.new-value-supersedes",
        implies=(
            "config.new-config-abandons-old",
            "etag.changes-after-accepted-config",
            "telemetry.write-that-changes-is-told",
            "writeback.telemetry-follows",
            "writeback.unfit-value-is-invalid",
        ),
    ),
    deviation(
        "stops-at-the-first-bad-write",
        StateRules(say=_stops_at_the_first_bad_one),
        breaks="writeback.points-are-independent",
        implies=("writeback.refused-value-is-not-shown",),
    ),
    deviation(
        "works-in-its-first-units",
        WriteRules(reads_in=_in_its_first_units),
        breaks="writeback.value-in-current-units",
    ),
    deviation(
        "initializes-first",
        WriteRules(plan=_initializes),
        breaks="writeback.value-state-is-documented",
    ),
    deviation(
        "busy-first",
        WriteRules(plan=_initializes),
        StateRules(say=_calls_it_busy),
        breaks="writeback.value-state-is-known",
        implies=("writeback.value-state-is-documented",),
    ),
    deviation("shows-refused-value", _in_force_when(ReadOnly, INVALID), breaks="writeback.refused-value-is-not-shown"),
    deviation(
        "shows-value-out-of-range",
        PointRules(is_in_force=_in_force_though_out_of_range),
        breaks="writeback.refused-value-is-not-shown",
    ),
    deviation("shows-failed-value", _in_force_when(Faulty, FAILURE), breaks="writeback.refused-value-is-not-shown"),
    deviation(
        "shows-held-value", _in_force_when(Overridden, OVERRIDDEN), breaks="writeback.refused-value-is-not-shown"
    ),
)
