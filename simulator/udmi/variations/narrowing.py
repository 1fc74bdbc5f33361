"""Ways to change one decision, narrowed to a kind of point or a state."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.payload.values import Value
from harness.protocols.udmi.words.messages import Config, PointState, State, Status, SystemState, ValueState
from simulator.udmi import write_progress
from simulator.udmi.declared.points import Behaviour, Condition, SimulatedPoint, Writable
from simulator.udmi.rules import PlanOf, StateRules, WriteRules
from simulator.udmi.rules.states import explained
from simulator.udmi.rules.writes import wanted
from simulator.udmi.write_progress import Plan, ProgressStep, StateReason


def each_step(alter: Callable[[ProgressStep], ProgressStep], *kinds: type[Behaviour]) -> WriteRules:
    """Every plan for these kinds of point, step by step."""

    def altered(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        steps = write_progress.plan(point, condition, value, telemetry_in)
        return tuple(map(alter, steps)) if isinstance(point.behaviour, kinds) else steps

    return WriteRules(plan=altered)


def settling_after(seconds: float) -> PlanOf:
    """Points that take a write at once take their time."""

    def unhurried(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        at_once = isinstance(point.behaviour, Writable) and condition.settles_after == 0
        slower = replace(condition, settles_after=seconds) if at_once else condition
        return write_progress.plan(point, slower, value, telemetry_in)

    return unhurried


def moved(state: ValueState, after: float) -> Callable[[ProgressStep], ProgressStep]:
    """The step to that state comes so many seconds after the write began."""
    return lambda step: replace(step, after=after) if step.state is state else step


def answers(instead: Mapping[ValueState, ValueState]) -> Callable[[ProgressStep], ProgressStep]:
    """Another state in place of the right one."""
    return lambda step: replace(step, state=instead.get(step.state, step.state))


def each_status(alter: Callable[[Status, StateReason], Status | None]) -> StateRules:
    """Every status of a point, with the reason why it has one."""

    def altered(name: str, step: ProgressStep, since: float) -> Status | None:
        status = explained(name, step, since)
        return alter(status, step.why) if status and step.why else status

    return StateRules(explained=altered)


def with_points(state: State, points: Mapping[str, PointState]) -> State:
    """The same state with other things said of the points."""
    return replace(state, pointset=replace(state.pointset, points=points)) if state.pointset else state


def with_system(state: State, alter: Callable[[SystemState], SystemState]) -> State:
    """The same state with other things said of the device."""
    return replace(state, system=alter(state.system)) if state.system else state


def writes(config: Config) -> Mapping[str, Value]:
    """The points that a config sets."""
    points = (config.pointset.points if config.pointset else None) or {}
    asked = {name: wanted(point) for name, point in points.items()}
    return {name: value for name, value in asked.items() if value is not None}
