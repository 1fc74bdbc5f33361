"""Reads the operator's device to simulate, in each of its forms."""

from pathlib import Path

from harness.protocols.udmi.site_model.site_model import located
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.device_model import device_after


def read_device(where: Path) -> DeviceFile:
    """From a TOML file, a UDMI metadata.json, or FOLDER:ID for a device of a UDMI site model. Raises UsageError."""
    metadata = located(where)
    return DeviceFile.read(where) if metadata is None else device_after(metadata)
