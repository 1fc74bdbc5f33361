"""Devices at the end of an odd road: messages come late, some later than others, or twice, as QoS 1 permits.

The profile says how long they may take.
"""

from collections.abc import Sequence
from dataclasses import replace

from simulator.device_file import DeviceFile
from simulator.points import Slow
from simulator.road import one_after_the_other, repeated, slow
from simulator.variations.variation import Remake, Variation, quirk


def allowing(seconds: float) -> Remake:
    """The same device, whose profile allows a message so many seconds."""

    def remade(file: DeviceFile) -> DeviceFile:
        return replace(file, profile=replace(file.profile, network_allowance=seconds))

    return remade


def _late(name: str, there: Sequence[float], back: Sequence[float], allowance: float) -> Variation:
    return quirk(name, road=slow(there, back), device=allowing(allowance))


def _far_off_and_slow(file: DeviceFile) -> DeviceFile:
    """What it does at once, or nearly, is done before anybody so far away can interfere."""
    points = tuple(replace(p, behaviour=Slow(12)) if isinstance(p.behaviour, Slow) else p for p in file.points)
    return allowing(1.5)(replace(file, points=points))


_NONE = (0.0,)
_UNEVEN = (0.0, 0.3, 0.05, 0.25, 0.15)
_BURSTY = (0.02, 0.02, 0.9, 0.02, 0.6)

ROADS = (
    _late("answers-come-late", (0.3,), _NONE, 0.5),
    _late("answers-come-a-second-late", (1.0,), _NONE, 1.0),
    _late("configs-come-late", _NONE, (0.3,), 0.5),
    _late("configs-come-a-second-late", _NONE, (1.0,), 1.0),
    _late("far-away", (0.3,), (0.3,), 0.5),
    _late("very-far-away", (0.9,), (0.9,), 1.0),
    quirk("beyond-a-satellite", road=slow((1.4,), (1.4,)), device=_far_off_and_slow),
    _late("uneven-road", _UNEVEN, _UNEVEN, 0.5),
    _late("bursty-road", _BURSTY, _BURSTY, 1.0),
    _late("next-door-and-given-time", _NONE, _NONE, 1.0),
    quirk("says-states-twice", road=repeated("/state")),
    quirk("says-telemetry-twice", road=repeated("/events/pointset")),
    quirk("says-everything-twice", road=repeated("/state", "/events/pointset")),
    quirk(
        "says-everything-twice-and-late",
        road=one_after_the_other(repeated("/state", "/events/pointset"), slow(_UNEVEN, _UNEVEN)),
        device=allowing(0.5),
    ),
)
