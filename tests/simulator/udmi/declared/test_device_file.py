"""Devices as they are put down in TOML."""

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.protocols.udmi.profile import PointKind
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.points import (
    Behaviour,
    Faulty,
    Overridden,
    ReadOnly,
    SimulatedPoint,
    Slow,
    Stuck,
    Writable,
)
from simulator.udmi.target import AHU_1

DEVICE = """
id = "DEV-1"
make = "Acme"
time_to_failure = 45

[points.damper]
kind = "writable"
base = 20.0
minimum = -20
maximum = 60
units = "Degrees-Celsius"
good = [21.5, 18.0]
out_of_range = 400.0
wrong_type = "warm"
elsewhere = { Degrees-Fahrenheit = 68.0 }
"""


def read(folder: Path, text: str) -> DeviceFile:
    """The device file in this text."""
    file = folder / "device.toml"
    file.write_text(text, encoding="utf-8")
    return DeviceFile.read(file)


def test_identity_is_read_with_defaults_for_what_is_missing(tmp_path: Path) -> None:
    identity = read(tmp_path, DEVICE).identity

    assert (identity.id, identity.make, identity.model) == ("DEV-1", "Acme", "simulated")


def test_point_is_read_as_it_behaves(tmp_path: Path) -> None:
    assert read(tmp_path, DEVICE).points == (SimulatedPoint("damper", 20.0, Writable(), -20, 60, "Degrees-Celsius"),)


def test_profile_declares_what_can_be_tested(tmp_path: Path) -> None:
    profile = read(tmp_path, DEVICE).profile
    damper = profile.points["damper"]

    assert (profile.id, profile.time_to_failure) == ("DEV-1", 45)
    assert (damper.kind, damper.good, damper.out_of_range, damper.wrong_type) == (
        PointKind.WRITABLE,
        (21.5, 18.0),
        400.0,
        "warm",
    )
    assert (damper.units, damper.elsewhere) == ("Degrees-Celsius", {"Degrees-Fahrenheit": 68.0})


def test_nothing_is_lost_on_the_way_to_a_device_of_our_own(tmp_path: Path) -> None:
    assert read(tmp_path, DEVICE).profile.network_allowance == 0


@pytest.mark.parametrize(
    ("lines", "behaviour"),
    [
        ('kind = "writable"', Writable()),
        ('kind = "read_only"', ReadOnly()),
        ('kind = "stuck"', Stuck()),
        ('kind = "slow"\nsettles_after = 4', Slow(4)),
        ('kind = "overridden"\nby = "fire panel"', Overridden("fire panel")),
        ('kind = "overridden"', Overridden("local operator")),
        ('kind = "faulty"\nfault = "is on fire"', Faulty("is on fire")),
        ('kind = "faulty"', Faulty("does not answer")),
    ],
)
def test_every_kind_of_point_has_its_behaviour(tmp_path: Path, lines: str, behaviour: Behaviour) -> None:
    [point] = read(tmp_path, DEVICE.replace('kind = "writable"', lines)).points

    assert point.behaviour == behaviour


def test_device_that_comes_with_setpoint_has_a_point_of_every_kind() -> None:
    assert {point.kind for point in DeviceFile.read(AHU_1).profile.points.values()} == set(PointKind)


@pytest.mark.parametrize(
    ("line", "instead", "named"),
    [
        ('id = "DEV-1"', "", "id"),
        ("base = 20.0", "", "base"),
        ("good = [21.5, 18.0]", "", "good"),
        ('kind = "writable"', "", "kind"),
        ('kind = "writable"', 'kind = "wriatble"', "wriatble"),
        ('kind = "writable"', 'kind = "slow"', "settles_after"),
        ("[points.damper]", "[damper]", "points"),
        ("[points.damper]", "points = 3\n[damper]", ""),
        ("good = [21.5, 18.0]", "good = 21.5", ""),
    ],
)
def test_file_that_is_amiss_is_refused_by_its_name(tmp_path: Path, line: str, instead: str, named: str) -> None:
    with pytest.raises(UsageError, match=rf"device\.toml(, line \d+)?: .*{named}"):
        read(tmp_path, DEVICE.replace(line, instead))


def test_file_that_is_not_toml_is_refused_by_its_name_and_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"device\.toml is not TOML: .*line 8"):
        read(tmp_path, DEVICE.replace("base = 20.0", "base = "))


def test_file_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read the device .*missing\.toml"):
        DeviceFile.read(tmp_path / "missing.toml")


def test_device_may_have_no_points(tmp_path: Path) -> None:
    (tmp_path / "gateway.toml").write_text('id = "GAT-1"\n')

    file = DeviceFile.read(tmp_path / "gateway.toml")

    assert (file.identity.id, file.points, file.profile.points) == ("GAT-1", (), {})


@pytest.mark.parametrize(
    ("line", "instead", "named"),
    [
        ("base = 20.0", "base = nan", "points.damper.base: it is nan, which JSON cannot carry"),
        (
            "out_of_range = 400.0",
            "out_of_range = inf",
            "points.damper.out_of_range: it has inf, which JSON cannot carry",
        ),
        ("good = [21.5, 18.0]", "good = [21.5, 18.0]\ntolerance = 2", "21.5 could not be told apart"),
    ],
)
def test_values_that_cannot_be_sent_or_told_apart_are_refused(
    tmp_path: Path, line: str, instead: str, named: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        read(tmp_path, DEVICE.replace(line, instead))

    assert named in str(refusal.value)
