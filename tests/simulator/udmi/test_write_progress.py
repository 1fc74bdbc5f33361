"""The steps that a write goes through."""

import pytest

from harness.payload.values import Value
from harness.protocols.udmi.words.messages import ValueState
from simulator.udmi.declared.points import (
    Behaviour,
    Condition,
    Faulty,
    Overridden,
    ReadOnly,
    SimulatedPoint,
    Slow,
    Stuck,
    Writable,
    declared,
)
from simulator.udmi.write_progress import ProgressStep, WriteProgress, plan

APPLIED, UPDATING, FAILURE = ValueState.APPLIED, ValueState.UPDATING, ValueState.FAILURE
INVALID, OVERRIDDEN = ValueState.INVALID, ValueState.OVERRIDDEN

CELSIUS = SimulatedPoint("setpoint", 20.0, Writable(), -20, 60, "Degrees-Celsius")


def course(behaviour: Behaviour, *, telemetry_in: float = 10.0) -> list[tuple[float, ValueState]]:
    """Seconds and states of a good write to such a point."""
    point = SimulatedPoint("point", 0.0, behaviour)
    return [(step.after, step.state) for step in plan(point, declared(point), 30.0, telemetry_in)]


def answer(
    value: Value, *, condition: Condition | None = None, point: SimulatedPoint = CELSIUS
) -> tuple[ValueState, str]:
    """The only step of a write that is answered at once: its state, and why."""
    [step] = plan(point, condition or declared(point), value, 10.0)
    return step.state, str(step.why or "")


def test_writable_point_takes_a_value_at_once() -> None:
    assert course(Writable()) == [(0, APPLIED)]


def test_slow_point_says_so_after_two_seconds() -> None:
    assert course(Slow(4)) == [(2, UPDATING), (4, APPLIED)]


@pytest.mark.parametrize("settles_after", [1.5, 2])
def test_slow_point_that_settles_before_that_does_not_say_so(settles_after: float) -> None:
    assert course(Slow(settles_after)) == [(settles_after, APPLIED)]


def test_slow_point_says_so_before_the_next_telemetry() -> None:
    assert course(Slow(4), telemetry_in=0.5) == [(0.5, UPDATING), (4, APPLIED)]


def test_slow_point_says_so_at_once_where_telemetry_is_due() -> None:
    assert course(Slow(4), telemetry_in=0) == [(0, UPDATING), (4, APPLIED)]


def test_stuck_point_fails_after_a_minute() -> None:
    assert course(Stuck()) == [(2, UPDATING), (60, FAILURE)]


def test_point_that_settles_just_then_does_not_fail() -> None:
    assert course(Slow(60)) == [(2, UPDATING), (60, APPLIED)]


def test_point_that_settles_after_its_failure_is_applied_nevertheless() -> None:
    assert course(Slow(90)) == [(2, UPDATING), (60, FAILURE), (90, APPLIED)]


@pytest.mark.parametrize(
    ("behaviour", "state"), [(ReadOnly(), INVALID), (Overridden(), OVERRIDDEN), (Faulty(), FAILURE)]
)
def test_point_that_takes_no_value_says_so_at_once(behaviour: Behaviour, state: ValueState) -> None:
    assert course(behaviour) == [(0, state)]


@pytest.mark.parametrize("value", [-20, -20.0, 60, 60.0, 0])
def test_value_on_its_bounds_is_taken(value: Value) -> None:
    assert answer(value) == (APPLIED, "")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (-20.000001, "does not go below -20"),
        (60.000001, "does not go above 60"),
        ("warm", "takes a number"),
        (True, "takes a number"),
    ],
)
def test_unfit_value_is_invalid_for_a_reason(value: Value, why: str) -> None:
    assert answer(value) == (INVALID, why)


@pytest.mark.parametrize(("base", "kind"), [(False, "boolean"), ("auto", "string")])
def test_number_is_invalid_for_what_is_no_number(base: Value, kind: str) -> None:
    assert answer(1, point=SimulatedPoint("mode", base, Writable())) == (INVALID, f"takes a {kind}")


def test_whole_number_is_taken_where_the_point_has_a_broken_one() -> None:
    assert answer(21)[0] is APPLIED


@pytest.mark.parametrize(("value", "state"), [(140.0, APPLIED), (140.1, INVALID), (-4.0, APPLIED), (-4.1, INVALID)])
def test_bounds_hold_in_the_units_that_the_device_works_in(value: float, state: ValueState) -> None:
    assert answer(value, condition=Condition(units="Degrees-Fahrenheit"))[0] is state


def test_value_is_looked_at_before_who_holds_the_point() -> None:
    assert answer(400.0, condition=Condition(held_by="local operator"))[0] is INVALID


def test_holder_comes_before_a_fault() -> None:
    assert answer(21.0, condition=Condition(held_by="local operator", fault="is broken"))[0] is OVERRIDDEN


def test_attempt_reaches_a_step_on_its_moment() -> None:
    attempt = WriteProgress(30.0, None, began=100.0, plan=(ProgressStep(2, UPDATING), ProgressStep(60, FAILURE)))

    reached = [attempt.step(at) for at in (101.999999, 102, 159.999999, 160, 1e9)]

    assert [step and step.state for step in reached] == [None, UPDATING, UPDATING, FAILURE, FAILURE]


def test_attempt_knows_when_time_will_change_it() -> None:
    attempt = WriteProgress(30.0, None, began=100.0, plan=(ProgressStep(2, UPDATING), ProgressStep(60, FAILURE)))

    assert [attempt.next_after(at) for at in (100, 101.9, 102, 159.9, 160)] == [102, 102, 160, 160, None]
