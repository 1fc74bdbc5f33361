"""A small site model, as it would lie on an engineer's disk."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.runs import ROOT

POINTS: dict[str, Any] = {
    "supply_temperature": {"units": "Degrees-Celsius", "baseline_value": 20, "baseline_tolerance": 2},
    "room_setpoint": {"units": "Degrees-Celsius", "writable": True, "baseline_value": 20, "baseline_state": "applied"},
    "fan_command": {"writable": True, "type": "boolean"},
}


def model(folder: Path, points: dict[str, Any] | None = None, device: str = "AHU-1", **more: object) -> Path:
    """The device's metadata in the site model of that folder."""
    file = folder / "devices" / device / "metadata.json"
    file.parent.mkdir(parents=True)
    told = {"timestamp": "2026-01-01T00:00:00Z", "version": "1.5.7", "system": {}}
    file.write_text(json.dumps({**told, "pointset": {"points": POINTS if points is None else points}, **more}))
    return file


def aims(**targets: tuple[str, object]) -> dict[str, Any]:
    """The block `testing`: by value_state, the point and what is written to it."""
    return {
        "targets": {word: {"target_point": point, "target_value": value} for word, (point, value) in targets.items()}
    }


def official(example: str) -> Path:
    """A metadata.json that UDMI publishes. Skips where UDMI's data is not at hand."""
    return examples_of("metadata") / f"{example}.json"


def examples_of(kind: str) -> Path:
    """The folder of examples that UDMI publishes for that kind of message. Skips where they are not at hand."""
    checkout = Path(os.environ.get("SETPOINT_UDMI") or ROOT.parent / "shared" / "udmi-data")
    folder = checkout / "tests" / "schemas" / kind
    if not folder.is_dir():
        pytest.skip(f"UDMI's examples are not at {checkout}; SETPOINT_UDMI may name a checkout of UDMI")
    return folder
