"""Devices that keep four bytes of a number, and show what is left of it. Whether that matters, the profile says."""

import struct
from collections.abc import Callable
from dataclasses import replace

from harness.payload.values import Value
from harness.protocols.udmi.profile import Point
from harness.protocols.udmi.words.messages import Telemetry
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.rules import TelemetryRules
from simulator.udmi.variations.variation import Remake, deviation, quirk

_TOLERANCE = 0.001


def _in_four_bytes(number: float) -> float:
    back: float = struct.unpack(">f", struct.pack(">f", number))[0]
    return back


def _shown(telemetry: Telemetry) -> Telemetry:
    shown = {n: _in_four_bytes(v) if isinstance(v, float) else v for n, v in telemetry.readings.items()}
    return replace(telemetry, readings=shown)


def _between(value: Value) -> Value:
    """A value close by that does not survive."""
    return round(value + 0.3, 1) if isinstance(value, float) else value


def _declaring(tolerance: float) -> Remake:
    """Its good values are none that four bytes keep."""
    return _each(lambda point: replace(point, good=tuple(map(_between, point.good)), tolerance=_of(point, tolerance)))


def _of(point: Point, tolerance: float) -> float:
    return tolerance if any(isinstance(value, float) for value in point.good) else 0.0


def _each(alter: Callable[[Point], Point]) -> Remake:
    def remade(file: DeviceFile) -> DeviceFile:
        points = {name: alter(point) for name, point in file.profile.points.items()}
        return replace(file, profile=replace(file.profile, points=points))

    return remade


_SINGLE = TelemetryRules(tell=_shown)

PRECISION = (
    quirk("single-precision", _SINGLE, device=_declaring(_TOLERANCE)),
    deviation(
        "single-precision-without-a-word",
        _SINGLE,
        device=_declaring(0.0),
        breaks="writeback.telemetry-follows",
        implies=("writeback.new-value-supersedes", "telemetry.write-that-changes-is-told"),
    ),
)
