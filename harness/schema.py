"""Holds what was read from a file against its schema, and says in one line what is amiss."""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import jsonschema
from jsonschema.exceptions import best_match

from harness.errors import UsageError

_SCHEMAS = Path(__file__).parent.parent / "fixtures" / "schemas"


def require(content: object, schema: str, file: Path) -> None:
    """Raises UsageError with the file, the place in it, what is amiss there and the nearest allowed word."""
    error = best_match(_validator(schema).iter_errors(content))
    if error is not None:
        place = error.json_path.removeprefix("$").removeprefix(".")
        raise UsageError(f"{file}: {f'{place}: ' if place else ''}{error.message}{_hint(error)}")


def _hint(error: jsonschema.ValidationError) -> str:
    """The word that may have been meant."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    if error.validator == "enum":
        return _nearest([error.instance], schema["enum"])
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = schema.get("properties", {})
        return _nearest([name for name in error.instance if name not in known], known)
    return ""


def _nearest(typed: Iterable[object], known: Iterable[str]) -> str:
    near = [match for word in typed if isinstance(word, str) for match in get_close_matches(word, known, n=1)]
    return f"; did you mean {near[0]!r}?" if near else ""


@cache
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((_SCHEMAS / f"{schema}.json").read_text(encoding="utf-8")))
