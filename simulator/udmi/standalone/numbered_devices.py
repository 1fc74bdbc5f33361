"""Many devices from one file: alike in everything but their number."""

from collections.abc import Sequence
from dataclasses import replace

from simulator.standalone.numbering import nth
from simulator.udmi.declared.device_file import DeviceFile


def numbered(file: DeviceFile, count: int) -> Sequence[DeviceFile]:
    """So many devices; one alone keeps its id, serial number and addresses as they are. No two share an address."""
    return [file if count == 1 else _counted(file, place) for place in range(count)]


def _counted(file: DeviceFile, place: int) -> DeviceFile:
    first = file.identity
    identity = replace(first, id=nth(first.id, place), serial_no=nth(first.serial_no, place), addresses={})
    return replace(file, identity=identity, profile=replace(file.profile, id=identity.id, nameplate=identity.nameplate))
