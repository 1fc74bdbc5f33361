"""Runs suites in a pytest of their own: in this process it would meet modules that are imported already."""

import subprocess
from collections.abc import Sequence

from harness.protocol import Subject
from harness.suite_folder import own_environment, own_pytest, suite_folder, top_of


def command_on_suites(subject: Subject) -> Sequence[str]:
    """Pytest over all suites of the subject, wherever they are installed. Raises UsageError where they are not."""
    return (*own_pytest(top_of(subject)), "-p", "no:cacheprovider", str(suite_folder(subject)))


def pytest_on_suites(subject: Subject, *options: str, capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Run pytest. Unless captured, its output goes to the operator. Raises UsageError where no such suites are."""
    command = [*command_on_suites(subject), *options]
    environment = own_environment()
    return subprocess.run(command, check=False, text=True, capture_output=capture, env=environment)  # noqa: S603 - our own arguments
