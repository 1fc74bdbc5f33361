"""Reads a device from TOML: how it behaves, and what its profile declares of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.files.toml_file import TomlFile
from harness.payload.values import JSON
from harness.protocols.replica.device_profile import DeviceProfile, ValueKind, declared_property
from harness.protocols.replica.words.topics import Scheme
from simulator.replica.device.properties import Property, is_same

_SCHEMA = "replica/schemas/device"


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """A device and its profile. Ours is on the same machine, so nothing is lost on the way."""

    properties: tuple[Property, ...]
    profile: DeviceProfile

    @classmethod
    def read(cls, path: Path, scheme: Scheme = Scheme.SEED) -> "DeviceFile":
        """Raises UsageError, with the file, the line, and what is amiss there."""
        file = TomlFile.read(path, _SCHEMA)
        tables = file.content["properties"]
        properties = tuple(_property(name, raw) for name, raw in tables.items())
        for known in properties:
            raw = tables[known.name]
            unfit = [value for value in [known.base, *raw.get("good", ())] if not known.admits(value)]
            if unfit:
                raise file.amiss(("properties", known.name), f"it does not take {unfit[0]!r} itself")
            if "impossible" in raw and known.admits(raw["impossible"]):
                raise file.amiss(("properties", known.name, "impossible"), "that is a value that it takes")
        declared = {name: declared_property(name, raw) for name, raw in tables.items()}
        return cls(properties, DeviceProfile(file.content["id"], declared, scheme, network_allowance=0.0))


def _property(name: str, raw: Mapping[str, Any]) -> Property:
    return Property(
        name,
        raw["base"],
        _admits(ValueKind(raw["type"]), raw),
        raw.get("settles_after", 0.0),
        raw.get("read_only", False),
        raw.get("counts"),
    )


def _admits(kind: ValueKind, raw: Mapping[str, Any]) -> Callable[[JSON], bool]:
    least, most = raw.get("minimum", float("-inf")), raw.get("maximum", float("inf"))
    choices = raw.get("choices")

    def admits(value: JSON) -> bool:
        if choices is not None and not any(is_same(value, choice) for choice in choices):
            return False
        match kind:
            case ValueKind.BOOLEAN:
                return isinstance(value, bool)
            case ValueKind.STRING:
                return isinstance(value, str)
            case ValueKind.ARRAY:
                return isinstance(value, list)
            case ValueKind.INTEGER | ValueKind.NUMBER:
                is_number = isinstance(value, int) or (isinstance(value, float) and kind is ValueKind.NUMBER)
                return is_number and not isinstance(value, bool) and least <= value <= most

    return admits
