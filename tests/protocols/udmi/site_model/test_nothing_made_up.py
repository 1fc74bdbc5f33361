"""A device whose profile is its metadata is driven by every scenario, and only given values are ever sent."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.site_model.declaring import declared
from harness.protocols.udmi.site_model.metadata import Metadata
from harness.record.kinds import Sent
from simulator.udmi.declared.device_model import device_after
from simulator.udmi.target import SimTarget
from tests.hostile import driven
from tests.protocols.udmi.site_model.site import POINTS, aims, model
from tests.udmi_1_5 import decode_config

UNKNOWN = "no_such_point"  # the suite writes to it on purpose: no device has it


def written(metadata: Metadata, trace: Path) -> dict[str, set[object]]:
    """The writes to each point, in any field of it."""
    profile: Profile = declared(metadata).profile
    target = SimTarget("sim", replace(device_after(metadata), profile=profile))
    found: dict[str, set[object]] = {}
    for record in driven(target, trace):
        pointset = decode_config(record.payload).pointset if isinstance(record, Sent) else None
        for name, point in (pointset.points or {}).items() if pointset else ():
            asked = (point.set_value, *point.others.values())
            values = {value for value in asked if isinstance(value, bool | int | float | str)}
            found[name] = found.get(name, set()) | values
    return {name: values for name, values in found.items() if values and name != UNKNOWN}


@pytest.mark.parametrize(
    ("testing", "expected"),
    [
        ({}, {}),
        (aims(applied=("room_setpoint", 25)), {"room_setpoint": {25}}),
        (
            aims(applied=("room_setpoint", 25), invalid=("room_setpoint", 999), failure=("fan_command", True)),
            {"room_setpoint": {25, 999}, "fan_command": {True}},
        ),
        (aims(invalid=("supply_temperature", -20)), {"supply_temperature": {-20}}),
        (aims(applied=("room_setpoint", 20)), {}),
    ],
)
def test_only_what_metadata_gives_is_ever_written(
    tmp_path: Path, testing: dict[str, Any], expected: dict[str, set[object]]
) -> None:
    metadata = Metadata.read(model(tmp_path, POINTS, testing=testing))

    assert written(metadata, tmp_path / "trace.ndjson") == expected
