"""A device that comes with Setpoint, as an operator names it."""

import argparse
from pathlib import Path

import pytest

from harness.errors import UsageError
from simulator.standalone.shipped_devices import shipped_device

SPECS = {"bells-1": 1, "bells-2": 2}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bell.toml").touch()
    return tmp_path


def _named(device: str, *specs: str) -> argparse.Namespace:
    return argparse.Namespace(device=Path(device), spec=[*specs] or None)


def test_device_is_found_by_its_name_and_speaks_the_first_spec(folder: Path) -> None:
    assert shipped_device(_named("bells/bell"), folder, SPECS) == (folder / "bell.toml", 1)


def test_device_speaks_the_spec_that_was_typed(folder: Path) -> None:
    assert shipped_device(_named("bells/bell", "bells-2"), folder, SPECS) == (folder / "bell.toml", 2)


@pytest.mark.parametrize("name", ["bells/bel", "bells/more/bell"])
def test_name_of_no_device_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"there is no simulated device {name}"):
        shipped_device(_named(name), folder, SPECS)


@pytest.mark.parametrize("typed", [("lamps-1",), ("bells-1", "bells-2")])
def test_other_spec_and_more_than_one_are_refused(folder: Path, typed: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match=f"--spec is {' and '.join(typed)}; bells/bell speaks bells-1 or bells-2"):
        shipped_device(_named("bells/bell", *typed), folder, SPECS)
