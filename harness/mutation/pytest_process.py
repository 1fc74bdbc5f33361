"""Runs suites in a pytest of their own: in this process it would meet modules that are imported already."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from harness.protocol import Subject
from harness.suite_folder import suite_folder

_OF_OTHER_RUNS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONOPTIMIZE")


def our_own_environment() -> Mapping[str, str]:
    """The process heeds neither settings for other runs of pytest nor plugins of others."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_OTHER_RUNS}
    return {**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def command_on_suites(subject: Subject) -> Sequence[str]:
    """Pytest over all suites of the subject, wherever they are installed. Raises UsageError where they are not."""
    return (sys.executable, "-m", "pytest", str(suite_folder(subject)), "-p", "harness.plugin")


def pytest_on_suites(subject: Subject, *options: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Run pytest. Unless captured, its output goes to the operator. Raises UsageError where no such suites are."""
    command = [*command_on_suites(subject), *options]
    environment = our_own_environment()
    return subprocess.run(command, check=False, text=True, capture_output=capture, env=environment)  # noqa: S603 - our own arguments
