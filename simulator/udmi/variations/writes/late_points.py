"""Devices whose only point takes its time: all that is asked of writes is asked of that one."""

from dataclasses import replace

from harness.payload.values import Value
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.words.messages import ValueState
from simulator.udmi import write_progress
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.points import Condition, SimulatedPoint, Slow
from simulator.udmi.rules import WriteRules
from simulator.udmi.variations.devices import only
from simulator.udmi.variations.narrowing import moved
from simulator.udmi.variations.variation import Remake, deviation, quirk
from simulator.udmi.write_progress import Plan


def _settling(seconds: float) -> WriteRules:
    """A good value is updating at once, and applied so many seconds later."""
    says_so_at_once = moved(ValueState.UPDATING, 0)

    def plan(point: SimulatedPoint, condition: Condition, value: Value, telemetry_in: float) -> Plan:
        ready = condition.settles_after is not None
        slower = replace(condition, settles_after=seconds) if ready else condition
        return tuple(map(says_so_at_once, write_progress.plan(point, slower, value, telemetry_in)))

    return WriteRules(plan=plan)


def _documenting(seconds: float) -> Remake:
    """It has one writable point, whose profile says how long a write may take."""

    def remade(file: DeviceFile) -> DeviceFile:
        alone = only(PointKind.WRITABLE, most=1)(file)
        points = {name: replace(point, settles_within=seconds) for name, point in alone.profile.points.items()}
        return replace(alone, profile=replace(alone.profile, points=points))

    return remade


def _slow_for(seconds: float) -> Remake:
    def remade(file: DeviceFile) -> DeviceFile:
        alone = only(PointKind.SLOW, most=1)(file)
        return replace(alone, points=tuple(replace(point, behaviour=Slow(seconds)) for point in alone.points))

    return remade


LATE_POINTS = (
    quirk("only-point-takes-ten-seconds", _settling(10), device=only(PointKind.WRITABLE, most=1)),
    quirk("only-point-takes-sixteen-seconds-and-says-so", _settling(16), device=_documenting(16)),
    quirk("only-point-takes-thirty-seconds-and-says-so", _settling(30), device=_documenting(40)),
    quirk("only-point-is-slow-for-fifty-seconds", device=_slow_for(50)),
    deviation(
        "finishes-old-first-on-its-only-point",
        replace(_settling(10), begins_anew=lambda _before, _value: False),
        breaks="writeback.new-value-supersedes",
        implies=(
            "config.new-config-abandons-old",
            "etag.changes-after-accepted-config",
            "telemetry.write-that-changes-is-told",
            "writeback.telemetry-follows",
            "writeback.unfit-value-is-invalid",
        ),
        device=only(PointKind.WRITABLE, most=1),
    ),
)
