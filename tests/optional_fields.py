"""The optional fields that a message does without, by the schema of UDMI 1.5."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from harness.files.schema_references import with_references_in_place
from harness.protocols.udmi.words.schemas import MessageKind, registry


def left_out(kind: MessageKind, message: object) -> Iterator[str]:
    """The fields that its schema knows in a block that is there, and that the message does not have."""
    return _left_out(cast("Any", with_references_in_place({"$ref": f"udmi-1.5/{kind}.json"}, "", registry())), message)


def _left_out(schema: Mapping[str, Any], raw: object, place: str = "") -> Iterator[str]:
    if isinstance(raw, list):
        for item in raw:
            yield from _left_out(schema.get("items", {}), item, f"{place}[]")
    if not isinstance(raw, dict):
        return
    known, others = schema.get("properties", {}), schema.get("additionalProperties")
    yield from (f"{place}.{name}" for name in known if name not in raw)
    for name, inner in raw.items():
        if name in known:
            yield from _left_out(known[name], inner, f"{place}.{name}")
        elif isinstance(others, dict):
            yield from _left_out(others, inner, f"{place}.*")
