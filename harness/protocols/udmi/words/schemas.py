"""Messages against the JSON Schemas of their version of the rules. Nothing is fetched, and nothing raises."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain, islice
from math import isfinite
from typing import Any, cast

import jsonschema
from referencing import Registry, Resource

from harness.files.data import data
from harness.files.schema_references import with_references_in_place
from harness.payload.json_schema import Validator
from harness.payload.timestamps import parsed_timestamp
from harness.payload.values import JSON
from harness.protocols.udmi.words.spec import Spec
from harness.text import brief, printable

SCHEMAS = data("udmi", "schemas")


class MessageKind(StrEnum):
    """The kind of a message; its schema bears the name."""

    CONFIG = "config"
    STATE = "state"
    TELEMETRY = "events_pointset"
    SYSTEM_EVENT = "events_system"
    METADATA = "metadata"


class FieldFlaw(StrEnum):
    """The flaw of a field."""

    MISSING = "missing"
    UNKNOWN = "unknown"  # no such field is known there
    MISNAMED = "misnamed"  # any name may stand there, but not one of that form
    WRONG = "wrong"
    REPEATED = "repeated"  # its object has the name more than once
    NULL = "null"  # it could be left out, and is there without content


@dataclass(frozen=True, slots=True)
class SchemaProblem:
    """One field of a message that is not as its schema wants it: the keys that lead there, and what is amiss."""

    path: tuple[str, ...]
    flaw: FieldFlaw
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        field = ".".join(map(printable, self.path)) or "the message"
        match self.flaw:
            case FieldFlaw.MISSING:
                return f"{field} is missing"
            case FieldFlaw.UNKNOWN:
                return f"{field} is not known there"
            case FieldFlaw.MISNAMED:
                return f"{field} should be named in {self.expected}"
            case FieldFlaw.WRONG:
                return f"{field} should be {self.expected}, but is {self.found}"
            case FieldFlaw.REPEATED:
                return f"{field} stands there more than once"
            case FieldFlaw.NULL:
                return f"{field} should be left out where there is nothing to say, but is null"


def problems(kind: MessageKind, spec: Spec, raw: JSON) -> list[SchemaProblem]:
    """All that the schema does not allow, up to 50; of a huge message, the first 500 entries of each part are seen.

    A field that holds `null` is missing where the schema asks for it; elsewhere the problem is that it is there at all.
    """
    validator, message = _validator(f"{spec}/{kind}.json"), _bounded(raw, _DEEPEST)
    found = _found(validator, message)
    empty = [problem.path for problem in found if problem.flaw is FieldFlaw.NULL]
    if not empty:
        return found
    for place in empty:
        _remove(message, place)
    lacking = {problem.path: problem for problem in _found(validator, message) if problem.flaw is FieldFlaw.MISSING}
    return [lacking.get(problem.path, problem) if problem.flaw is FieldFlaw.NULL else problem for problem in found]


def _found(validator: jsonschema.Draft202012Validator, message: JSON) -> list[SchemaProblem]:
    """The first 50, each once."""
    found = dict[SchemaProblem, None]()
    for problem in chain.from_iterable(map(_problems, validator.iter_errors(message))):
        found[problem] = None
        if len(found) == _MOST:
            break
    return list(found)


def _problems(error: jsonschema.ValidationError) -> Iterator[SchemaProblem]:
    """The field that it is about; one that names several makes several."""
    path = tuple(map(str, error.absolute_path))
    instance = cast("JSON", error.instance)
    if error.validator == "required" and isinstance(instance, dict):
        for name in cast("list[str]", error.validator_value):
            if name not in instance:
                yield SchemaProblem((*path, name), FieldFlaw.MISSING)
    elif error.validator == "additionalProperties" and isinstance(instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for name in islice((name for name in instance if name not in known), _MOST):
            yield SchemaProblem((*path, name), FieldFlaw.UNKNOWN)
    elif "propertyNames" in error.absolute_schema_path:
        yield SchemaProblem((*path, str(instance)), FieldFlaw.MISNAMED, _expected(error))
    elif instance is None and error.absolute_path and isinstance(error.absolute_path[-1], str):
        yield SchemaProblem(path, FieldFlaw.NULL)
    else:
        yield SchemaProblem(path, FieldFlaw.WRONG, _expected(error), brief(instance))


def _expected(error: jsonschema.ValidationError) -> str:
    """The expected content, in words: the schema's own, or else those for its keyword."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    limit = error.validator_value
    if "title" in schema and limit != "object":
        return str(schema["title"])
    if error.validator == "type":
        return _TYPES.get(str(limit), str(limit))
    if error.validator == "enum" and isinstance(limit, list):
        return f"one of {', '.join(map(str, limit))}"
    keyword = str(error.validator)
    return f"{_LIMITS.get(keyword, keyword)} {limit}"


def _bounded(raw: JSON, levels: int) -> JSON:
    """As deep and as wide as any message may be that is worth a look; what is cut off could only be unknown."""
    if not isinstance(raw, list | dict):
        return cast("JSON", _Unbounded(raw)) if isinstance(raw, float) and not isfinite(raw) else raw
    if levels == 0:
        return None
    if isinstance(raw, list):
        return [_bounded(item, levels - 1) for item in raw[:_WIDEST]]
    return {name: _bounded(item, levels - 1) for name, item in islice(raw.items(), _WIDEST)}


def _remove(message: JSON, place: tuple[str, ...]) -> None:
    """Take out the field at that place."""
    *blocks, name = place
    for part in blocks:
        message = message[int(part)] if isinstance(message, list) else cast("dict[str, JSON]", message)[part]
    del cast("dict[str, JSON]", message)[name]


@dataclass(frozen=True, slots=True)
class _Unbounded:
    """A number that no float holds, such as 1e400: to a schema it is of no type."""

    number: float

    def __repr__(self) -> str:
        return repr(self.number)


@cache
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    whole = with_references_in_place({"$ref": schema}, "", registry())
    return Validator(cast("Any", whole), format_checker=_FORMATS)


@cache
def registry() -> Registry[JSON]:
    """Schemas refer to each other by their places in the folder, and to nothing else."""
    files = {file.relative_to(SCHEMAS).as_posix(): file for file in sorted(SCHEMAS.glob("*/*.json"))}
    read = ((uri, json.loads(file.read_text(encoding="utf-8"))) for uri, file in files.items())
    return Registry[JSON]().with_resources((uri, Resource.from_contents(raw)) for uri, raw in read).crawl()


_FORMATS = jsonschema.FormatChecker(())


@_FORMATS.checks("date-time")
def _is_instant(instance: object) -> bool:
    """RFC 3339, with the T that JSON Schema wants between date and time."""
    return not isinstance(instance, str) or (" " not in instance and parsed_timestamp(instance) is not None)


_MOST = 50  # problems of one message
_DEEPEST = 20  # levels
_WIDEST = 500  # entries of an object or a list
_LIMITS = {"const": "just", "minimum": "no less than", "maximum": "no more than", "pattern": "of the form"}
_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "boolean": "true or false",
    "integer": "an integer",
    "number": "a number",
}
