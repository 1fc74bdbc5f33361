"""Drafts can be read as they stand, and write nothing that nobody has checked."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.drafting.draft import Draft
from harness.drafting.heard import MOST, Heard
from harness.drafting.sketching import sketch_of_declaration, sketch_of_heard
from harness.profile import Kind
from harness.profile_file import ProfileFile
from harness.udmi_model.declaring import declared
from harness.udmi_model.metadata import Metadata
from harness.wire.udmi import JSON
from tests.hostile import PAYLOADS, WORDS
from tests.udmi_1_5 import decode_state, decode_telemetry
from tests.udmi_model.site import aims, model, official

FILE = Path("acme.toml")


def read(draft: Draft) -> ProfileFile:
    """The draft, read back."""
    return ProfileFile.parse(draft.text(FILE), FILE)


def drafted(heard: Heard) -> Draft:
    """Of what AHU-1 said."""
    return sketch_of_heard(heard, "AHU-1", "/devices/{id}", "mqtt://broker:1883")


def speaking(state: str = "{}", telemetry: str = "{}") -> Heard:
    """A device that said each once."""
    heard = Heard()
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
    assert [profile.of_kind(kind) for kind in Kind] == [[]] * len(Kind)


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
    in_state, in_telemetry = Heard(), Heard()
    in_state.state(decode_state(naming("valve")))
    in_telemetry.telemetry(decode_telemetry(showing({"valve": 1.0})))

    assert "it showed no value" in drafted(in_state).text(FILE)
    assert "It sent no telemetry" in drafted(in_state).text(FILE)
    assert "It sent no state" in drafted(in_telemetry).text(FILE)


def test_hostile_words_stay_words() -> None:
    heard = Heard()
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
    heard = Heard()
    heard.state(decode_state(naming(*(f"p{number}" for number in range(MOST + 5)))))

    assert len(drafted(heard).sketches) == MOST
    assert f"more points than the {MOST} here" in drafted(heard).text(FILE)


def test_device_with_just_as_many_points_as_are_drafted_is_drafted_whole() -> None:
    heard, names = Heard(), [f"p{number}" for number in range(MOST)]
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
    assert "drafted: say writable" not in text


@pytest.mark.parametrize("example", ["bad", "bacmodel", "example", "gateway", "network", "proxy", "toomany"])
def test_draft_of_an_official_example_declares_what_the_example_itself_does(example: str) -> None:
    declaration = declared(Metadata.read(official(example)))

    assert read(sketch_of_declaration(declaration, "/devices/{id}", "it")).profile == declaration.profile
