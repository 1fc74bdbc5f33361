"""Metadata is found where the operator says it is, and what is wrong with it is told."""

import json
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.protocols.udmi.nameplate import Nameplate
from harness.protocols.udmi.site_model.metadata import Metadata, ModelPoint
from harness.protocols.udmi.site_model.site_model import in_site, located
from tests.protocols.udmi.site_model.site import POINTS, model, official


def test_device_is_named_by_its_folder(tmp_path: Path) -> None:
    file = model(tmp_path, device="FCU-3", system={"physical_tag": {"asset": {"name": "AHU-1"}}})

    assert Metadata.read(file).id == "FCU-3"


def test_device_in_a_loose_file_is_named_by_its_asset(tmp_path: Path) -> None:
    file = model(tmp_path, system={"physical_tag": {"asset": {"name": "AHU-8"}}}).rename(tmp_path / "loose.json")

    assert Metadata.read(file).id == "AHU-8"


def test_device_of_a_site_model_has_its_registry(tmp_path: Path) -> None:
    model(tmp_path)
    (tmp_path / "cloud_iot_config.json").write_text('{"registry_id": "ZZ-TRI-FECTA"}')

    found = located(Path(f"{tmp_path}:AHU-1"))

    assert found is not None
    assert (found.id, found.registry, list(found.points)) == ("AHU-1", "ZZ-TRI-FECTA", list(POINTS))


@pytest.mark.parametrize("name", ["acme.toml", "nowhere"])
def test_any_other_file_is_not_metadata(tmp_path: Path, name: str) -> None:
    assert located(tmp_path / name) is None


def test_file_with_a_colon_in_its_name_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "acme:1").write_text("")

    assert located(tmp_path / "acme:1") is None


@pytest.mark.parametrize(
    ("device", "told"),
    [
        ("AHU-11", "did you mean 'AHU-1'?"),
        ("nothing-like-it", "it has 1 devices"),
        ("../devices/AHU-1", "has no device"),
        ("", "has no device ''"),
    ],
)
def test_device_that_is_not_there_is_told_with_the_nearest(tmp_path: Path, device: str, told: str) -> None:
    model(tmp_path)

    with pytest.raises(UsageError) as refused:
        in_site(tmp_path, device)

    assert told in str(refused.value)


def test_folder_that_is_no_site_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is no site model: cannot read .*devices: No such file"):
        in_site(tmp_path, "AHU-1")


def test_folder_without_a_device_is_told_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is a folder; a device of a site model is written .*:AHU-1"):
        located(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "metadata.json is not JSON: "),
        ('{"a": NaN}', "metadata.json is not JSON: NaN is no JSON number"),
        ("[" * 100_000, "metadata.json is not JSON that can be read: it is nested too deeply"),
        ("[]", "metadata.json is []; expected a JSON object"),
        ('{"pointset": {"points": []}}', "pointset.points is []; expected an object"),
        ('{"pointset": {"points": {"valve": 3}}}', "pointset.points.valve is 3; expected an object"),
        (
            '{"pointset": {"points": {"Valve": {}}}}',
            "pointset.points has 'Valve'; expected words of",
        ),
        ('{"pointset": {"points": {"a\\u001b]b": {}}}}', "pointset.points has 'a\\x1b]b'"),
        ('{"pointset": {"points": {"valve": {"writable": "yes"}}}}', "valve.writable is 'yes'; expected true or false"),
        (
            '{"pointset": {"points": {"valve": {"type": "int"}}}}',
            "valve.type is 'int'; expected one of string",
        ),
        ('{"pointset": {"points": {"valve": {"ref": 3}}}}', "pointset.points.valve.ref is 3; expected a string"),
        ('{"pointset": {"points": {"valve": {"baseline_state": "fine"}}}}', "one of applied, updating, overridden"),
        (
            '{"pointset": {"points": {"valve": {}}}, "testing": {"targets": {"applied": 3}}}',
            "testing.targets.applied is 3",
        ),
        (
            '{"pointset": {"points": {"valve": {}}}, "testing": {"targets": {"\\u001b": {}}}}',
            "targets has '\\x1b'",
        ),
        ('{"system": {"serial_no": 7}}', "system.serial_no is 7; expected a string"),
        ('{"localnet": {"families": {"ipv4": {"addr": 7}}}}', "localnet.families.ipv4.addr is 7; expected a string"),
        ('{"gateway": {"target": {"unitid": 7}}}', "gateway.target.unitid is 7; expected a string"),
        ("{}", "which device it is"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "metadata.json"
    file.write_text(text)

    with pytest.raises(UsageError) as refused:
        located(file)

    assert told in str(refused.value)
    assert str(refused.value).isprintable()


def test_bytes_that_are_no_text_and_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"\xff")

    with pytest.raises(UsageError, match="is not JSON"):
        located(tmp_path / "x.json")
    with pytest.raises(UsageError, match=r"cannot read the metadata .*: No such file"):
        located(tmp_path / "y.json")


def test_id_that_would_lead_to_other_topics_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "loose.json"
    asset = {"system": {"physical_tag": {"asset": {"name": "AHU-1/#"}}}}
    file.write_text(json.dumps({"pointset": {"points": POINTS}, **asset}))

    with pytest.raises(UsageError, match="the device's id is 'AHU-1/#'"):
        located(file)


def test_official_example_that_is_empty_is_told() -> None:
    with pytest.raises(UsageError, match=r"empty\.json does not say which device it is"):
        located(official("empty"))


def test_file_may_begin_with_a_bom(tmp_path: Path) -> None:
    file = model(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    (tmp_path / "cloud_iot_config.json").write_bytes(b'\xef\xbb\xbf{"registry_id": "ZZ-1"}')

    found = in_site(tmp_path, "AHU-1")

    assert (list(found.points), found.registry) == (list(POINTS), "ZZ-1")


def test_field_that_is_null_is_missing(tmp_path: Path) -> None:
    file = model(tmp_path, {"valve": {"units": None, "writable": None, "ref": None}}, gateway=None, localnet=None)

    assert Metadata.read(file).points == {"valve": ModelPoint("valve")}


def test_target_that_names_no_point_is_none_of_a_write(tmp_path: Path) -> None:
    testing = {"targets": {"scan_family": {"target_value": "vendor"}, "applied": {"target_point": "valve"}}}

    assert list(Metadata.read(model(tmp_path, {"valve": {}}, testing=testing)).aims) == ["applied"]


DEFAULTS = {
    "system": {"hardware": {"make": "Acme", "model": "Box"}, "software": {"firmware": "1.0"}, "serial_no": "A-1"},
    "localnet": {"families": {"ipv4": {"addr": "192.0.2.1"}}},
}


@pytest.mark.parametrize(
    ("own", "plate"),
    [
        ({}, Nameplate("Acme", "Box", "A-1", {"firmware": "1.0"}, {"ipv4": "192.0.2.1"})),
        (
            {"hardware": {"model": "Crate"}, "software": {"os": "2"}, "serial_no": "A-2"},
            Nameplate("Acme", "Crate", "A-2", {"firmware": "1.0", "os": "2"}, {"ipv4": "192.0.2.1"}),
        ),
        ({"hardware": None}, Nameplate("Acme", "Box", "A-1", {"firmware": "1.0"}, {"ipv4": "192.0.2.1"})),
    ],
)
def test_device_has_what_its_site_has_by_default_unless_it_says_otherwise(
    tmp_path: Path, own: dict[str, object], plate: Nameplate
) -> None:
    file = model(tmp_path, system=own)
    (tmp_path / "site_defaults.json").write_text(json.dumps(DEFAULTS), encoding="utf-8-sig")

    assert Metadata.read(file).nameplate == in_site(tmp_path, "AHU-1").nameplate == plate


def test_loose_file_has_no_defaults_of_a_site(tmp_path: Path) -> None:
    file = model(tmp_path / "site").rename(tmp_path / "loose.json")
    for folder in (tmp_path, tmp_path / "site"):
        (folder / "site_defaults.json").write_text(json.dumps(DEFAULTS))

    assert Metadata.read(file, "AHU-1").nameplate == Nameplate()


def test_defaults_that_cannot_be_read_are_told_by_their_own_name(tmp_path: Path) -> None:
    file = model(tmp_path)
    (tmp_path / "site_defaults.json").write_text("[]")

    with pytest.raises(UsageError, match=r"site_defaults\.json is \[\]; expected a JSON object"):
        Metadata.read(file)
