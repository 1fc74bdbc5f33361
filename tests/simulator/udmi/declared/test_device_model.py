"""Simulated devices after a UDMI metadata.json."""

from pathlib import Path
from typing import Any

import pytest

from harness.errors import UsageError
from harness.protocols.udmi import profile
from harness.protocols.udmi.profile import PointKind
from harness.protocols.udmi.site_model.metadata import Metadata
from simulator.udmi.declared.device_check import slips
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.device_model import device_after
from simulator.udmi.declared.device_source import read_device
from simulator.udmi.declared.points import Behaviour, Faulty, Overridden, ReadOnly, SimulatedPoint, Stuck, Writable
from simulator.udmi.target import AHU_1
from tests.protocols.udmi.site_model.site import POINTS, aims, model, official
from tests.runs import run_suites


def made(folder: Path, point: dict[str, Any], **more: dict[str, Any]) -> DeviceFile:
    """A device with one point, the valve."""
    return device_after(Metadata.read(model(folder, {"valve": point}, "AHU-1", **more)))


def valve(folder: Path, point: dict[str, Any], **more: dict[str, Any]) -> tuple[SimulatedPoint, profile.Point]:
    """The point, and what is declared of it."""
    device = made(folder, point, **more)
    return device.points[0], device.profile.points["valve"]


@pytest.mark.parametrize(
    ("point", "behaviour"),
    [
        ({}, ReadOnly()),
        ({"writable": False, "baseline_state": "applied"}, ReadOnly()),
        ({"writable": True}, Writable()),
        ({"writable": True, "baseline_state": "applied"}, Writable()),
        ({"writable": True, "baseline_state": "overridden"}, Overridden()),
        ({"writable": True, "baseline_state": "failure"}, Faulty()),
        ({"writable": True, "baseline_state": "updating"}, Stuck()),
    ],
)
def test_point_behaves_as_the_metadata_expects(tmp_path: Path, point: dict[str, Any], behaviour: Behaviour) -> None:
    assert valve(tmp_path, point)[0].behaviour == behaviour


@pytest.mark.parametrize(
    ("point", "base"),
    [
        ({"baseline_value": 20}, 20),
        ({"baseline_value": "auto", "type": "number"}, "auto"),
        ({}, 0.0),
        ({"range_min": 15}, 15),
        ({"type": "boolean"}, False),
        ({"type": "string"}, "idle"),
    ],
)
def test_point_shows_its_baseline_or_something_of_its_type(tmp_path: Path, point: dict[str, Any], base: object) -> None:
    assert valve(tmp_path, point)[0].base == base


def test_writable_point_takes_what_lies_in_its_range(tmp_path: Path) -> None:
    point, declared = valve(tmp_path, {"writable": True, "baseline_value": 99.5, "range_min": 0, "range_max": 100})

    assert (point.minimum, point.maximum) == (0, 100)
    assert (declared.good, declared.out_of_range, declared.wrong_type) == ((98.5, 97.5), 101, "wrong")


def test_range_that_the_baseline_does_not_keep_is_no_bound(tmp_path: Path) -> None:
    point, _ = valve(tmp_path, {"writable": True, "baseline_value": 500, "range_max": 100})

    assert point.maximum is None


def test_value_of_the_testing_targets_is_the_first_good_one(tmp_path: Path) -> None:
    _, declared = valve(tmp_path, {"writable": True, "baseline_value": 98}, testing=aims(applied=("valve", 60)))

    assert declared.good == (60, 99)


def test_units_that_can_be_converted_are_offered(tmp_path: Path) -> None:
    _, declared = valve(tmp_path, {"writable": True, "baseline_value": 19, "units": "Degrees-Celsius"})

    assert declared.elsewhere == {"Degrees-Fahrenheit": 68.0}


def test_identity_is_that_of_the_metadata(tmp_path: Path) -> None:
    system = {"serial_no": "S1", "hardware": {"make": "Acme", "model": "X"}, "software": {"firmware": "2"}}

    identity = made(tmp_path, {}, system=system).identity

    assert (identity.id, identity.make, identity.model) == ("AHU-1", "Acme", "X")
    assert (identity.serial_no, identity.software) == ("S1", {"firmware": "2"})


@pytest.mark.parametrize("example", ["bad", "bacmodel", "example", "gateway", "network", "proxy", "toomany"])
def test_official_example_is_a_device_that_lives_up_to_its_profile(example: str) -> None:
    device = device_after(Metadata.read(official(example)))

    assert not [slip for point in device.points for slip in slips(point, device.profile.points[point.name])]


def test_official_example_has_the_points_and_kinds_of_the_file() -> None:
    device = read_device(official("network"))

    assert {name: point.kind for name, point in device.profile.points.items()} == {
        "filter_alarm_pressure_status": PointKind.READ_ONLY,
        "filter_differential_pressure_sensor": PointKind.READ_ONLY,
        "filter_differential_pressure_setpoint": PointKind.WRITABLE,
    }


def test_device_is_read_whichever_form_it_has(tmp_path: Path) -> None:
    file = model(tmp_path)

    assert read_device(file) == read_device(Path(f"{tmp_path}:AHU-1"))
    assert read_device(AHU_1) == DeviceFile.read(AHU_1)
    with pytest.raises(UsageError, match="No such file"):
        read_device(tmp_path / "nowhere.json")


@pytest.mark.process
def test_device_after_metadata_conforms(tmp_path: Path) -> None:
    run = run_suites(tmp_path / "reports", f"--device=sim:{model(tmp_path, POINTS)}")

    assert run.code == 0, run.output
    assert "AHU-1 conforms to udmi-1.5" in run.output
