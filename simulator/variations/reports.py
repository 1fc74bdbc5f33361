"""Devices that say other things of themselves, or say them otherwise, than the one that comes with Setpoint."""

import json
from collections.abc import Callable
from dataclasses import replace
from string import ascii_lowercase

from harness.wire.udmi import PointState, State, Status, SystemState
from simulator.rules import KEPT, Rules
from simulator.variations.altering import each_status, with_points, with_system
from simulator.variations.variation import quirk


def _saying(alter: Callable[[SystemState], SystemState]) -> Rules:
    return replace(KEPT, say=lambda state, _said: with_system(state, alter))


def _each_point(alter: Callable[[PointState], PointState]) -> Rules:
    def said(state: State, _said: State | None) -> State:
        return with_points(state, {name: alter(point) for name, point in state.points.items()})

    return replace(KEPT, say=said)


def _all_is_well(state: State, _said: State | None) -> State:
    """Of the device, unless something is wrong with it, and of all its points together."""
    well = Status("All is well", "system.base.ready", 300, state.timestamp)
    pointset = state.pointset and replace(
        state.pointset, status=replace(well, category="pointset.point.nominal", level=200)
    )
    return with_system(replace(state, pointset=pointset), lambda system: replace(system, status=system.status or well))


def _stamps_a_status_anew(state: State, _said: State | None) -> State:
    """What is said of a point is said as of now."""
    points = {
        name: replace(point, status=replace(point.status, timestamp=state.timestamp))
        if isinstance(point.status, Status)
        else point
        for name, point in state.points.items()
    }
    return with_points(state, points)


def _in_two_words(status: Status, _why: str) -> Status:
    """No more than what it is about."""
    return replace(status, message=" ".join(str(status.message).split()[:2]))


def _in_reverse(state: State, _said: State | None) -> State:
    return with_points(state, dict(reversed([*state.points.items()])))


_PARTS = {f"part_{letter}": f"{letter}.0" for letter in ascii_lowercase}

REPORTS = (
    quirk("much-software", _saying(lambda s: replace(s, software={**s.software, **_PARTS}))),
    quirk("all-is-well", replace(KEPT, say=_all_is_well)),
    quirk("units-nowhere", _each_point(lambda point: replace(point, units=None))),
    quirk("points-in-reverse", replace(KEPT, say=_in_reverse)),
    quirk("stamps-a-status-anew", replace(KEPT, say=_stamps_a_status_anew)),
    quirk("long-messages", each_status(lambda status, why: replace(status, message=f"{status.message} {why * 100}"))),
    quirk("terse-messages", each_status(_in_two_words)),
    quirk("details-as-json", each_status(lambda status, why: replace(status, detail=json.dumps({"why": [why]})))),
    quirk("huge-details", each_status(lambda status, why: replace(status, detail=f"{why}\n" * 500))),
)
