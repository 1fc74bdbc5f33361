"""Drafts can be read as they stand, and write nothing that nobody has checked."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from harness.payload.values import JSON
from harness.protocols.udmi.drafting.device_description import MOST, DeviceDescription
from harness.protocols.udmi.drafting.draft import Draft
from harness.protocols.udmi.drafting.sketching import sketch_of_declaration, sketch_of_heard
from harness.protocols.udmi.profile import PointKind, Profile
from harness.protocols.udmi.profile_file import ProfileFile
from harness.protocols.udmi.site_model.declaring import declared
from harness.protocols.udmi.site_model.metadata import Metadata
from harness.protocols.udmi.words.site_placement import SitePlacement
from tests.hostile import PAYLOADS, WORDS
from tests.protocols.udmi.site_model.site import aims, model, official
from tests.udmi_1_5 import decode_state, decode_telemetry

FILE = Path("acme.toml")


def read(draft: Draft) -> ProfileFile:
    """The draft, read back."""
    return ProfileFile.parse(draft.text(FILE), FILE)


def drafted(heard: DeviceDescription) -> Draft:
    """Of what AHU-1 said."""
    return sketch_of_heard(heard, "AHU-1", "/devices/{id}", "mqtt://broker:1883")


def speaking(state: str = "{}", telemetry: str = "{}") -> DeviceDescription:
    """A device that said each once."""
    heard = DeviceDescription()
    heard.state(decode_state(state.encode()))
    heard.telemetry(decode_telemetry(telemetry.encode()))
    return heard


SAID = speaking(
    '{"system": {"hardware": {"make": "Acme", "model": "X\\n[points.y]"}, "serial_no": "7"},'
    ' "pointset": {"points": {"valve": {"units": "Percent"}, "mode": {}}}}',
    '{"points": {"valve": {"present_value": 40.5}, "mode": {"present_value": "auto"}, "fan": {"present_value": true}}}',
)


def test_draft_has_every_point_with_its_units_and_no_value_to_write() -> None:
    profile = read(drafted(SAID)).profile

    assert {name: point.units for name, point in profile.points.items()} == {
        "valve": "Percent",
        "mode": None,
        "fan": None,
    }
    assert [profile.of_kind(kind) for kind in PointKind] == [[]] * len(PointKind)


@pytest.mark.parametrize(
    "line",
    [
        'make = "Acme"',
        'model = "X\\u000a[points.y]"',
        'serial_no = "7"',
        '# software = { firmware = "…" }',
        'kind = "read_only"  # drafted: say writable, slow, stuck, overridden or faulty if it is',
        "good = []  # check: it shows 40.5; enter two others that are safe to write, such as [41.5, 42.5]",
        'good = []  # check: it shows "auto"; enter others of its words that are safe to write',
        "good = []  # check: it shows true; if it is safe to write, enter [false]",
        "# out_of_range = 1000000  # check: a value that it must refuse",
        '# override = { ask = "Switch {point} to hand on the device" }',
    ],
)
def test_draft_says_what_is_to_be_checked(line: str) -> None:
    assert line in drafted(SAID).text(FILE).splitlines()


def test_what_a_draft_took_from_the_device_is_a_guess() -> None:
    profile = read(drafted(SAID)).profile

    assert {point.guessed for point in profile.points.values()} == {("kind",)}
    assert profile.guessed == ("make", "model", "serial_no")


def test_nameplate_of_metadata_is_none_of_a_guess(tmp_path: Path) -> None:
    file = model(tmp_path, {}, system={"serial_no": "7"})

    profile = read(sketch_of_declaration(declared(Metadata.read(file)), "/devices/{id}", "it")).profile

    assert (profile.nameplate.serial_no, profile.guessed) == ("7", ())


def test_everything_that_is_suggested_is_a_profile_too() -> None:
    text = drafted(SAID).text(FILE)
    bold = [line.removeprefix("# ") if " = " in line or "[prov" in line else line for line in text.splitlines()]

    assert set(ProfileFile.parse("\n".join(bold), FILE).ways) == {
        "override",
        "release",
        "break",
        "mend",
        "change_units",
        "restart",
        "move",
    }


def naming(*names: str) -> bytes:
    """A state that lists these points, and says nothing of them."""
    return json.dumps({"pointset": {"points": {name: {} for name in names}}}).encode()


def showing(readings: Mapping[str, JSON]) -> bytes:
    """A telemetry with these."""
    return json.dumps({"points": {name: {"present_value": value} for name, value in readings.items()}}).encode()


def test_draft_says_what_is_missing() -> None:
    in_state, in_telemetry = DeviceDescription(), DeviceDescription()
    in_state.state(decode_state(naming("valve")))
    in_telemetry.telemetry(decode_telemetry(showing({"valve": 1.0})))

    assert "it showed no value" in drafted(in_state).text(FILE)
    assert "It sent no telemetry" in drafted(in_state).text(FILE)
    assert "It sent no state" in drafted(in_telemetry).text(FILE)


def test_hostile_words_stay_words() -> None:
    heard = DeviceDescription()
    for payload in PAYLOADS:
        heard.state(decode_state(payload))
        heard.telemetry(decode_telemetry(payload))
    for number, word in enumerate(WORDS):
        name, units = f"point_{number}", json.dumps(word)
        heard.state(decode_state(f'{{"pointset": {{"points": {{"{name}": {{"units": {units}}}}}}}}}'.encode()))
        heard.telemetry(decode_telemetry(showing({name: word + '"""\n[points.y]\\'})))
        heard.state(decode_state(naming(word + "\n[points.x]")))

    text = drafted(heard).text(FILE)
    profile = ProfileFile.parse(text, FILE).profile

    assert {"damper_position", "pump_mode", "point_0"} <= set(profile.points)
    assert not {"x", "y"} & {name for name in profile.points if name != "x"}
    assert profile.points["point_1"].units == WORDS[1]
    assert all(line.isprintable() for line in text.splitlines())
    assert "# Left out, as UDMI has no such name of a point: \\x1b[31mred\\n[points.x]" in text


def test_device_that_names_points_without_end_is_drafted_to_a_limit() -> None:
    heard = DeviceDescription()
    heard.state(decode_state(naming(*(f"p{number}" for number in range(MOST + 5)))))

    assert len(drafted(heard).sketches) == MOST
    assert f"more points than the {MOST} here" in drafted(heard).text(FILE)


def test_device_with_just_as_many_points_as_are_drafted_is_drafted_whole() -> None:
    heard, names = DeviceDescription(), [f"p{number}" for number in range(MOST)]
    heard.state(decode_state(naming(*names)))
    heard.telemetry(decode_telemetry(showing(dict.fromkeys(names, 1.0))))

    assert all(sketch.shows == 1.0 for sketch in drafted(heard).sketches)
    assert "more points than" not in drafted(heard).text(FILE)


def test_draft_of_metadata_has_what_it_gives_and_says_what_it_does_not(tmp_path: Path) -> None:
    points = {"valve": {"writable": True, "baseline_value": 5}, "fan": {"writable": True, "units": "Percent"}}
    file = model(tmp_path, points, testing=aims(applied=("valve", 60), failure=("valve", 70)))
    draft = sketch_of_declaration(declared(Metadata.read(file)), "/devices/{id}", "the file")

    profile, text = read(draft).profile, draft.text(FILE)

    assert (profile.id, profile.points["valve"].good, profile.points["fan"].good) == ("AHU-1", (60,), ())
    assert "# testing.targets.failure is left out, as testing.targets.applied speaks of the point too\nkind" in text
    assert [point.guessed for point in profile.points.values()] == [(), ("kind",)]


def test_draft_of_metadata_has_its_wiring(tmp_path: Path) -> None:
    file = model(
        tmp_path,
        {"valve": {"ref": 'AV"12\n'}},
        localnet={"families": {"bacnet": {"addr": "4711"}}},
        gateway={"target": {"family": "bacnet", "adjunct": {"a_b": "x"}, "vendor_ref": True}},
    )
    declaration = declared(Metadata.read(file))

    profile = read(sketch_of_declaration(declaration, "/devices/{id}", "the file")).profile

    assert profile.wiring == declaration.profile.wiring != SitePlacement()


@pytest.mark.parametrize("example", ["bad", "bacmodel", "example", "gateway", "network", "proxy", "toomany"])
def test_draft_of_an_official_example_declares_what_the_example_itself_does(example: str) -> None:
    declaration = declared(Metadata.read(official(example)))

    profile = read(sketch_of_declaration(declaration, "/devices/{id}", "it")).profile

    sure = {name: replace(point, guessed=()) for name, point in profile.points.items()}
    assert replace(profile, points=sure) == declaration.profile


def test_draft_of_metadata_without_points_is_a_profile_without_any(tmp_path: Path) -> None:
    file = model(tmp_path, {}, device="GAT-1", gateway={"proxy_ids": ["AHU-7"]})
    draft = sketch_of_declaration(declared(Metadata.read(file)), "/devices/{id}", "the file")

    assert read(draft).profile == replace(Profile("GAT-1", {}), network_allowance=1.0)
    assert "# It has no points: what concerns them is not asked." in draft.text(FILE).splitlines()
