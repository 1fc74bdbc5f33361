"""The inventory, or current state: nodes of hardware and software, and how they hang together. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from harness.payload.fields import Fields
from harness.payload.values import JSON, Field, IllTyped
from harness.protocols.update.words.envelope import pairs_as_json
from harness.protocols.update.words.pairs import Pairs, pairs_in

Object = dict[str, JSON]
DOMAIN_PARAMETER = "domain"  # by which the node of an agent names its domain


class SoftwareType(StrEnum):
    """The type of a software node."""

    IMAGE = "IMAGE"
    RAW = "RAW"
    DATA = "DATA"
    APPLICATION = "APPLICATION"
    CONTAINER = "CONTAINER"


@dataclass(frozen=True, slots=True)
class SoftwareNode:
    """One piece of software."""

    id: Field[str]
    version: Field[str] = None
    name: Field[str] = None
    type: Field[SoftwareType] = None
    parameters: Pairs = ()

    @property
    def domain(self) -> str | None:
        """The domain of which it is the agent; None: it is no agent's node."""
        return dict(self.parameters).get(DOMAIN_PARAMETER)


@dataclass(frozen=True, slots=True)
class HardwareNode:
    """One piece of hardware."""

    id: Field[str]
    version: Field[str] = None
    name: Field[str] = None
    addressable: Field[bool] = None
    parameters: Pairs = ()


@dataclass(frozen=True, slots=True)
class Association:
    """One node hangs on another."""

    source: Field[str]
    target: Field[str]


@dataclass(frozen=True, slots=True)
class Inventory:
    """All nodes, and what hangs on what."""

    software: tuple[SoftwareNode, ...] = ()
    hardware: tuple[HardwareNode, ...] = ()
    associations: tuple[Association, ...] = ()

    def versions(self) -> dict[str, str]:
        """The version of every software node that has one, by its id: a component's has its domain before it."""
        return {
            node.id: node.version
            for node in self.software
            if isinstance(node.id, str) and isinstance(node.version, str)
        }

    def as_json(self) -> Object:
        """The payload of its message."""
        parts: dict[str, list[JSON]] = {
            "hardwareNodes": [_hardware_as_json(node) for node in self.hardware],
            "softwareNodes": [_software_as_json(node) for node in self.software],
            "associations": [
                {"sourceId": _text(one.source), "targetId": _text(one.target)} for one in self.associations
            ],
        }
        return {name: part for name, part in parts.items() if part}


def read_inventory(body: Fields) -> Inventory:
    """Of a message's payload, as far as it can be read; what is amiss is listed among the message's problems."""
    return Inventory(
        tuple(_software(fields) for fields in _objects(body, "softwareNodes")),
        tuple(_hardware(fields) for fields in _objects(body, "hardwareNodes")),
        tuple(
            Association(fields.text("sourceId"), fields.text("targetId")) for fields in _objects(body, "associations")
        ),
    )


def _objects(body: Fields, name: str) -> Iterator[Fields]:
    return (entry for entry in body.blocks(name) if not isinstance(entry, IllTyped))


def _software(fields: Fields) -> SoftwareNode:
    return SoftwareNode(
        fields.text("id"),
        fields.text("version"),
        fields.text("name"),
        fields.word("type", SoftwareType),
        pairs_in(fields, "parameters"),
    )


def _hardware(fields: Fields) -> HardwareNode:
    return HardwareNode(
        fields.text("id"),
        fields.text("version"),
        fields.text("name"),
        fields.flag("addressable"),
        pairs_in(fields, "parameters"),
    )


def _software_as_json(node: SoftwareNode) -> Object:
    content: Object = {"id": _text(node.id)}
    for name, value in (("version", node.version), ("name", node.name), ("type", node.type)):
        content |= {name: value} if isinstance(value, str) else {}
    return content | _parameters(node.parameters)


def _hardware_as_json(node: HardwareNode) -> Object:
    content: Object = {"id": _text(node.id)}
    for name, value in (("version", node.version), ("name", node.name), ("addressable", node.addressable)):
        content |= {name: value} if isinstance(value, str | bool) else {}
    return content | _parameters(node.parameters)


def _parameters(pairs: Pairs) -> Object:
    return {"parameters": pairs_as_json(pairs)} if pairs else {}


def _text(value: Field[str]) -> str:
    return value if isinstance(value, str) else ""
