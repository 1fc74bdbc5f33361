"""Devices that say other things of themselves, or say them otherwise, than the one that comes with Setpoint."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from string import ascii_lowercase

from harness.protocols.udmi.words.messages import PointState, State, Status, SystemState
from simulator.udmi.rules import StateRules
from simulator.udmi.variations.narrowing import each_status, with_points, with_system
from simulator.udmi.variations.variation import quirk
from simulator.udmi.write_progress import StateReason


def _saying(alter: Callable[[SystemState], SystemState]) -> StateRules:
    return StateRules(say=lambda state, _said: with_system(state, alter))


def _each_point(alter: Callable[[PointState], PointState]) -> StateRules:
    def said(state: State, _said: State | None) -> State:
        return with_points(state, {name: alter(point) for name, point in state.points.items()})

    return StateRules(say=said)


def _by_its_uptime(state: State, _said: State | None) -> State:
    """last_start is worked out from the uptime in whole seconds, up to 0.6 s after the state's timestamp.

    The uptime begins half a second after the start.
    """

    def worked_out(system: SystemState) -> SystemState:
        if not isinstance(state.timestamp, int | float) or not isinstance(system.last_start, int | float):
            return system
        now = state.timestamp + 0.3 * (state.timestamp % 3)
        return replace(system, last_start=float(math.floor(now - math.floor(now - system.last_start - 0.5))))

    return with_system(state, worked_out)


def _by_its_uptime_uncounted(state: State, said: State | None) -> State:
    return with_system(_by_its_uptime(state, said), lambda system: replace(system, restart_count=None))


def _all_is_well(state: State, _said: State | None) -> State:
    """Of the device, unless something is wrong with it, and of all its points together."""
    well = Status("All is well", "system.base.ready", 300, state.timestamp)
    pointset = state.pointset and replace(
        state.pointset, status=replace(well, category="pointset.point.nominal", level=200)
    )
    return with_system(replace(state, pointset=pointset), lambda system: replace(system, status=system.status or well))


def _stamps_a_status_anew(state: State, _said: State | None) -> State:
    """Every status of a point carries the time of its state."""
    points = {
        name: replace(point, status=replace(point.status, timestamp=state.timestamp))
        if isinstance(point.status, Status)
        else point
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _in_many_words(status: Status, why: StateReason) -> Status:
    return replace(status, message=f"{status.message} {why.words * 100}")


def _in_two_words(status: Status, _why: StateReason) -> Status:
    """No more than what it is about."""
    return replace(status, message=" ".join(str(status.message).split()[:2]))


def _in_reverse(state: State, _said: State | None) -> State:
    return with_points(state, dict(reversed([*state.points.items()])))


_PARTS = {f"part_{letter}": f"{letter}.0" for letter in ascii_lowercase}

REPORTS = (
    quirk("last-start-jitters", StateRules(say=_by_its_uptime)),
    quirk("last-start-jitters-and-nothing-counts", StateRules(say=_by_its_uptime_uncounted)),
    quirk("much-software", _saying(lambda s: replace(s, software={**s.software, **_PARTS}))),
    quirk("all-is-well", StateRules(say=_all_is_well)),
    quirk("units-nowhere", _each_point(lambda point: replace(point, units=None))),
    quirk("points-in-reverse", StateRules(say=_in_reverse)),
    quirk("stamps-a-status-anew", StateRules(say=_stamps_a_status_anew)),
    quirk(
        "long-messages", each_status(lambda status, why: replace(status, message=f"{status.message} {why.words * 100}"))
    ),
    quirk("terse-messages", each_status(_in_two_words)),
    quirk("details-as-json", each_status(lambda status, why: replace(status, detail=json.dumps({"why": [why.words]})))),
    quirk("huge-details", each_status(lambda status, why: replace(status, detail=f"{why}\n" * 500))),
)
