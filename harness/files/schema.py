"""Holds what was read from a file against its schema, and says in one line what is amiss."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import jsonschema
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from harness.errors import UsageError
from harness.files.data import data
from harness.files.schema_references import with_references_in_place
from harness.payload.json_schema import Validator
from harness.payload.values import JSON
from harness.suggest import hinted, nearest
from harness.text import printable


@dataclass(frozen=True, slots=True)
class SchemaMismatch:
    """A mismatch with a schema, and the keys that lead to it."""

    place: tuple[str | int, ...]
    words: str


def problem(content: object, schema: str | Path) -> SchemaMismatch | None:
    """The worst thing that is amiss, with the nearest allowed word. `schema`: the name of one of ours, or its file."""
    error = best_match(_validator(schema).iter_errors(content))
    if error is None:
        return None
    return SchemaMismatch((*error.absolute_path, *_unknown(error)[:1]), _words(error))


def require(content: object, schema: str, file: Path) -> None:
    """Raises UsageError with the file, the place in it and what is amiss there."""
    if found := problem(content, schema):
        raise UsageError(f"{file}: {named(found.place)}{found.words}")


def named(place: Iterable[str | int]) -> str:
    """The place before what is said of it; a key that does not print is escaped."""
    path = ".".join(printable(str(part)) for part in place)
    return f"{path}: " if path else ""


def _words(error: jsonschema.ValidationError) -> str:
    """The mismatch in the operator's words, where the schema's own would not help."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    match error.validator:
        case "additionalProperties":
            known = schema.get("properties", {})
            return _hinted("there is no such key here", _unknown(error), known, f"expected one of {', '.join(known)}")
        case "oneOf":
            wanted = [name for one in schema["oneOf"] for name in one.get("required", ())]
            return f"it needs exactly one of {', '.join(wanted)}"
        case "enum":
            return _hinted(error.message, [error.instance], schema["enum"])
        case _:
            return error.message


def _unknown(error: jsonschema.ValidationError) -> list[str]:
    """The keys that stand there and are not known."""
    if error.validator != "additionalProperties" or not isinstance(error.instance, dict):
        return []
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    return [name for name in error.instance if name not in known]


def _hinted(sentence: str, typed: Iterable[object], known: Iterable[str], otherwise: str = "") -> str:
    """The hint is of the first typed word that has a known word near it."""
    near = (word for word in typed if isinstance(word, str) and nearest(word, known))
    return hinted(sentence, next(near, ""), known, otherwise=otherwise)


@cache
def _validator(schema: str | Path) -> jsonschema.Draft202012Validator:
    file = schema if isinstance(schema, Path) else data(f"{schema}.json")
    raw = json.loads(file.read_text(encoding="utf-8"))
    alone = Registry[JSON]().with_resource("", DRAFT202012.create_resource(raw))
    return Validator(cast("Any", with_references_in_place(raw, "", alone)))
