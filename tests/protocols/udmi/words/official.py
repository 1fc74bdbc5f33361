"""UDMI's own schemas and examples, where a checkout of UDMI is at hand."""

import json
import os
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT7

from harness.protocols.udmi.words.schemas import MessageKind
from tests.runs import ROOT

_SIBLING = ROOT.parent / "shared" / "udmi-data"
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_FORMATS = jsonschema.FormatChecker(())


def checkout() -> Path | None:
    """The checkout that SETPOINT_UDMI names, or that lies beside this project."""
    named = os.environ.get("SETPOINT_UDMI")
    places = [Path(named)] if named else [_SIBLING]
    return next((place for place in places if (place / "schema" / "state.json").is_file()), None)


def examples(kind: MessageKind) -> Iterator[tuple[str, Any]]:
    """Every example of the kind, by its name, without the comments."""
    folder = (checkout() or ROOT) / "tests" / "schemas" / kind
    for file in sorted(folder.glob("*.json")):
        yield file.stem, json.loads(without_comments(file.read_text(encoding="utf-8")))


def is_upgraded(kind: MessageKind, example: str) -> bool:
    """Whether UDMI's own validator, which upgrades old messages first, finds nothing wrong with it."""
    found = (checkout() or ROOT) / "tests" / "schemas" / kind / f"{example}.out"
    return found.is_file() and not found.read_text(encoding="utf-8").strip()


def without_comments(text: str) -> str:
    """JSON, without what stands behind two slashes that are in no string."""
    return re.sub(r'("(?:[^"\\]|\\.)*")|//[^\n]*', lambda match: match[1] or "", text)


def allows(kind: MessageKind, message: object) -> bool:
    """Whether UDMI's schema has nothing against it."""
    return bool(_validator(kind).is_valid(message))


@cache
def places_without_type() -> frozenset[str]:
    """Schemas of things with named parts that do not say that these are objects, so that anything else passes."""
    return frozenset(place for name, schema in _read().items() for place in _untyped(schema, name))


@cache
def _validator(kind: MessageKind) -> jsonschema.Draft7Validator:
    resources = [(name, DRAFT7.create_resource(_typed(schema))) for name, schema in _read().items()]
    registry: Registry[Any] = Registry[Any]().with_resources(resources).crawl()
    return jsonschema.Draft7Validator({"$ref": f"{kind}.json"}, registry=registry, format_checker=_FORMATS)


@cache
def _read() -> dict[str, Any]:
    """Every schema; they refer to each other by file."""
    folder = (checkout() or ROOT) / "schema"
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.json"))}
    return {name: json.loads(text.replace('"file:', '"')) for name, text in texts.items()}


def _typed(schema: Any) -> Any:  # noqa: ANN401 - a schema
    """The same, in which a thing with named parts is an object."""
    if isinstance(schema, list):
        return [_typed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    typed = {name: _typed(part) for name, part in schema.items()}
    return {**typed, "type": "object"} if _lacks_type(schema) else typed


def _untyped(schema: Any, place: str) -> Iterator[str]:  # noqa: ANN401 - a schema
    if isinstance(schema, dict):
        if _lacks_type(schema):
            yield place
        for name, part in schema.items():
            yield from _untyped(part, f"{place}/{name}")


def _lacks_type(schema: dict[str, Any]) -> bool:
    """Whether it speaks of named parts, and is no table of properties in which a property has that name."""
    speaks = any(isinstance(schema.get(word), dict) for word in ("properties", "patternProperties"))
    return speaks and not isinstance(schema.get("type"), str | list)


@_FORMATS.checks("date-time")
def _is_instant(instance: object) -> bool:
    if not isinstance(instance, str):
        return True
    try:
        datetime.fromisoformat(instance.upper())
    except ValueError:
        return False
    return _TIMESTAMP.fullmatch(instance) is not None
