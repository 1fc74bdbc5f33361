"""Reads the operator's --profile: of a service, or of a device, which is known by its properties."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from harness.files.protocol_tables import part_of
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.device_profile_file import DeviceProfileFile
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.profile_file import ServiceFile, read_service_file
from harness.target.declared import Declared

_A_DEVICES = "properties"  # the table that a device's profile has, and a service's has not


def read_profile(
    where: Path, limits_of_service: Callable[[], type[object]], limits_of_device: Callable[[], type[object]]
) -> ServiceFile | DeviceProfileFile:
    """From a TOML file. Raises UsageError with its line."""
    if _is_a_devices(where):
        return DeviceProfileFile.read(where, limits_of_device)
    return read_service_file(where, limits_of_service)


def profile_of(raw: Mapping[str, Any]) -> Declared:
    """From a record. Raises UsageError where it is none."""
    return (DeviceProfile if _A_DEVICES in raw else ServiceProfile).from_dict(raw)


def _is_a_devices(where: Path) -> bool:
    """As far as can be seen: what is amiss with a file, its own reader tells."""
    try:
        return _A_DEVICES in part_of("replica", tomllib.loads(where.read_text(encoding="utf-8-sig")))[0]
    except (OSError, ValueError, TypeError):
        return False
