"""A simulated device after a UDMI metadata.json. What the file does not say is made up here, as the device is ours.

The points that are never written on a real device for want of a value have good values here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from harness.payload.values import Value
from harness.protocols.udmi import profile
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.site_model.declaring import DeclaredPoint, declared, sort_of, wiring_of
from harness.protocols.udmi.site_model.metadata import Metadata, ModelPoint
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import (
    Behaviour,
    Condition,
    Faulty,
    Overridden,
    ReadOnly,
    SimulatedPoint,
    Stuck,
    Writable,
)
from simulator.udmi.declared.units import converted, others
from simulator.udmi.write_progress import unacceptable

# What the metadata expects where the baseline is written says how the point takes a write.
_BEHAVIOURS: Mapping[str | None, tuple[PointKind, Behaviour]] = {
    "overridden": (PointKind.OVERRIDDEN, Overridden()),
    "failure": (PointKind.FAULTY, Faulty()),
    "updating": (PointKind.STUCK, Stuck()),
}
_BASES: Mapping[str | None, Value] = {"boolean": False, "string": "idle"}


def device_after(metadata: Metadata) -> DeviceFile:
    """The device, and a profile that is true of it."""
    made = [_made(metadata.points[entry.point.name], entry) for entry in declared(metadata).points]
    plate = metadata.nameplate
    identity = DeviceIdentity(
        metadata.id,
        plate.make or "Setpoint",
        plate.model or "simulated",
        plate.serial_no or "0",
        plate.software or {"firmware": "simulated"},
        plate.addresses,
    )
    points = {declared.name: declared for _, declared in made}
    wiring = wiring_of(metadata)
    told = profile.Profile(metadata.id, points, None, 0.0, nameplate=identity.nameplate, wiring=wiring)
    return DeviceFile(identity, tuple(point for point, _ in made), told)


def _made(model: ModelPoint, entry: DeclaredPoint) -> tuple[SimulatedPoint, profile.Point]:
    kind, behaviour = _BEHAVIOURS.get(model.baseline_state, (PointKind.WRITABLE, Writable()))
    if not model.writable:
        kind, behaviour = PointKind.READ_ONLY, ReadOnly()
    point = SimulatedPoint(model.name, _base(model, entry), behaviour, units=model.units, ref=model.ref)
    if kind is not PointKind.READ_ONLY:
        point = _bounded(point, model)
    good = tuple(islice(_good(point, entry.point.good), 2))
    return point, _profiled(point, kind, good)


def _base(model: ModelPoint, entry: DeclaredPoint) -> Value:
    """The baseline; else something of the type that the file speaks of."""
    if model.baseline is not None:
        return model.baseline
    known = sort_of(entry.point.good[0]) if entry.point.good else None
    return _BASES.get(model.type or known, model.range_min if model.range_min is not None else 0.0)


def _bounded(point: SimulatedPoint, model: ModelPoint) -> SimulatedPoint:
    """Within the range of the file, if that is what the baseline lies in."""
    bounded = replace(point, minimum=model.range_min, maximum=model.range_max)
    return bounded if unacceptable(bounded, Condition(units=point.units), point.base) is None else point


def _good(point: SimulatedPoint, given: tuple[Value, ...]) -> Iterator[Value]:
    """Good values, those of the file first; they differ, the point takes them, and it does not show them by itself."""
    said: list[Value] = []
    for value in (*given, *_candidates(point)):
        fits = sort_of(value) == sort_of(point.base) and value != point.base and value not in said
        if fits and (isinstance(point.behaviour, ReadOnly) or not _refuses(point, value)):
            said.append(value)
            yield value


def _candidates(point: SimulatedPoint) -> Iterator[Value]:
    base = point.base
    if isinstance(base, bool):
        yield not base
    elif isinstance(base, str):
        yield from (f"{base} (1)", f"{base} (2)")
    else:
        for step in (1, 2, 0.5, 0.25, 0.125):
            yield from (base + step, base - step)


def _profiled(point: SimulatedPoint, kind: PointKind, good: tuple[Value, ...]) -> profile.Point:
    """Only a point that takes writes is asked for more than good values."""
    if kind is not PointKind.WRITABLE or not good:
        return profile.Point(point.name, kind, good, units=point.units)
    beyond = None
    if point.maximum is not None:
        beyond = point.maximum + 1
    elif point.minimum is not None:
        beyond = point.minimum - 1
    mistyped: Value = True if isinstance(point.base, str) else "wrong"
    in_others = {units: converted(good[0], point.units, units) for units in others(point.units)}
    elsewhere = {units: value for units, value in in_others.items() if not _refuses(point, value, units)}
    return profile.Point(point.name, kind, good, beyond, mistyped, point.units, elsewhere)


def _refuses(point: SimulatedPoint, value: Value, units: str | None = None) -> bool:
    return unacceptable(point, Condition(units=units or point.units), value) is not None
