"""Devices at the end of an odd road: messages come late, some later than others, or twice, as QoS 1 permits.

The profile says how long they may take.
"""

from collections.abc import Sequence
from dataclasses import replace

from harness.protocols.udmi.words.messages import ValueState
from simulator.link.network_conditions import one_after_the_other, repeated, slow
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.points import Slow, Stuck
from simulator.udmi.rules import StateRules
from simulator.udmi.variations.narrowing import each_step, moved
from simulator.udmi.variations.variation import Remake, Variation, deviation, quirk


def allowing(seconds: float) -> Remake:
    """The same device, whose profile allows a message so many seconds."""

    def remade(file: DeviceFile) -> DeviceFile:
        return replace(file, profile=replace(file.profile, network_allowance=seconds))

    return remade


def _late(name: str, there: Sequence[float], back: Sequence[float], allowance: float) -> Variation:
    return quirk(name, network=slow(there, back), device=allowing(allowance))


def _far_off_and_slow(file: DeviceFile) -> DeviceFile:
    """The device far away, its slow points slower: else they are done before the far cloud can interfere."""
    points = tuple(replace(p, behaviour=Slow(12)) if isinstance(p.behaviour, Slow) else p for p in file.points)
    return allowing(1.5)(replace(file, points=points))


_NONE = (0.0,)
_UNEVEN = (0.0, 0.3, 0.05, 0.25, 0.15)
_NOW_AND_THEN = (*(0.02 for _ in range(10)), 0.9)
_BURSTY = (0.02, 0.02, 0.9, 0.02, 0.6)

SLOW_NETWORKS = (
    _late("answers-come-late", (0.3,), _NONE, 0.5),
    _late("answers-come-a-second-late", (1.0,), _NONE, 1.0),
    _late("configs-come-late", _NONE, (0.3,), 0.5),
    _late("configs-come-a-second-late", _NONE, (1.0,), 1.0),
    _late("far-away", (0.3,), (0.3,), 0.5),
    _late("very-far-away", (0.9,), (0.9,), 1.0),
    quirk("beyond-a-satellite", network=slow((1.4,), (1.4,)), device=_far_off_and_slow),
    _late("uneven-road", _UNEVEN, _UNEVEN, 0.5),
    _late("bursty-road", _BURSTY, _BURSTY, 1.0),
    _late("configs-come-in-bursts", _NONE, _BURSTY, 1.0),
    _late("configs-are-held-up-now-and-then", (0.02,), _NOW_AND_THEN, 1.0),
    _late("answers-are-held-up-now-and-then", _NOW_AND_THEN, (0.02,), 1.0),
    _late("next-door-and-given-time", _NONE, _NONE, 1.0),
    deviation(
        "states-a-little-too-close-from-afar",
        StateRules(between_states=0.895),
        device=allowing(1.0),
        breaks="config.at-most-one-state-a-second",
    ),
    deviation(
        "fails-just-too-late-next-door",
        each_step(moved(ValueState.FAILURE, 65.5), Stuck),
        device=allowing(1.0),
        breaks="writeback.failure-after-a-minute",
    ),
    quirk("says-states-twice", network=repeated("/state")),
    quirk("says-states-three-times", network=repeated("/state", times=3)),
    deviation(
        "says-states-ten-times",
        network=repeated("/state", times=10),
        breaks="config.at-most-one-state-a-second",
    ),
    quirk("says-telemetry-twice", network=repeated("/events/pointset")),
    quirk("says-everything-twice", network=repeated("/state", "/events/pointset")),
    quirk(
        "says-everything-twice-and-late",
        network=one_after_the_other(repeated("/state", "/events/pointset"), slow(_UNEVEN, _UNEVEN)),
        device=allowing(0.5),
    ),
)
