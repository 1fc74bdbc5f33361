"""The profile that follows from metadata. A value that the file does not give is never written to a real device.

`baseline_value` is not given to be written: the point shows it by itself, so nothing could be seen of the write.
Nor do `range_min` and `range_max` bound what may be written: they are thresholds for alarms.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from harness.payload.values import JSON, Value
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.site_model.metadata import Aim, Metadata, ModelPoint
from harness.protocols.udmi.words.site_placement import SitePlacement
from harness.text import printable

_KINDS: Mapping[str, PointKind] = {
    "applied": PointKind.WRITABLE,
    "overridden": PointKind.OVERRIDDEN,
    "failure": PointKind.FAULTY,
}
_INVALID = "invalid"
_REJECTED = (_INVALID, "failure")
_FAMILY = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
_NAMED = 5  # points that a line names before it only counts


@dataclass(frozen=True, slots=True)
class DeclaredPoint:
    """One point, and what the operator should know about how it came to be declared so."""

    point: Point
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteDeclaration:
    """`remarks`: on the device as a whole."""

    metadata: Metadata
    points: Sequence[DeclaredPoint]
    remarks: Sequence[str]

    @property
    def profile(self) -> Profile:
        """Every point is in it; those without a good value are never written."""
        points = {declared.point.name: declared.point for declared in self.points}
        return Profile(self.metadata.id, points, nameplate=self.metadata.nameplate, wiring=wiring_of(self.metadata))

    def lines(self) -> tuple[str, ...]:
        """All that the operator should know, in a few lines even for a device with many points."""
        unknown = [d.point.name for d in self.points if d.point.kind is not PointKind.READ_ONLY and not d.point.good]
        closed = [d.point.name for d in self.points if d.point.kind is PointKind.READ_ONLY and not d.point.good]
        said = [f"{declared.point.name}: {remark}" for declared in self.points for remark in declared.remarks]
        if unknown:
            said.append(f"writable, but never written, as the metadata gives no value for it: {_some(unknown)}")
        if closed:
            said.append(f"read-only, and never tried, as the metadata gives no value for it: {_some(closed)}")
        return (*self.remarks, *said)


def declared(metadata: Metadata) -> SiteDeclaration:
    """All of it, in the order of the file."""
    points = [
        _declare(point, {word: aim for word, aim in metadata.aims.items() if aim.point == name})
        for name, point in metadata.points.items()
    ]
    lost = [
        f"testing.targets.{word} names {aim.point!r}, which is no point of the device"
        for word, aim in metadata.aims.items()
        if aim.point not in metadata.points
    ]
    via = [f"its messages come through the gateway {printable(metadata.gateway)}"] if metadata.gateway else []
    return SiteDeclaration(metadata, points, [*_objections(metadata.objections), *via, *lost])


def _objections(found: Sequence[str]) -> list[str]:
    """Of what is not read, so that it spoils nothing here; UDMI's own tools may refuse it."""
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return [f"UDMI's schema of metadata is not kept: {found[0]}{more}"] if found else []


def wiring_of(metadata: Metadata) -> SitePlacement:
    """The device's place in the site, as UDMI's registrar puts it into a config; without the list of proxied devices.

    A config asks for families by name alone; a name that it cannot have is left out.
    """
    refs = {name: point.ref for name, point in metadata.points.items() if point.ref is not None}
    families: dict[str, JSON] = {name: {} for name in metadata.localnet if _FAMILY.fullmatch(name)}
    return SitePlacement(
        refs,
        {"families": families} if families else {},
        {"target": dict(metadata.target)} if metadata.target else {},
    )


def _declare(point: ModelPoint, aims: Mapping[str, Aim]) -> DeclaredPoint:
    usable: dict[str, Value] = {}
    remarks = []
    for word, aim in aims.items():
        if aim.value is None:
            remarks.append(f"testing.targets.{word} has no value that a point can hold")
        elif _is_shown_anyway(point, aim.value):
            remarks.append(f"testing.targets.{word} has {aim.value!r}, which the point shows by itself; not written")
        else:
            usable[word] = aim.value
    shaped, more = _writable(point, usable) if point.writable else _read_only(point, usable)
    return DeclaredPoint(shaped, (*remarks, *more))


def _writable(point: ModelPoint, aims: Mapping[str, Value]) -> tuple[Point, list[str]]:
    word = next((word for word in _KINDS if word in aims), None)
    why = f", as testing.targets.{word} speaks of the point too" if word else ""
    remarks = [f"testing.targets.{other} is left out{why}" for other in aims if other not in {word, _INVALID}]
    if word is None:
        return Point(point.name, PointKind.WRITABLE, (), units=point.units), remarks
    good, bad = aims[word], aims.get(_INVALID)
    if bad is None:
        return Point(point.name, _KINDS[word], (good,), units=point.units), remarks
    alike = sort_of(bad) == sort_of(good)
    beyond, mistyped = (bad, None) if alike else (None, bad)
    return Point(point.name, _KINDS[word], (good,), beyond, mistyped, point.units), remarks


def _read_only(point: ModelPoint, aims: Mapping[str, Value]) -> tuple[Point, list[str]]:
    """A point that is not said to be writable is read-only, UDMI 1.5, model_pointset_point."""
    values = {(sort_of(value), value): value for word, value in aims.items() if word in _REJECTED}
    remarks = [
        f"testing.targets.{word} writes to it, but it is not said to be writable; left out"
        for word in aims
        if word not in _REJECTED
    ]
    if "failure" in aims:
        remarks.append("the metadata expects failure; for a point that is not writable, invalid is asked for")
    return Point(point.name, PointKind.READ_ONLY, tuple(values.values()), units=point.units), remarks


def sort_of(value: Value) -> str:
    """As metadata's own `type` names it."""
    return "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"


def _is_shown_anyway(point: ModelPoint, value: Value) -> bool:
    shown = point.baseline
    if shown is None or sort_of(shown) != sort_of(value):
        return False
    if isinstance(shown, str) or isinstance(value, str):
        return shown == value
    return abs(value - shown) <= point.tolerance


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(islice(names, _NAMED)) + (f" and {more} more" if more > 0 else "")
