"""Profiles as they are put down in TOML."""

import json
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.protocols.udmi.nameplate import Nameplate
from harness.protocols.udmi.profile import PointKind, Profile
from harness.protocols.udmi.profile_file import ProfileFile
from harness.protocols.udmi.words.site_placement import SitePlacement
from harness.provocations.way import Call, Question, ShellCommand
from tests.runs import ROOT

MINIMAL = 'id = "AHU-1"\n[points.valve]\nkind = "writable"\ngood = [1, 2]\n'


def read(text: str) -> ProfileFile:
    """The profile in this text."""
    return ProfileFile.parse(text, Path("acme.toml"))


def test_profile_that_comes_with_setpoint_has_a_point_of_every_kind() -> None:
    file = ProfileFile.read(ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml")

    assert {point.kind for point in file.profile.points.values()} == set(PointKind)


def test_profile_that_says_little_has_the_defaults_of_udmi() -> None:
    profile = read(MINIMAL).profile

    assert (profile.topics, profile.time_to_failure, profile.network_allowance) == ("/devices/{id}", None, 1.0)


def test_every_way_to_provoke_is_read() -> None:
    ways = read(
        MINIMAL
        + """
        [provocations]
        override = { command = ["bench", "{point}"] }
        release = { http = "http://bench/{point}", body = { on = true } }
        mend = { ask = "Mend {point}" }
        """
    ).ways

    assert ways == {
        "override": ShellCommand(("bench", "{point}")),
        "release": Call("http://bench/{point}", {"on": True}),
        "mend": Question("Mend {point}"),
    }


def test_registry_stands_in_the_topics() -> None:
    profile = read('topics = "/r/{registry}/d/{id}"\nregistry = "ZZ-1"\n' + MINIMAL).profile

    assert profile.topics == "/r/ZZ-1/d/{id}"


def test_registry_that_is_missing_is_asked_for_with_the_line() -> None:
    with pytest.raises(UsageError, match=r'acme\.toml, line 1: topics: it has {registry}: add the line registry = "…"'):
        read('topics = "/r/{registry}/d/{id}"\n' + MINIMAL)


@pytest.mark.parametrize("topics", ["/devices", "/devices/{id}/#", "/+/{id}"])
def test_topics_that_name_no_device_or_too_many_are_refused(topics: str) -> None:
    with pytest.raises(UsageError, match=r"acme\.toml, line 1: topics: "):
        read(f'topics = "{topics}"\n' + MINIMAL)


def test_point_without_good_values_is_declared_and_never_offered_for_a_write() -> None:
    profile = read(MINIMAL.replace("[1, 2]", "[]")).profile

    assert (list(profile.points), profile.of_kind(PointKind.WRITABLE)) == (["valve"], [])


def test_profile_without_good_values_survives_the_record() -> None:
    profile = read(MINIMAL.replace("[1, 2]", "[]")).profile

    assert Profile.from_dict(profile.as_dict()) == profile


def test_what_stands_on_the_device_is_read() -> None:
    plate = read(
        'make = "Acme"\nsoftware = { os = "6.1" }\naddresses = { ipv4 = "192.0.2.7" }\n' + MINIMAL
    ).profile.nameplate

    assert plate == Nameplate("Acme", software={"os": "6.1"}, addresses={"ipv4": "192.0.2.7"})


def test_recorded_profile_knows_what_stands_on_the_device() -> None:
    profile = ProfileFile.read(ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml").profile

    assert Profile.from_dict(profile.as_dict()) == profile


def test_wiring_is_read_as_a_config_has_it() -> None:
    profile = read(
        """
        id = "AHU-1"
        localnet.families = { ipv4 = {}, bacnet = {} }
        gateway.target = { family = "bacnet", addr = "4711" }
        [points.valve]
        kind = "writable"
        ref = "AV12.present_value"
        good = [1, 2]
        """
    ).profile

    assert profile.wiring == SitePlacement(
        {"valve": "AV12.present_value"},
        {"families": {"ipv4": {}, "bacnet": {}}},
        {"target": {"family": "bacnet", "addr": "4711"}},
    )
    assert Profile.from_dict(json.loads(json.dumps(profile.as_dict()))) == profile


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('localnet.families = { ipv4 = { addr = "192.0.2.7" } }', "localnet.families.ipv4: "),
        ('gateway.target = { adr = "4711" }', "gateway.target.adr: there is no such key here; did you mean 'addr'?"),
        ('gateway.proxy_ids = ["ahu"]', "gateway.proxy_ids.0: "),
    ],
)
def test_wiring_that_no_config_may_have_is_refused(line: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(f"{line}\n{MINIMAL}")

    assert told in str(refused.value)


@pytest.mark.parametrize("text", ['id = "GAT-1"\n', 'id = "GAT-1"\n[points]\n'])
def test_profile_may_have_no_points(text: str) -> None:
    assert read(text).profile == Profile("GAT-1", {})


def test_tolerance_is_read_and_without_it_there_is_none() -> None:
    assert read(MINIMAL).profile.points["valve"].tolerance == 0
    assert read(MINIMAL + "tolerance = 0.25\n").profile.points["valve"].tolerance == 0.25


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (
            "tolerance = 0.5\n",
            "points.valve.tolerance: 1 and 2 could not be told apart; expected less than 0.5",
        ),
        ("tolerance = 0.4\nout_of_range = 2.5\n", "2 and 2.5 could not be told apart; expected less than 0.25"),
        ("tolerance = -1\n", "line 5: points.valve.tolerance"),
        ("tolerance = inf\n", "points.valve.tolerance: it has inf, which JSON cannot carry"),
        ("out_of_range = nan\n", "points.valve.out_of_range: it has nan, which JSON cannot carry"),
        (f"out_of_range = {'7' * 400}\n", "which JSON cannot carry"),
        ("moves = [1, 2, inf]\n", "points.valve.moves: it has inf, which JSON cannot carry"),
    ],
)
def test_values_that_cannot_be_told_apart_or_written_are_refused(lines: str, complaint: str) -> None:
    with pytest.raises(UsageError) as refusal:
        read(MINIMAL + lines)

    assert complaint in str(refusal.value)


def test_words_and_switches_have_no_distance() -> None:
    text = 'id = "AHU-1"\n[points.mode]\nkind = "writable"\ngood = ["on", true, 5]\ntolerance = 3\n'

    assert read(text).profile.points["mode"].tolerance == 3
