"""The folder of a run, and its name."""

from pathlib import Path

import pytest

from harness.report.run_folder import new_run_folder


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("sim", "sim"),
        ("mqtt://127.0.0.1:18942", "mqtt-127.0.0.1-18942"),
        ("sim:fixtures/devices/ahu-1.toml+fails-early", "sim-fixtures-devices-ahu-1.toml-fails-ea"),
        ("listens://[::1]:8883", "listens-1-8883"),
        ("trace:../a b\n", "trace-..-a-b"),
        ("sim+echo", "sim-echo"),
    ],
)
def test_folder_is_named_by_time_and_target_as_a_person_would(target: str, name: str, tmp_path: Path) -> None:
    folder = new_run_folder(tmp_path, target)

    assert folder.parent == tmp_path
    assert folder.is_dir()
    assert folder.name.partition("Z-")[2] == name


def test_folders_of_one_second_are_apart(tmp_path: Path) -> None:
    assert len({new_run_folder(tmp_path, "sim") for _ in range(3)}) == 3
