"""Profiles as they are put down in TOML."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.nameplate import Nameplate
from harness.profile import Kind, Profile
from harness.profile_file import ProfileFile
from harness.provocations.way import Call, Command, Question
from tests.runs import ROOT

MINIMAL = 'id = "AHU-1"\n[points.valve]\nkind = "writable"\ngood = [1, 2]\n'


def read(text: str) -> ProfileFile:
    """What is read of this text."""
    return ProfileFile.parse(text, Path("acme.toml"))


def test_profile_that_comes_with_setpoint_has_a_point_of_every_kind() -> None:
    file = ProfileFile.read(ROOT / "fixtures" / "profiles" / "ahu-1.toml")

    assert {point.kind for point in file.profile.points.values()} == set(Kind)


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
        "override": Command(("bench", "{point}")),
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

    assert (list(profile.points), profile.of_kind(Kind.WRITABLE)) == (["valve"], [])


def test_profile_without_good_values_survives_the_record() -> None:
    profile = read(MINIMAL.replace("[1, 2]", "[]")).profile

    assert Profile.from_dict(profile.as_dict()) == profile


def test_what_stands_on_the_device_is_read() -> None:
    plate = read(
        'make = "Acme"\nsoftware = { os = "6.1" }\naddresses = { ipv4 = "192.0.2.7" }\n' + MINIMAL
    ).profile.nameplate

    assert plate == Nameplate("Acme", software={"os": "6.1"}, addresses={"ipv4": "192.0.2.7"})


def test_recorded_profile_knows_what_stands_on_the_device() -> None:
    profile = ProfileFile.read(ROOT / "fixtures" / "profiles" / "ahu-1.toml").profile

    assert Profile.from_dict(profile.as_dict()) == profile
