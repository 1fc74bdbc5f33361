"""Reads the operator's --profile."""

from collections.abc import Callable
from pathlib import Path

from harness.protocols.replica.profile_file import ServiceFile, read_service_file


def read_profile(where: Path, limits_of_service: Callable[[], type[object]]) -> ServiceFile:
    """From a TOML file. Raises UsageError with its line."""
    return read_service_file(where, limits_of_service)
