"""Devices that break a clause on the time, the level or the place of a status, and some that leave no doubt there."""

from dataclasses import replace

from harness.payload.values import Field
from harness.protocols.udmi.words.messages import PointState, State, Status
from simulator.udmi.rules import StateRules
from simulator.udmi.variations.narrowing import each_status, with_points, with_system
from simulator.udmi.variations.variation import deviation, other_side
from simulator.udmi.write_progress import StateReason

_LATE, _EARLIER = 60.0, 10.0  # seconds


def _from_the_future(status: Status, _why: StateReason) -> Status:
    return replace(status, timestamp=_moved(status.timestamp, _LATE))


def _moved(timestamp: Field[float], seconds: float) -> Field[float]:
    return timestamp + seconds if isinstance(timestamp, int | float) else timestamp


def _ever_earlier(state: State, said: State | None) -> State:
    """A status that was reported before begins ten seconds earlier than it said."""
    before = said or State()
    points = {name: _put_back(point, before.point(name)) for name, point in state.points.items()}
    return with_points(state, points)


def _put_back(point: PointState, before: PointState) -> PointState:
    old = before.status
    if not isinstance(point.status, Status) or not isinstance(old, Status) or old.message != point.status.message:
        return point
    return replace(point, status=replace(point.status, timestamp=_moved(old.timestamp, -_EARLIER)))


def _gravest(state: State) -> Status | None:
    """The status of the point that has the worst; the first of several."""
    told = [p.status for p in state.points.values() if isinstance(p.status, Status) and isinstance(p.status.level, int)]
    return max(told, key=lambda status: status.level if isinstance(status.level, int) else 0, default=None)


def _at_the_pointset_too(state: State, _said: State | None) -> State:
    return replace(state, pointset=replace(state.pointset, status=_gravest(state))) if state.pointset else state


def _summed_up(state: State, _said: State | None) -> State:
    return with_system(state, lambda system: replace(system, status=system.status or _gravest(state)))


def _always_complaining(state: State, _said: State | None) -> State:
    """As long as nothing is written."""
    if any(point.value_state for point in state.points.values()):
        return state
    worn = Status("The clock battery is low", "device.battery", 400, state.timestamp)
    return with_system(state, lambda system: replace(system, status=worn))


def _with_an_odd_level(state: State, _said: State | None) -> State:
    """While nothing is written and nothing is wrong, a point reports a level between notice and warning."""
    worn = Status("The filter should be changed", "device.filter.dirty", 350, state.timestamp)
    points = {
        name: point if point.value_state or point.status else replace(point, status=worn)
        for name, point in state.points.items()
    }
    return with_points(state, points)


STATUS_ENTRIES = (
    deviation("statuses-of-the-future", each_status(_from_the_future), breaks="status.timestamp-is-of-its-condition"),
    deviation("statuses-ever-earlier", StateRules(say=_ever_earlier), breaks="status.timestamp-is-of-its-condition"),
    deviation("errors-at-the-pointset", StateRules(say=_at_the_pointset_too), breaks="status.stands-where-it-belongs"),
    deviation("always-complains", StateRules(say=_always_complaining), breaks="status.nothing-wrong-in-normal-running"),
    other_side("sums-up-at-the-device", StateRules(say=_summed_up), shows="status.system-sums-up"),
    other_side("level-without-a-name", StateRules(say=_with_an_odd_level), shows="status.level-has-a-name"),
)
