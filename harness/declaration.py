"""What the operator gives as --profile, whichever form it has."""

from pathlib import Path

from harness.profile_file import ProfileFile
from harness.udmi_model.declaring import declared
from harness.udmi_model.site_model import located


def read_profile(where: Path) -> ProfileFile:
    """From a TOML file, a UDMI metadata.json, or FOLDER:ID for a device of a UDMI site model. Raises UsageError."""
    metadata = located(where)
    if metadata is None:
        return ProfileFile.read(where)
    declaration = declared(metadata)
    return ProfileFile(declaration.profile, {}, declaration.lines())
