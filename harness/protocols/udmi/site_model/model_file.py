"""The files of a site model as JSON: what a device's own leaves out, the site's defaults may say."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.payload.values import JSON
from harness.text import brief

DEFAULTS = "site_defaults.json"


def json_of(path: Path, what: str) -> Any:  # noqa: ANN401 - nothing is known of it yet
    """The JSON of the file, with or without a BOM. Raises UsageError where it cannot be read, or is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_constant)
    except OSError as error:
        raise UsageError(f"cannot read the {what} {path}: {error.strerror}") from error
    except RecursionError as error:
        raise UsageError(f"{path} is not JSON that can be read: it is nested too deeply") from error
    except ValueError as error:
        raise UsageError(f"{path} is not JSON: {error}") from error


def object_of(path: Path, what: str) -> dict[str, JSON]:
    """The JSON object that stands in the file, without what is null. Raises UsageError."""
    raw = json_of(path, what)
    if not isinstance(raw, dict):
        raise UsageError(f"{path} is {brief(raw)}; expected a JSON object")
    return merged({}, raw)


def defaults_for(path: Path) -> dict[str, JSON]:
    """The site_defaults.json of the site model that the metadata is part of; empty where there is none."""
    devices = path.absolute().parent.parent
    defaults = devices.parent / DEFAULTS
    return object_of(defaults, "site's defaults") if devices.name == "devices" and defaults.exists() else {}


def merged(defaults: Mapping[str, JSON], own: Mapping[str, JSON]) -> dict[str, JSON]:
    """As UDMI's registrar merges them: objects field by field, and of all else the device's own. Null is missing."""
    both: dict[str, JSON] = {name: raw for name, raw in defaults.items() if raw is not None}
    for name, raw in own.items():
        before = both.get(name)
        if isinstance(raw, dict):
            both[name] = merged(before if isinstance(before, dict) else {}, raw)
        elif raw is not None:
            both[name] = raw
    return both


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")
