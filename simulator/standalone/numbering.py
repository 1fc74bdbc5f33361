"""Many devices from one file: alike in everything but their number."""

import re
from collections.abc import Sequence
from dataclasses import replace

from simulator.device_file import DeviceFile

_NUMBERED = re.compile(r"(.*?)(\d+)", re.ASCII)


def numbered(file: DeviceFile, count: int) -> Sequence[DeviceFile]:
    """So many devices; one alone keeps its id, serial number and addresses as they are. No two share an address."""
    return [file if count == 1 else _counted(file, place) for place in range(count)]


def nth(name: str, place: int) -> str:
    """AHU-1 is followed by AHU-2, AHU-09 by AHU-10; where no number ends the name, -1, -2 … are appended."""
    found = _NUMBERED.fullmatch(name)
    if not found:
        return f"{name}-{place + 1}"
    stem, digits = found.groups()
    return f"{stem}{int(digits) + place:0{len(digits)}d}"


def _counted(file: DeviceFile, place: int) -> DeviceFile:
    first = file.identity
    identity = replace(first, id=nth(first.id, place), serial_no=nth(first.serial_no, place), addresses={})
    return replace(file, identity=identity, profile=replace(file.profile, id=identity.id, nameplate=identity.nameplate))
