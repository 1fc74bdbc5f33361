"""Devices that come to an end in the middle of a run, hear nothing any more, or leave a point as it was."""

import json
import math
from collections.abc import Callable

from harness.protocols.udmi.words.messages import PointState, State, Status, ValueState
from simulator.link.link_rules import LinkRules
from simulator.udmi.rules import StateRules
from simulator.udmi.rules.system_rules import SystemRules
from simulator.udmi.variations.narrowing import with_points
from simulator.udmi.variations.variation import deviation

_HELD = "cooling_valve_position"


def _one_held_for_good(state: State, _said: State | None) -> State:
    """One point reports, whatever is written or released, that a holder of higher priority has it."""
    if _HELD not in state.points:
        return state
    status = Status(f"Point {_HELD} is held by hand", "pointset.point.overridden", 400, 0.0)
    held = PointState(ValueState.OVERRIDDEN, status, state.points[_HELD].units)
    return with_points(state, {**state.points, _HELD: held})


def _ending_at(is_fatal: Callable[[bytes], bool]) -> LinkRules:
    """The process ends, and its connection with it."""
    return LinkRules(ends_at=is_fatal)


def _hanging_at(is_fatal: Callable[[str], bool]) -> SystemRules:
    """The worker ends, while its client stays connected: it neither hears nor speaks."""
    return SystemRules(is_upset_by=is_fatal, upset_for=math.inf)


def _has_text_for_a_pointset(config: bytes) -> bool:
    try:
        return isinstance(json.loads(config)["pointset"], str)
    except (KeyError, TypeError, ValueError):
        return False


def _is_about_the_pointset(why: str) -> bool:
    return "pointset" in why


ENDINGS = (
    deviation(
        "subscribes-once",
        LinkRules(subscribes=lambda losses: not losses),
        breaks="connection.takes-up-what-changed",
        implies=("connection.subscribes-at-qos-1",),
    ),
    deviation(
        "ends-at-a-pointset-that-is-text",
        _ending_at(_has_text_for_a_pointset),
        breaks="erroneous.device-goes-on",
        implies=("connection.stays-up",),
    ),
    deviation(
        "ends-at-an-empty-config",
        _ending_at(lambda config: not config),
        breaks="erroneous.device-goes-on",
        implies=("connection.stays-up", "erroneous.is-reported"),
    ),
    deviation(
        "hangs-at-a-pointset-that-is-text", _hanging_at(_is_about_the_pointset), breaks="erroneous.device-goes-on"
    ),
    deviation(
        "hangs-at-a-truncated-config",
        _hanging_at(lambda why: "JSON" in why),
        breaks="erroneous.device-goes-on",
        implies=("erroneous.is-reported",),
    ),
    deviation(
        "starts-anew-at-a-pointset-that-is-text",
        SystemRules(is_upset_by=_is_about_the_pointset),
        breaks="erroneous.device-goes-on",
        implies=("connection.stays-up",),
    ),
    deviation(
        "one-point-stays-overridden",
        StateRules(say=_one_held_for_good),
        breaks="writeback.absent-without-set-value",
        implies=("etag.unwritten-points-untouched",),
    ),
)
