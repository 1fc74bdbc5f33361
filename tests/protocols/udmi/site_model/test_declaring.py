"""The profile of a real device after its metadata: no value that metadata does not give is ever written."""

from pathlib import Path
from typing import Any

import pytest

from harness.protocols.udmi.nameplate import Nameplate
from harness.protocols.udmi.profile import Point, PointKind
from harness.protocols.udmi.site_model.declaring import SiteDeclaration, declared
from harness.protocols.udmi.site_model.metadata import Metadata
from harness.protocols.udmi.words.site_placement import SitePlacement
from tests.protocols.udmi.site_model.site import aims, model, official


def declaration(folder: Path, point: dict[str, Any], **targets: object) -> SiteDeclaration:
    """Of a device with one point, the valve, whose testing.targets have these values."""
    testing = aims(**{word: ("valve", value) for word, value in targets.items()})
    return declared(Metadata.read(model(folder, {"valve": point}, testing=testing)))


def valve(folder: Path, point: dict[str, Any], **targets: object) -> Point:
    """The point that is declared."""
    return declaration(folder, point, **targets).profile.points["valve"]


def test_point_that_is_not_said_to_be_writable_is_read_only(tmp_path: Path) -> None:
    assert valve(tmp_path, {"units": "Percent"}) == Point("valve", PointKind.READ_ONLY, (), units="Percent")


@pytest.mark.parametrize(
    "point",
    [
        {"writable": True},
        {"writable": True, "baseline_value": 20, "baseline_state": "applied"},
        {"writable": True, "type": "boolean"},
        {"writable": True, "range_min": 0, "range_max": 100},
    ],
)
def test_no_value_is_made_up_for_a_writable_point(tmp_path: Path, point: dict[str, Any]) -> None:
    assert valve(tmp_path, point) == Point("valve", PointKind.WRITABLE, ())


@pytest.mark.parametrize(
    ("state", "kind"),
    [("applied", PointKind.WRITABLE), ("overridden", PointKind.OVERRIDDEN), ("failure", PointKind.FAULTY)],
)
def test_value_to_write_is_that_of_the_testing_targets(tmp_path: Path, state: str, kind: PointKind) -> None:
    found = valve(tmp_path, {"writable": True, "units": ""}, **{state: 60})

    assert (found.kind, found.good, found.units) == (kind, (60,), None)


@pytest.mark.parametrize(
    ("value", "beyond", "mistyped"), [(900, 900, None), ("warm", None, "warm"), (True, None, True)]
)
def test_invalid_value_is_out_of_range_or_of_the_wrong_type(
    tmp_path: Path, value: object, beyond: object, mistyped: object
) -> None:
    found = valve(tmp_path, {"writable": True}, applied=60, invalid=value)

    assert (found.good, found.out_of_range, found.wrong_type) == ((60,), beyond, mistyped)


def test_invalid_value_of_a_read_only_point_is_written_to_it(tmp_path: Path) -> None:
    assert valve(tmp_path, {"writable": False}, invalid=15) == Point("valve", PointKind.READ_ONLY, (15,))


def test_value_that_the_point_may_show_by_itself_is_not_written(tmp_path: Path) -> None:
    found = declaration(tmp_path, {"writable": True, "baseline_value": 20, "baseline_tolerance": 2}, applied=21.5)

    assert found.profile.points["valve"].good == ()
    assert found.lines() == (
        "valve: testing.targets.applied has 21.5, which the point shows by itself; not written",
        "writable, but never written, as the metadata gives no value for it: valve",
    )


@pytest.mark.parametrize("value", [[], {}, None])
def test_value_that_no_point_can_hold_is_told(tmp_path: Path, value: object) -> None:
    found = declaration(tmp_path, {}, invalid=value)

    assert found.profile.points["valve"].good == ()
    assert "valve: testing.targets.invalid has no value that a point can hold" in found.lines()


@pytest.mark.parametrize("word", ["applied", "overridden", "updating"])
def test_metadata_that_contradicts_itself_writes_nothing(tmp_path: Path, word: str) -> None:
    found = declaration(tmp_path, {"writable": False}, **{word: 60})

    assert found.profile.points["valve"].good == ()
    assert "not said to be writable; left out" in found.lines()[0]


def test_second_expectation_of_one_point_is_left_out(tmp_path: Path) -> None:
    found = declaration(tmp_path, {"writable": True}, applied=60, failure=70)

    assert found.profile.points["valve"].good == (60,)
    [line] = found.lines()
    assert line == "valve: testing.targets.failure is left out, as testing.targets.applied speaks of the point too"


def test_many_points_are_told_in_one_line(tmp_path: Path) -> None:
    points = {f"valve_{number}": {"writable": True} for number in range(150)}

    [line] = declared(Metadata.read(model(tmp_path, points))).lines()

    assert line.endswith("valve_0, valve_1, valve_2, valve_3, valve_4 and 145 more")


def test_target_that_is_no_point_and_the_gateway_are_told(tmp_path: Path) -> None:
    file = model(tmp_path, {"valve": {}}, testing=aims(applied=("vlave", 3)), gateway={"gateway_id": "GAT-1"})

    assert declared(Metadata.read(file)).lines()[:2] == (
        "its messages come through the gateway GAT-1",
        "testing.targets.applied names 'vlave', which is no point of the device",
    )


def test_what_udmi_has_against_the_file_is_told_in_one_line(tmp_path: Path) -> None:
    file = model(tmp_path, {"valve": {"tags": ["A"]}}, hash="?", gateway={"gateway_id": "\x1b"})

    line, *others = declared(Metadata.read(file)).lines()

    assert line.startswith("UDMI's schema of metadata is not kept: ")
    assert line.endswith(", and 2 more")
    assert all(each.isprintable() for each in others)


def test_official_example_writes_what_its_targets_give_and_nothing_else() -> None:
    points = declared(Metadata.read(official("network"))).profile.points

    assert {name: (point.kind, point.good) for name, point in points.items()} == {
        "filter_alarm_pressure_status": (PointKind.READ_ONLY, (False,)),
        "filter_differential_pressure_sensor": (PointKind.READ_ONLY, (15,)),
        "filter_differential_pressure_setpoint": (PointKind.WRITABLE, (60,)),
    }


def test_official_example_without_an_applied_target_has_no_writable_value() -> None:
    profile = declared(Metadata.read(official("bacmodel"))).profile

    assert {point.good for point in profile.points.values()} == {()}


@pytest.mark.parametrize("example", ["bad", "errors", "example", "gateway", "proxy", "toomany", "discovery_metadata"])
def test_official_examples_are_read_whatever_else_is_wrong_with_them(example: str) -> None:
    assert declared(Metadata.read(official(example))).profile.points


def test_what_stands_on_the_device_is_that_of_the_metadata(tmp_path: Path) -> None:
    system = {"serial_no": "S1", "hardware": {"make": "Acme", "model": ""}, "software": {"firmware": "2"}}
    families = {"ipv4": {"addr": "192.0.2.7"}, "bacnet": {"addr": "41489"}, "ether": {}}

    file = model(tmp_path, None, system=system, localnet={"families": families})

    expected = Nameplate("Acme", None, "S1", {"firmware": "2"}, {"ipv4": "192.0.2.7"})
    assert declared(Metadata.read(file)).profile.nameplate == expected


def test_refs_families_and_target_are_those_that_the_registrar_would_send(tmp_path: Path) -> None:
    file = model(
        tmp_path,
        {"valve": {"ref": "AV12"}, "fan": {}},
        localnet={"families": {"bacnet": {"addr": "4711"}, "ipv4": {}, "bacnet-mstp": {}}},
        gateway={"gateway_id": "GAT-1", "target": {"family": "bacnet", "unitid": "3"}},
    )

    assert declared(Metadata.read(file)).profile.wiring == SitePlacement(
        {"valve": "AV12"},
        {"families": {"bacnet": {}, "ipv4": {}}},
        {"target": {"family": "bacnet", "unitid": "3", "addr": "4711"}},
    )


@pytest.mark.parametrize(
    ("target", "families", "sent"),
    [
        ({"family": "modbus", "addr": "1"}, {}, {"family": "modbus", "addr": "1"}),
        ({"vendor_ref": True}, {"vendor": {"addr": "7"}}, {"vendor_ref": True, "addr": "7"}),
        ({"family": "bacnet"}, {"ipv4": {"addr": "192.0.2.7"}}, {"family": "bacnet"}),
    ],
)
def test_address_of_the_target_is_that_of_its_family(
    tmp_path: Path, target: dict[str, Any], families: dict[str, Any], sent: dict[str, Any]
) -> None:
    file = model(tmp_path, {"fan": {}}, localnet={"families": families}, gateway={"target": target})

    assert declared(Metadata.read(file)).profile.wiring.gateway == {"target": sent}


def test_device_that_the_site_says_nothing_of_has_no_wiring(tmp_path: Path) -> None:
    assert declared(Metadata.read(model(tmp_path))).profile.wiring == SitePlacement()
