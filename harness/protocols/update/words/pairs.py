"""A configuration, or parameters: keys with their values, as a list or as an object; the documents say both. Pure."""

from enum import StrEnum

from harness.payload.fields import Fields
from harness.payload.values import IllTyped

Pairs = tuple[tuple[str, str], ...]


class ConfigForm(StrEnum):
    """The form of a configuration in a desired state: `[{"key": …, "value": …}]`, or an object of values by key."""

    LIST = "list"
    OBJECT = "object"


def pairs_in(fields: Fields, name: str) -> Pairs:
    """The pairs of that field, as far as they are text; what is amiss with it is listed."""
    if fields.is_object(name):
        block = fields.block(name)
        values = [(key, block.text(key)) for key in block.names()] if block else []
        return tuple((key, value) for key, value in values if isinstance(value, str))
    found: list[tuple[str, str]] = []
    for pair in fields.blocks(name):
        if not isinstance(pair, IllTyped):
            key, value = pair.text("key"), pair.text("value")
            if isinstance(key, str) and isinstance(value, str):
                found.append((key, value))
    return tuple(found)
