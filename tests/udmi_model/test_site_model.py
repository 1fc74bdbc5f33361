"""Metadata is found where the operator says it is, and what is wrong with it is told."""

import json
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.udmi_model.metadata import Metadata
from harness.udmi_model.site_model import in_site, located
from tests.udmi_model.site import POINTS, model, official


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
        ("[]", "metadata.json: [] is not of type 'object'"),
        ("{}", "metadata.json: 'pointset' is a required property"),
        ('{"pointset": {"points": {}}}', "metadata.json: pointset.points: "),
        ('{"pointset": {"points": {"Valve": {}}}}', "'Valve' does not match"),
        ('{"pointset": {"points": {"a\\u001b]b": {}}}}', "does not match"),
        ('{"pointset": {"points": {"valve": {"writable": "yes"}}}}', "pointset.points.valve.writable: 'yes' is not of"),
        ('{"pointset": {"points": {"valve": {"type": "int"}}}}', "pointset.points.valve.type: 'int' is not one of"),
        ('{"pointset": {"points": {"valve": {}}}, "testing": {"targets": {"applied": 3}}}', "testing.targets.applied"),
        ('{"pointset": {"points": {"valve": {}}}, "testing": {"targets": {"\\u001b": {}}}}', "does not match"),
        ('{"pointset": {"points": {"valve": {}}}, "gateway": {"gateway_id": "\\u001b"}}', "gateway.gateway_id: "),
        ('{"pointset": {"points": {"valve": {}}}}', "which device it is"),
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
    with pytest.raises(UsageError, match=r"empty\.json: 'pointset' is a required property"):
        located(official("empty"))
