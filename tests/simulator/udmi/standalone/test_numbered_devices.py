"""Many devices from one file."""

from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.standalone.numbered_devices import numbered
from simulator.udmi.target import AHU_1


def test_one_device_keeps_its_name() -> None:
    file = DeviceFile.read(AHU_1)

    assert numbered(file, 1) == [file]


def test_many_devices_differ_in_id_and_serial_number_alone() -> None:
    first, second = numbered(DeviceFile.read(AHU_1), 2)

    assert (first.identity.id, second.identity.id, second.profile.id) == ("AHU-1", "AHU-2", "AHU-2")
    assert (first.identity.serial_no, second.identity.serial_no) == ("SP-0001", "SP-0002")
    assert first.points == second.points
