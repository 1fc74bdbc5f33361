"""Reads the operator's --profile in each of its forms."""

from collections.abc import Callable
from pathlib import Path

from harness.protocols.udmi.profile_file import ProfileFile
from harness.protocols.udmi.site_model.declaring import declared
from harness.protocols.udmi.site_model.site_model import located


def read_profile(where: Path, limits: Callable[[], type[object]] | None = None) -> ProfileFile:
    """From a TOML file, a UDMI metadata.json, or FOLDER:ID for a device of a UDMI site model. Raises UsageError.

    `limits`: as a file's `[limits]` are held against.
    """
    metadata = located(where)
    if metadata is None:
        return ProfileFile.read(where, limits)
    declaration = declared(metadata)
    return ProfileFile(declaration.profile, {}, declaration.lines())
