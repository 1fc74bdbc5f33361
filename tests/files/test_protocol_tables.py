"""A profile that declares a device for several protocols: each reader sees its own part, and slips keep their lines."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.files.protocol_tables import DeclaredProtocols, declared_in
from harness.protocol import protocols
from harness.protocols.replica.profile import ServiceProfile
from tests.runs import ROOT

PROFILES = ROOT / "fixtures"
UDMI_TEXT = (PROFILES / "udmi" / "profiles" / "ahu-1.toml").read_text(encoding="utf-8")
LAMP_TEXT = (PROFILES / "replica" / "profiles" / "lamp.toml").read_text(encoding="utf-8")
READ = {plug.name: plug.read_profile for plug in protocols()}


def both(lamp: str = LAMP_TEXT) -> str:
    """UDMI's profile, and the lamp's in a table beside it."""
    return f"{UDMI_TEXT}\n[replica]\n{lamp.replace('[p', '[replica.p')}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """It declares both."""
    where = tmp_path / "both.toml"
    where.write_text(both(), encoding="utf-8")
    return where


def test_each_protocol_reads_its_own_part(file: Path, tmp_path: Path) -> None:
    alone = {"udmi": tmp_path / "udmi.toml", "replica": tmp_path / "lamp.toml"}
    alone["udmi"].write_text(UDMI_TEXT, encoding="utf-8")
    alone["replica"].write_text(LAMP_TEXT, encoding="utf-8")

    for name, where in alone.items():
        assert READ[name](file).profile == READ[name](where).profile
        assert READ[name](file).ways == READ[name](where).ways


def test_service_may_stand_in_a_table_too(tmp_path: Path) -> None:
    where = tmp_path / "service.toml"
    where.write_text('[replica]\nid = "acme"\n', encoding="utf-8")

    profile = READ["replica"](where).profile

    assert (type(profile), profile.id) == (ServiceProfile, "acme")


def test_slip_in_a_table_is_told_with_its_line_and_its_table(file: Path) -> None:
    text = both(LAMP_TEXT.replace("good = [40, 80]", 'good = [40, "x"]'))
    file.write_text(text, encoding="utf-8")
    line = text.splitlines().index('good = [40, "x"]') + 1

    with pytest.raises(UsageError) as refused:
        READ["replica"](file)

    assert str(refused.value) == f"{file}, line {line}: replica.properties.brightness.good: 'x' is no integer"
    assert READ["udmi"](file).profile.id == "AHU-1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("replica = 3\n", "replica: "),
        ("[replica.properties]\n", "replica: 'id' is a required"),
        ('id = "A-1"\n[replika]\n', "replika: there is no such key here"),
    ],
)
def test_table_that_is_none_is_told(text: str, told: str, tmp_path: Path) -> None:
    where = tmp_path / "acme.toml"
    where.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=told):
        READ["udmi" if "replika" in text else "replica"](where)


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ('id = "A-1"\n', DeclaredProtocols()),
        ('id = "A-1"\n[replica]\n', DeclaredProtocols(frozenset({"replica"}))),
        ("[replica]\n", DeclaredProtocols(frozenset({"replica"}), has_top_level=False)),
        ("[replica]\n[udmi]\n", DeclaredProtocols(frozenset({"replica", "udmi"}), has_top_level=False)),
        ("", DeclaredProtocols()),
        ("no toml", DeclaredProtocols()),
    ],
)
def test_protocols_are_declared_by_their_tables(text: str, declared: DeclaredProtocols, tmp_path: Path) -> None:
    where = tmp_path / "acme.toml"
    where.write_text(text, encoding="utf-8")

    assert declared_in(where) == declared


def test_without_a_file_the_top_level_is_meant(tmp_path: Path) -> None:
    assert declared_in(None) == declared_in(tmp_path / "nowhere.toml") == DeclaredProtocols()
