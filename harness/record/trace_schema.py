"""The published schema of a line of `trace.ndjson`, made of the records: `python -m harness.record.trace_schema`."""

import json
from typing import Any

import msgspec

from harness.files.data import data
from harness.payload.values import JSON
from harness.record.lines import FORMAT, KINDS, YEAR_10000

FILE = data("schemas", "trace.json")

_PAYLOAD: JSON = {
    "description": "As it was on the wire: its text, or base64 of bytes that are no UTF-8.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"base64": {"type": "string", "contentEncoding": "base64"}},
            "required": ["base64"],
            "additionalProperties": False,
        },
    ],
}
_TIME: JSON = {"description": "Unix seconds.", "type": "number", "minimum": 0, "exclusiveMaximum": YEAR_10000}
_OVER_HTTP: JSON = {"properties": {"channel": {"const": "http"}}, "required": ["channel"]}


def text() -> str:
    """The schema, as JSON Schema 2020-12."""
    _, parts = msgspec.json.schema_components(KINDS.values(), ref_template="#/$defs/{name}")
    for name, kind in KINDS.items():
        parts[kind.__name__] = _line(name, parts[kind.__name__])
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A line of trace.ndjson, format {FORMAT}: what is left out is at its default",
        "oneOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in KINDS.values()],
        "$defs": {"Payload": _PAYLOAD, **parts},
    }
    return json.dumps(schema, indent=1) + "\n"


def _line(name: str, part: dict[str, Any]) -> dict[str, Any]:
    """A kind of record as its line has it: with its name, its payload as text, and nothing beside its fields."""
    fields = part["properties"] | {"time": _TIME}
    if "payload" in fields:
        fields["payload"] = {"$ref": "#/$defs/Payload"}
    line = part | {
        "properties": {"record": {"const": name}, **fields},
        "required": ["record", *part["required"]],
        "additionalProperties": False,
    }
    if "http" in fields:
        line |= {"if": _OVER_HTTP, "then": {"required": ["http"]}, "else": {"properties": {"http": {"type": "null"}}}}
    return line


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
