"""Reads the operator's --profile: of a service, or of a device, which is known by its properties."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.files.protocol_tables import part_of
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.device_profile_file import DeviceProfileFile
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.profile_file import ServiceFile, read_service_file
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import Scheme
from harness.target.declared import Declaration, Declared
from harness.text import printable

_A_DEVICES = "properties"  # the table that a device's profile has, and a service's has not
_A_SERVICES = frozenset(
    {"scheme", "size", "depth", "token", "http", "rest", "logins"}
)  # any of them a service's profile has


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


def service_part(declared: Declaration, http: str | None) -> Declaration:
    """The service's part of a declaration, with the address of its REST where one was typed.

    From the profile of a device it is a service that is like any other, but for the device's scheme: the two are under
    test as a pair, and the device is the one that is brought to do something. Raises UsageError where it is neither's.
    """
    if isinstance(declared, DeviceProfileFile):
        device = declared.profile
        facts = {"id": device.id, "scheme": device.scheme, "network_allowance": device.network_allowance}
        declared = ServiceFile(ServiceProfile.from_dict(facts), declared.ways)
    if not isinstance(declared, ServiceFile):
        raise UsageError(f"this is no profile of a replica service, but of {printable(declared.profile.id)}")
    return replace(declared, profile=replace(declared.profile, http=http)) if http else declared


def kind_of(where: Path) -> tuple[ReplicaSpec, bool] | None:
    """The spec that the file is a profile for, and whether it is a device's; None: it may be of another protocol."""
    content = _content(where)
    if _A_DEVICES not in content and not (content.keys() & _A_SERVICES):
        return None
    scheme = content.get("scheme", Scheme.SEED)
    spec = next((one for one in ReplicaSpec if one.scheme == scheme), ReplicaSpec.SEED)
    return spec, _A_DEVICES in content


def _is_a_devices(where: Path) -> bool:
    """As far as can be seen: what is amiss with a file, its own reader tells."""
    return _A_DEVICES in _content(where)


def _content(where: Path) -> Mapping[str, Any]:
    try:
        content, _ = part_of("replica", tomllib.loads(where.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
