"""References of a JSON Schema, each replaced by what it refers to: looking them up takes longer than all the rest."""

from urllib.parse import urldefrag, urljoin

from referencing import Registry

from harness.payload.values import JSON


def with_references_in_place(schema: JSON, file: str, registry: Registry[JSON]) -> JSON:
    """The same, of a part of that file of the registry. No reference may go in circles."""
    if isinstance(schema, list):
        return [with_references_in_place(part, file, registry) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        place = urljoin(file, str(schema["$ref"]))
        return with_references_in_place(registry.resolver().lookup(place).contents, urldefrag(place).url, registry)
    return {name: with_references_in_place(part, file, registry) for name, part in schema.items() if name != "$defs"}
