"""Devices that come with Setpoint, as an operator names one: `PLUG/NAME`, and the spec that it is to speak."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from harness.errors import UsageError
from harness.suggest import hinted

S = TypeVar("S")
_PARTS = 2  # the plug, and the name


def shipped_device(arguments: argparse.Namespace, folder: Path, specs: Mapping[str, S]) -> tuple[Path, S]:
    """The file of that name in the folder, and the spec that was typed; if none was, the first. Raises UsageError."""
    name, known = arguments.device.name, _known_in(folder)
    if name not in known or len(arguments.device.parts) > _PARTS:
        raise UsageError(hinted(f"there is no simulated device {arguments.device}", name, known))
    typed = arguments.spec or [*specs][:1]
    if len(typed) > 1 or typed[0] not in specs:
        raise UsageError(f"--spec is {' and '.join(typed)}; {arguments.device} speaks {' or '.join(specs)}")
    return known[name], specs[typed[0]]


def shipped_names(folder: Path) -> list[str]:
    """The names of the devices in the folder."""
    return [*_known_in(folder)]


def _known_in(folder: Path) -> Mapping[str, Path]:
    return {file.stem: file for file in sorted(folder.glob("*.toml"))}
