"""Reads a device from TOML: how it behaves, and what its profile declares of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness import profile
from harness.profile import Kind
from harness.toml_file import TomlFile
from simulator.device_check import slips
from simulator.identity import Identity
from simulator.points import Behaviour, Faulty, Overridden, Point, ReadOnly, Slow, Stuck, Writable

_BEHAVIOURS: Mapping[Kind, Callable[[Mapping[str, Any]], Behaviour]] = {
    Kind.WRITABLE: lambda _: Writable(),
    Kind.READ_ONLY: lambda _: ReadOnly(),
    Kind.OVERRIDDEN: lambda raw: Overridden(raw.get("by", "local operator")),
    Kind.SLOW: lambda raw: Slow(raw["settles_after"]),
    Kind.STUCK: lambda _: Stuck(),
    Kind.FAULTY: lambda raw: Faulty(raw.get("fault", "does not answer")),
}

_NAMEPLATE = ("make", "model", "serial_no", "software", "addresses")


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """A device and its profile. Ours is on the same machine, so nothing is lost on the way."""

    identity: Identity
    points: tuple[Point, ...]
    profile: profile.Profile

    @classmethod
    def read(cls, path: Path) -> "DeviceFile":
        """Raises UsageError, with the file and what is amiss in it."""
        file = TomlFile.read(path, "device")
        raw = file.content
        identity = Identity(raw["id"], **{name: raw[name] for name in _NAMEPLATE if name in raw})
        points = tuple(_point(name, entry) for name, entry in raw["points"].items())
        declared = {name: profile.Point.declared(name, entry) for name, entry in raw["points"].items()}
        for point in points:
            for slip in slips(point, declared[point.name]):
                raise file.amiss(("points", point.name), slip)
        told = profile.Profile(identity.id, declared, raw.get("time_to_failure"), 0.0, nameplate=identity.nameplate)
        return cls(identity, points, told)


def _point(name: str, raw: Mapping[str, Any]) -> Point:
    behaviour = _BEHAVIOURS[Kind(raw["kind"])](raw)
    return Point(name, raw["base"], behaviour, raw.get("minimum"), raw.get("maximum"), raw.get("units"))
