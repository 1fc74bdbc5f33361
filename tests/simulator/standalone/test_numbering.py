"""Many devices from one file."""

import pytest

from simulator.device_file import DeviceFile
from simulator.standalone.numbering import nth, numbered
from simulator.target import AHU_1


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("AHU-1", ["AHU-1", "AHU-2", "AHU-3"]),
        ("AHU-09", ["AHU-09", "AHU-10", "AHU-11"]),
        ("VAV", ["VAV-1", "VAV-2", "VAV-3"]),
        ("7", ["7", "8", "9"]),
        ("A1B99", ["A1B99", "A1B100", "A1B101"]),
        ("A1B", ["A1B-1", "A1B-2", "A1B-3"]),
    ],
)
def test_number_at_the_end_is_counted_on(name: str, names: list[str]) -> None:
    assert [nth(name, place) for place in range(3)] == names


def test_one_device_keeps_its_name() -> None:
    file = DeviceFile.read(AHU_1)

    assert numbered(file, 1) == [file]


def test_many_devices_differ_in_id_and_serial_number_alone() -> None:
    first, second = numbered(DeviceFile.read(AHU_1), 2)

    assert (first.identity.id, second.identity.id, second.profile.id) == ("AHU-1", "AHU-2", "AHU-2")
    assert (first.identity.serial_no, second.identity.serial_no) == ("SP-0001", "SP-0002")
    assert first.points == second.points
