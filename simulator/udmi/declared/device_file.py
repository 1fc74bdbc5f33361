"""Reads a device from TOML: how it behaves, and what its profile declares of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.files.toml_file import TomlFile
from harness.protocols.udmi import profile
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.profile_values import is_sayable, slip_of
from harness.protocols.udmi.words.site_placement import SitePlacement
from simulator.udmi.declared.device_check import slips
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import (
    Behaviour,
    Faulty,
    Overridden,
    ReadOnly,
    SimulatedPoint,
    Slow,
    Stuck,
    Writable,
)

_BEHAVIOURS: Mapping[PointKind, Callable[[Mapping[str, Any]], Behaviour]] = {
    PointKind.WRITABLE: lambda _: Writable(),
    PointKind.READ_ONLY: lambda _: ReadOnly(),
    PointKind.OVERRIDDEN: lambda raw: Overridden(raw.get("by", "local operator")),
    PointKind.SLOW: lambda raw: Slow(raw["settles_after"]),
    PointKind.STUCK: lambda _: Stuck(),
    PointKind.FAULTY: lambda raw: Faulty(raw.get("fault", "does not answer")),
}

_NAMEPLATE = ("make", "model", "serial_no", "software", "addresses")


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """A device and its profile. Ours is on the same machine, so nothing is lost on the way."""

    identity: DeviceIdentity
    points: tuple[SimulatedPoint, ...]
    profile: profile.Profile

    @classmethod
    def read(cls, path: Path) -> "DeviceFile":
        """Raises UsageError, with the file and what is amiss in it."""
        file = TomlFile.read(path, "udmi/schemas/device")
        raw = file.content
        identity = DeviceIdentity(raw["id"], **{name: raw[name] for name in _NAMEPLATE if name in raw})
        points = tuple(_point(name, entry) for name, entry in raw.get("points", {}).items())
        declared = {name: profile.Point.declared(name, entry) for name, entry in raw.get("points", {}).items()}
        for point in points:
            if slip := slip_of(declared[point.name]):
                raise file.amiss(("points", point.name, slip.key), slip.words)
            if not is_sayable(point.base):
                raise file.amiss(("points", point.name, "base"), f"it is {point.base}, which JSON cannot carry")
            for words in slips(point, declared[point.name]):
                raise file.amiss(("points", point.name), words)
        told = profile.Profile(
            identity.id,
            declared,
            raw.get("time_to_failure"),
            0.0,
            nameplate=identity.nameplate,
            wiring=SitePlacement.declared(raw),
        )
        return cls(identity, points, told)


def _point(name: str, raw: Mapping[str, Any]) -> SimulatedPoint:
    behaviour = _BEHAVIOURS[PointKind(raw["kind"])](raw)
    bounds = raw.get("minimum"), raw.get("maximum")
    return SimulatedPoint(name, raw["base"], behaviour, *bounds, units=raw.get("units"), ref=raw.get("ref"))
