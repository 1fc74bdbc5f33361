"""Runs the suites in a pytest of their own: in this process it would meet modules that are imported already."""

import subprocess
import sys
from pathlib import Path

SUITES = Path(__file__).parent.parent.parent / "suites"


def pytest_on_suites(*options: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Pytest over all suites; what it prints goes to the operator unless it is captured."""
    command = [sys.executable, "-m", "pytest", str(SUITES), *options]
    return subprocess.run(command, check=False, text=True, capture_output=capture)  # noqa: S603 - our own arguments
