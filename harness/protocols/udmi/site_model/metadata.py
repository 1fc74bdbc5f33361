"""Reads a device's metadata.json: what it says of its points, and nothing that it does not say.

UDMI's own schema is the only one that it is held against, and that refuses nothing: a field that is read and holds what
it must not is refused, whatever else is amiss is told in one line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from harness.errors import UsageError
from harness.payload.fields import Fields
from harness.payload.values import JSON, Field, IllTyped, PayloadProblem, Value
from harness.protocols.udmi.nameplate import FAMILIES, Nameplate
from harness.protocols.udmi.site_model.model_file import defaults_for, merged, object_of
from harness.protocols.udmi.words.messages import ValueState
from harness.protocols.udmi.words.schemas import MessageKind, problems
from harness.protocols.udmi.words.spec import Spec
from harness.text import printable

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~%-]*")
_T = TypeVar("_T")
_PLAIN = re.compile("[a-z_]+")  # the only names that a config may have there
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class Type(StrEnum):
    """The type of a point's values."""

    STRING = "string"
    BOOLEAN = "boolean"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ModelPoint:
    """One point of the pointset. `baseline` is what it shows by itself, give or take `tolerance`."""

    name: str
    writable: bool = False
    units: str | None = None
    type: Type | None = None
    baseline: Value | None = None
    tolerance: float = 0.0
    baseline_state: ValueState | None = None
    range_min: float | None = None
    range_max: float | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """One of testing.targets that names a point: what to write to it. `value` None: nothing that a point can hold."""

    point: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """A device of a site model. `aims` by the value_state that each write is expected to lead to.

    `localnet`: the names of its families. `target`: where its gateway finds it, as a config has it. `objections`: what
    UDMI's schema has against the file, in words.
    """

    id: str
    points: Mapping[str, ModelPoint]
    aims: Mapping[str, Aim]
    nameplate: Nameplate = field(default_factory=Nameplate)
    gateway: str | None = None
    registry: str | None = None
    localnet: tuple[str, ...] = ()
    target: Mapping[str, JSON] = field(default_factory=dict)
    objections: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path, device: str | None = None) -> "Metadata":
        """With the site's defaults. `device`: its id, where it is known already.

        Raises UsageError with the file, the place in it and what is amiss there.
        """
        raw = merged(defaults_for(path), object_of(path, "metadata"))
        objections = tuple(map(str, problems(MessageKind.METADATA, Spec.UDMI_1_5, raw)))
        found: list[PayloadProblem] = []
        root = Fields(raw, found)
        told = _told(root, path, objections)
        if found:
            raise UsageError(f"{path}: {found[0]}")
        return replace(told, id=_id(device, path, _asset(root.block("system"))))


def _told(root: Fields, path: Path, objections: tuple[str, ...]) -> Metadata:
    """All but whose it is; what a field holds amiss is listed with the root."""
    system, gateway, localnet = root.block("system"), root.block("gateway"), root.block("localnet")
    families = _blocks(localnet.block("families") if localnet else None)
    addresses = {name: addr for name, raw in families.items() if (addr := _text(raw, "addr"))}
    return Metadata(
        id="",
        points={name: _point(name, raw) for name, raw in _named(root, path, "pointset", "points").items()},
        aims={
            word: Aim(point, _value(raw, "target_value"))
            for word, raw in _named(root, path, "testing", "targets").items()
            if (point := _text(raw, "target_point"))
        },
        nameplate=_nameplate(system, addresses),
        gateway=_text(gateway, "gateway_id"),
        localnet=tuple(families),
        target=_target(gateway.block("target") if gateway else None, addresses),
        objections=objections,
    )


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


def _named(root: Fields, path: Path, block: str, part: str) -> Mapping[str, Fields]:
    """The objects in that part of the block, by names of the form that a config can repeat. Raises UsageError."""
    outer = root.block(block)
    named = _blocks(outer.block(part) if outer else None)
    wrong = next((name for name in named if not _NAME.fullmatch(name)), None)
    if wrong is not None:
        words = "words of lower-case letters and digits, joined by single underscores"
        raise UsageError(f"{path}: {block}.{part} has '{printable(wrong)}'; expected {words}")
    return named


def _asset(system: Fields | None) -> str | None:
    tag = system.block("physical_tag") if system else None
    return _text(tag.block("asset") if tag else None, "name")


def _nameplate(system: Fields | None, addresses: Mapping[str, str]) -> Nameplate:
    """The nameplate; an empty field of a site model is unknown."""
    hardware, software = (system.block("hardware"), system.block("software")) if system else (None, None)
    versions = {part: software.text(part) for part in software.names()} if software else {}
    return Nameplate(
        _text(hardware, "make"),
        _text(hardware, "model"),
        _text(system, "serial_no"),
        {part: version for part, version in versions.items() if isinstance(version, str)},
        {name: addresses[name] for name in FAMILIES if name in addresses},
    )


def _target(raw: Fields | None, addresses: Mapping[str, str]) -> Mapping[str, JSON]:
    """As UDMI's registrar makes it: the address is that of the target's family, where localnet has one."""
    if raw is None:
        return {}
    texts = {name: _text(raw, name) for name in _OF_A_TARGET}
    adjunct = raw.block("adjunct")
    target: dict[str, JSON] = {name: text for name, text in texts.items() if text is not None}
    if isinstance(vendor_ref := raw.flag("vendor_ref"), bool):
        target["vendor_ref"] = vendor_ref
    if adjunct:
        texts_beside = {name: _text(adjunct, name) for name in adjunct.names() if _PLAIN.fullmatch(name)}
        target["adjunct"] = {name: text for name, text in texts_beside.items() if text is not None}
    found = addresses.get(texts["family"] or _VENDOR)
    return target if found is None or not target else {**target, "addr": found}


def _point(name: str, raw: Fields) -> ModelPoint:
    return ModelPoint(
        name,
        _there(raw.flag("writable")) or False,
        _text(raw, "units"),
        _there(raw.word("type", Type)),
        _value(raw, "baseline_value"),
        max(0.0, _there(raw.number("baseline_tolerance")) or 0.0),
        _there(raw.word("baseline_state", _BASELINE_STATES)),
        _there(raw.number("range_min")),
        _there(raw.number("range_max")),
        _text(raw, "ref"),
    )


def _blocks(raw: Fields | None) -> dict[str, Fields]:
    """The objects of an object, by name; what is none has been listed."""
    return {name: block for name in raw.names() if (block := raw.block(name)) is not None} if raw else {}


def _text(raw: Fields | None, name: str) -> str | None:
    """A text that is not empty."""
    return _there(raw.text(name)) or None if raw else None


def _value(raw: Fields, name: str) -> Value | None:
    """The values that a point can hold; the schema leaves open which other fields may be there."""
    read: Field[Value] = Fields(raw.others(), []).value(name)
    return None if isinstance(read, IllTyped) else read


def _there(read: Field[_T]) -> _T | None:
    return None if isinstance(read, IllTyped) else read


_VENDOR = "vendor"  # the family of a target that names none
_OF_A_TARGET = ("family", "addr", "network", "unitid", "parent_id", "shadow_id")
_BASELINE_STATES = tuple(word for word in ValueState if word is not ValueState.INITIALIZING)
