"""The protocol and the spec that are meant at an address where none is typed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.protocol import DEVICE, Protocol, protocols
from harness.target.asked_subjects import Elsewhere, asked_subjects, option_meant
from tests.runs import ROOT

PROFILES = ROOT / "fixtures" / "replica" / "profiles"
LAMP, SERVICE = PROFILES / "lamp.toml", PROFILES / "service.toml"
AHU_1 = ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml"
REPLICA = [plug for plug in protocols() if plug.name == "replica"]


def _at_an_address(profile: Path | None, *typed: str, suites: Sequence[Protocol] = ()) -> Sequence[tuple[str, str]]:
    asked = asked_subjects("mqtt://broker", typed, None, profile, suites)
    return [(one.subject.name, one.spec) for one in asked]


def _of_scheme_aws(profile: Path, folder: Path) -> Path:
    text = profile.read_text(encoding="utf-8").replace('scheme = "seed"', "")
    (folder / profile.name).write_text(f'scheme = "aws"\n{text}', encoding="utf-8")
    return folder / profile.name


def test_profile_of_a_device_tells_its_spec(tmp_path: Path) -> None:
    assert _at_an_address(LAMP) == [("replica-device", "replica-seed")]
    assert _at_an_address(_of_scheme_aws(LAMP, tmp_path)) == [("replica-device", "replica-aws")]


def test_table_of_a_protocol_tells_its_spec(tmp_path: Path) -> None:
    several = tmp_path / "several.toml"
    several.write_text('id = "A-1"\n[replica]\nid = "A-1"\nscheme = "aws"\n[replica.properties]\n', encoding="utf-8")

    assert _at_an_address(several) == [("udmi-device", "udmi-1.5"), ("replica-device", "replica-aws")]


def test_profile_of_a_service_tells_its_spec(tmp_path: Path) -> None:
    profile = _of_scheme_aws(SERVICE, tmp_path)

    (asked,) = asked_subjects(None, (), {"service": Elsewhere("mqtt://broker")}, profile)

    assert (asked.subject.name, asked.spec) == ("replica-service", "replica-aws")


def test_spec_that_was_typed_counts_before_all_else() -> None:
    assert _at_an_address(LAMP, "udmi-1.5", suites=REPLICA) == [("udmi-device", "udmi-1.5")]


@pytest.mark.parametrize("profile", [AHU_1, Path("nowhere.toml"), Path("site:AHU-1"), None])
def test_suites_that_were_named_tell_it_where_the_profile_does_not(profile: Path | None) -> None:
    assert _at_an_address(profile, suites=REPLICA) == [("replica-device", "replica-seed")]
    assert _at_an_address(profile, suites=protocols()) == _at_an_address(profile) == [("udmi-device", "udmi-1.5")]


def test_profile_tells_the_option_of_its_subject() -> None:
    assert option_meant(SERVICE) == "service"
    assert option_meant(LAMP) == option_meant(AHU_1) == DEVICE
