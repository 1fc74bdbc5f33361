"""Reads a device's metadata.json: what it says of its points, and nothing that it does not say."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.nameplate import FAMILIES, Nameplate
from harness.schema import require
from harness.wire.udmi import Value

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~%-]*")


@dataclass(frozen=True, slots=True)
class ModelPoint:
    """One point of the pointset. `baseline` is what it shows by itself, give or take `tolerance`."""

    name: str
    writable: bool = False
    units: str | None = None
    type: str | None = None
    baseline: Value | None = None
    tolerance: float = 0.0
    baseline_state: str | None = None
    range_min: float | None = None
    range_max: float | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """One of testing.targets: what to write to which point. `value` None: nothing that a point can hold."""

    point: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """A device of a site model. `aims` by the value_state that each write is expected to lead to."""

    id: str
    points: Mapping[str, ModelPoint]
    aims: Mapping[str, Aim]
    nameplate: Nameplate = field(default_factory=Nameplate)
    gateway: str | None = None
    registry: str | None = None

    @classmethod
    def read(cls, path: Path, device: str | None = None) -> "Metadata":
        """`device`: its id, where it is known already. Raises UsageError with the file and what is amiss there."""
        raw = json_of(path, "metadata")
        require(raw, "metadata", path)
        system = raw.get("system", {})
        return cls(
            id=_id(device, path, system.get("physical_tag", {}).get("asset", {}).get("name")),
            points={name: _point(name, entry) for name, entry in raw["pointset"]["points"].items()},
            aims={
                word: Aim(entry["target_point"], _value(entry.get("target_value")))
                for word, entry in raw.get("testing", {}).get("targets", {}).items()
            },
            nameplate=_nameplate(system, raw.get("localnet", {}).get("families", {})),
            gateway=raw.get("gateway", {}).get("gateway_id"),
        )


def json_of(path: Path, what: str) -> Any:  # noqa: ANN401 - nothing is known of it yet
    """What stands in the file. Raises UsageError where it cannot be read, or is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)
    except OSError as error:
        raise UsageError(f"cannot read the {what} {path}: {error.strerror}") from error
    except RecursionError as error:
        raise UsageError(f"{path} is not JSON that can be read: it is nested too deeply") from error
    except ValueError as error:
        raise UsageError(f"{path} is not JSON: {error}") from error


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")


def _id(device: str | None, path: Path, asset: str | None) -> str:
    """The folder's name goes before the asset's: it is what a site model knows the device by."""
    folder = path.absolute().parent
    name = device or (folder.name if folder.parent.name == "devices" else asset)
    if not name:
        raise UsageError(
            f"{path} does not say which device it is: it lies in no folder devices/ID, and has no "
            "system.physical_tag.asset.name"
        )
    if not ID.fullmatch(name):
        raise UsageError(f"{path}: the device's id is {name!r}; expected letters, digits and -._~%")
    return name


def _nameplate(system: Mapping[str, Any], families: Mapping[str, Any]) -> Nameplate:
    """What is left empty in a site model is not known."""
    hardware = system.get("hardware", {})
    return Nameplate(
        hardware.get("make") or None,
        hardware.get("model") or None,
        system.get("serial_no") or None,
        system.get("software", {}),
        {name: families[name]["addr"] for name in FAMILIES if families.get(name, {}).get("addr")},
    )


def _point(name: str, raw: Mapping[str, Any]) -> ModelPoint:
    return ModelPoint(
        name,
        raw.get("writable", False),
        raw.get("units") or None,
        raw.get("type"),
        _value(raw.get("baseline_value")),
        raw.get("baseline_tolerance", 0.0),
        raw.get("baseline_state"),
        raw.get("range_min"),
        raw.get("range_max"),
    )


def _value(raw: object) -> Value | None:
    if isinstance(raw, bool | str | int):
        return raw
    return raw if isinstance(raw, float) and math.isfinite(raw) else None
