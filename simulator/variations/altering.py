"""Ways to change one decision, narrowed to a kind of point or a state."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.wire.udmi import Config, PointState, State, Status, SystemState, Value, ValueState
from simulator import attempt, rules
from simulator.attempt import Plan, Step
from simulator.points import Behaviour, Condition, Point, Writable
from simulator.rules import KEPT, PlanOf, Rules


def each_step(alter: Callable[[Step], Step], *kinds: type[Behaviour]) -> Rules:
    """Every plan for these kinds of point, step by step."""

    def altered(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        steps = attempt.plan(point, condition, value, telemetry_in)
        return tuple(map(alter, steps)) if isinstance(point.behaviour, kinds) else steps

    return replace(KEPT, plan=altered)


def settling_after(seconds: float) -> PlanOf:
    """Points that take a write at once take their time."""

    def unhurried(point: Point, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        at_once = isinstance(point.behaviour, Writable) and condition.settles_after == 0
        slower = replace(condition, settles_after=seconds) if at_once else condition
        return attempt.plan(point, slower, value, telemetry_in)

    return unhurried


def moved(state: ValueState, after: float) -> Callable[[Step], Step]:
    """The step to that state comes so many seconds after the write began."""
    return lambda step: replace(step, after=after) if step.state is state else step


def answers(instead: Mapping[ValueState, ValueState]) -> Callable[[Step], Step]:
    """Another state in place of the right one."""
    return lambda step: replace(step, state=instead.get(step.state, step.state))


def each_status(alter: Callable[[Status, str], Status | None]) -> Rules:
    """Every status of a point, with the reason why it has one."""

    def altered(name: str, step: Step, since: float) -> Status | None:
        status = rules.explained(name, step, since)
        return alter(status, step.why) if status else None

    return replace(KEPT, explained=altered)


def with_points(state: State, points: Mapping[str, PointState]) -> State:
    """The same state with other things said of the points."""
    return replace(state, pointset=replace(state.pointset, points=points)) if state.pointset else state


def with_system(state: State, alter: Callable[[SystemState], SystemState]) -> State:
    """The same state with other things said of the device."""
    return replace(state, system=alter(state.system)) if state.system else state


def writes(config: Config) -> Mapping[str, Value]:
    """What a config sets."""
    points = (config.pointset.points if config.pointset else None) or {}
    wanted = {name: rules.wanted(point) for name, point in points.items()}
    return {name: value for name, value in wanted.items() if value is not None}
