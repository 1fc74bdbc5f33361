"""Which harness this is."""

import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@cache
def harness() -> str:
    """Version, and commit where it runs from a checkout."""
    try:
        known = version("setpoint")
    except PackageNotFoundError:
        known = "unknown"
    return f"{known} ({_commit()})"


def _commit() -> str:
    here = Path(__file__).parent
    command = ["git", "-C", str(here), "describe", "--always", "--dirty", "--abbrev=12", "--match="]
    try:
        described = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)  # noqa: S603 - our own
    except (OSError, subprocess.SubprocessError):
        return "no checkout"
    return described.stdout.strip()
