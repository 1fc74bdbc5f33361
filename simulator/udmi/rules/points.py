"""The decisions of a device about its points: which are reported, in which units, and what they show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from harness.payload.values import Value
from harness.protocols.udmi.words.messages import PointConfig, ValueState
from simulator.udmi.declared import units
from simulator.udmi.declared.points import SimulatedPoint
from simulator.udmi.rules.reported_points import ReportedPoints, members
from simulator.udmi.write_progress import ProgressStep


@dataclass(frozen=True, slots=True)
class Values:
    """The values that a point could show: its own, one that was written and in force, or one that was only asked for.

    `in_force` is forgotten when the point is released; the others are not. `pending` was on its way when the latest
    value was asked for.
    """

    base: Value
    in_force: Value | None = None
    was_in_force: Value | None = None
    asked_for: Value | None = None
    pending: Value | None = None


@dataclass(frozen=True, slots=True)
class PointRules:
    """Decisions about points. `finds`: whether the `ref` of a config stands for something here."""

    members: Callable[[Mapping[str, PointConfig] | None, Sequence[str], ReportedPoints], ReportedPoints] = members
    finds: Callable[[SimulatedPoint, PointConfig], bool] = lambda _point, _config: True
    takes_units: Callable[[SimulatedPoint, str], bool] = lambda point, wanted: (
        wanted in {point.units, *units.others(point.units)}
    )
    converts: Callable[[Value, str | None, str | None], Value] = units.converted
    is_in_force: Callable[[SimulatedPoint, ProgressStep], bool] = lambda _point, step: step.state is ValueState.APPLIED
    shown_when_refused: Callable[[Values], Value] = lambda values: values.base
    shown_when_free: Callable[[SimulatedPoint, Values], Value] = lambda _point, values: values.base
