"""Messages against the JSON Schemas of their version of the rules. Nothing is fetched, and nothing raises."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain, islice
from math import isfinite
from pathlib import Path
from typing import Any, cast
from urllib.parse import urldefrag, urljoin

import jsonschema
from referencing import Registry, Resource

from harness.wire.instant import instant_of
from harness.wire.reader import brief, printable
from harness.wire.spec import Spec
from harness.wire.udmi import JSON

SCHEMAS = Path(__file__).parent.parent.parent / "fixtures" / "schemas"


class Kind(StrEnum):
    """What sort of message it is; its schema bears the name."""

    CONFIG = "config"
    STATE = "state"
    TELEMETRY = "events_pointset"
    SYSTEM_EVENT = "events_system"
    METADATA = "metadata"


class Flaw(StrEnum):
    """What may be amiss with a field."""

    MISSING = "missing"
    UNKNOWN = "unknown"  # no such field is known there
    MISNAMED = "misnamed"  # any name may stand there, but not one of that form
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Problem:
    """One field of a message that is not as its schema wants it: the keys that lead there, and what is amiss."""

    path: tuple[str, ...]
    flaw: Flaw
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        field = ".".join(map(printable, self.path)) or "the message"
        match self.flaw:
            case Flaw.MISSING:
                return f"{field} is missing"
            case Flaw.UNKNOWN:
                return f"{field} is not known there"
            case Flaw.MISNAMED:
                return f"{field} should be named in {self.expected}"
            case Flaw.WRONG:
                return f"{field} should be {self.expected}, but is {self.found}"


def problems(kind: Kind, spec: Spec, raw: JSON) -> list[Problem]:
    """All that the schema does not allow, up to 50; of a huge message, the first 500 entries of each part are seen."""
    errors = _validator(f"{spec}/{kind}.json").iter_errors(_bounded(raw, _DEEPEST))
    found = dict[Problem, None]()
    for problem in chain.from_iterable(map(_problems, errors)):
        found[problem] = None
        if len(found) == _MOST:
            break
    return list(found)


def _problems(error: jsonschema.ValidationError) -> Iterator[Problem]:
    """The field that it is about; one that names several makes several."""
    path = tuple(map(str, error.absolute_path))
    instance = cast("JSON", error.instance)
    if error.validator == "required" and isinstance(instance, dict):
        for name in cast("list[str]", error.validator_value):
            if name not in instance:
                yield Problem((*path, name), Flaw.MISSING)
    elif error.validator == "additionalProperties" and isinstance(instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for name in islice((name for name in instance if name not in known), _MOST):
            yield Problem((*path, name), Flaw.UNKNOWN)
    elif "propertyNames" in error.absolute_schema_path:
        yield Problem((*path, str(instance)), Flaw.MISNAMED, _expected(error))
    else:
        yield Problem(path, Flaw.WRONG, _expected(error), brief(instance))


def _expected(error: jsonschema.ValidationError) -> str:
    """What belongs there, in words: the schema's own, or else what its keyword says."""
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
        return None if isinstance(raw, float) and not isfinite(raw) else raw  # JSON has no NaN
    if levels == 0:
        return None
    if isinstance(raw, list):
        return [_bounded(item, levels - 1) for item in raw[:_WIDEST]]
    return {name: _bounded(item, levels - 1) for name, item in islice(raw.items(), _WIDEST)}


@cache
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    """With every reference put in place, as looking them up takes longer than all the rest. None goes in circles."""
    return jsonschema.Draft202012Validator(cast("Any", _whole({"$ref": schema}, "")), format_checker=_FORMATS)


def _whole(schema: JSON, file: str) -> JSON:
    if isinstance(schema, list):
        return [_whole(part, file) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        place = urljoin(file, str(schema["$ref"]))
        return _whole(_registry().resolver().lookup(place).contents, urldefrag(place).url)
    return {name: _whole(part, file) for name, part in schema.items() if name != "$defs"}


@cache
def _registry() -> Registry[JSON]:
    """Schemas refer to each other by their places in the folder, and to nothing else."""
    files = {file.relative_to(SCHEMAS).as_posix(): file for file in sorted(SCHEMAS.glob("*/*.json"))}
    read = ((uri, json.loads(file.read_text(encoding="utf-8"))) for uri, file in files.items())
    return Registry[JSON]().with_resources((uri, Resource.from_contents(raw)) for uri, raw in read).crawl()


_FORMATS = jsonschema.FormatChecker(())


@_FORMATS.checks("date-time")
def _is_instant(instance: object) -> bool:
    """RFC 3339, with the T that JSON Schema wants between date and time."""
    return not isinstance(instance, str) or (" " not in instance and instant_of(instance) is not None)


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
