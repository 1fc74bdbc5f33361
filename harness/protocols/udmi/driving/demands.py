"""The points that a scenario demands of a profile, as data: each is one question to a choice of points.

The driver asks it as the scenario begins, with what the run has seen by then; `setpoint plan`, of a profile alone.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from harness.driving.scenario import Demand, Scenario
from harness.protocols.udmi.driving.point_choice import PointChoice
from harness.protocols.udmi.driving.settling_times import LATE, SettlingTimes
from harness.protocols.udmi.profile import PointKind, udmi_profile
from harness.record.trace import Recorder
from harness.target.declared import Declared


def met(scenario: Scenario, points: PointChoice) -> Mapping[str, object]:
    """The arguments that meet its demands, by name. Raises NotApplicable, NotReachedError where one cannot be met."""
    return {name: ask(points) for name, ask in scenario.demands.items()}


def check_demands(scenario: Scenario, declared: Declared, recorder: Recorder) -> None:
    """Ask them of a profile alone, as if no point were held, and only those took their time that say so.

    What is lacking is recorded. Raises NotApplicable, NotReachedError as in a drive.
    """
    profile = udmi_profile(declared)
    prompt = [
        point.to(point.good[0], "supposed")
        for point in profile.of_kind(PointKind.WRITABLE)
        if not (point.settles_within and point.settles_within > LATE)
    ]
    settling = SettlingTimes()
    settling.begin(prompt, 0.0)
    for setting in prompt:
        settling.end(setting, 0.0, 0.0)
    met(scenario, PointChoice(profile, recorder, {}, settling))


def a_point(kind: str, *, goods: int = 1, lines: Mapping[str, str] = MappingProxyType({})) -> Demand:
    """A `Point` of that kind with so many good values; `lines`: of its table, by the label of what takes each."""
    return partial(PointChoice.point, kind=kind, goods=goods, lines=lines)


def a_second(kind: str, label: str) -> Demand:
    """The second point of that kind, in a list; an empty one, and what goes by the label is left out, without one."""
    return partial(PointChoice.spare, kind=kind, label=label)


def one_of_each(*kinds: str, beside: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Demand:
    """A `Setting` for a point of each kind that there is, labelled so; `beside`: what else is done to it, by kind."""
    return partial(PointChoice.one_of_each, kinds=kinds, beside=beside)


def one_that_may_be_late(*, goods: int = 1) -> Demand:
    """Points that have to be tried before `PointChoice.late` has one; none, where one is known to take its time."""
    return partial(PointChoice.candidates, goods=goods)


def one_beside_the_late(kind: str, label: str) -> Demand:
    """Nothing: whether there is one shows once it is known which point takes its time."""
    return partial(PointChoice.foresee_another, kind=kind, label=label)


def points_beside_written(kind: str, label: str, *, most: int = 1) -> Demand:
    """Nothing: whether there are points that are not written where so many of that kind are."""
    return partial(PointChoice.beside_written, kind=kind, label=label, at_most=most)


def points_beside_listed(label: str) -> Demand:
    """Nothing: whether there are points that a list can leave out."""
    return partial(PointChoice.beside_listed, label=label)


def some_points(*labels: str) -> Demand:
    """Nothing. Without any point, what goes by these labels is left out; where none is given, the scenario itself."""
    return partial(PointChoice.lacks_points, labels=labels) if labels else PointChoice.needs_points


def convertible(kind: str) -> Demand:
    """A `Point` that can be switched to other units, those units, and a good value in them."""
    return partial(PointChoice.convertible, kind=kind)


def movable() -> Demand:
    """A `Point` whose own value can be moved."""
    return PointChoice.movable


def a_number(kind: str, *, goods: int) -> Demand:
    """A `Point` of that kind with so many good values, all of them numbers."""
    return partial(PointChoice.number, kind=kind, goods=goods)
