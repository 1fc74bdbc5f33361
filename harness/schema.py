"""Holds what was read from a file against its schema, and says in one line what is amiss."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import jsonschema
from jsonschema.exceptions import best_match

from harness.errors import UsageError

_SCHEMAS = Path(__file__).parent.parent / "fixtures" / "schemas"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is amiss, and the keys that lead to it."""

    place: tuple[str | int, ...]
    words: str


def problem(content: object, schema: str) -> Problem | None:
    """The worst thing that is amiss, with the nearest allowed word."""
    error = best_match(_validator(schema).iter_errors(content))
    if error is None:
        return None
    return Problem((*error.absolute_path, *_unknown(error)[:1]), _words(error))


def require(content: object, schema: str, file: Path) -> None:
    """Raises UsageError with the file, the place in it and what is amiss there."""
    if found := problem(content, schema):
        raise UsageError(f"{file}: {named(found.place)}{found.words}")


def named(place: Iterable[str | int]) -> str:
    """The place before what is said of it; a key that does not print is escaped."""
    path = ".".join(part if part.isprintable() else repr(part) for part in map(str, place))
    return f"{path}: " if path else ""


def _words(error: jsonschema.ValidationError) -> str:
    """What is amiss, in the operator's words where the schema's own would not do."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    match error.validator:
        case "additionalProperties":
            known = schema.get("properties", {})
            return f"there is no such key here{_nearest(_unknown(error), known) or _any_of(known)}"
        case "oneOf":
            wanted = [name for one in schema["oneOf"] for name in one.get("required", ())]
            return f"it needs exactly one of {', '.join(wanted)}"
        case "enum":
            return f"{error.message}{_nearest([error.instance], schema['enum'])}"
        case _:
            return error.message


def _any_of(known: Iterable[str]) -> str:
    return f"; expected one of {', '.join(known)}"


def _unknown(error: jsonschema.ValidationError) -> list[str]:
    """The keys that stand there and are not known."""
    if error.validator != "additionalProperties" or not isinstance(error.instance, dict):
        return []
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    return [name for name in error.instance if name not in known]


def _nearest(typed: Iterable[object], known: Iterable[str]) -> str:
    near = [match for word in typed if isinstance(word, str) for match in get_close_matches(word, known, n=1)]
    return f"; did you mean {near[0]!r}?" if near else ""


@cache
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((_SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")))
