"""`setpoint test`: pytest on the suites that are installed, from any folder."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from harness.errors import UsageError
from harness.suite_folder import PLACES, own_environment, own_pytest
from harness.target.run_options import add_broker_options, add_run_options


class Test:
    """Judge a device, a service or a recording: the suites that are installed, with any option of pytest's."""

    passes_on = True
    examples: ClassVar[Mapping[str, str]] = {
        "setpoint test --device=sim": "what comes with Setpoint; the verdicts: reports/latest/report.html",
        "setpoint test --device=mqtt://broker --profile acme.toml": "a device of yours; `setpoint profile` drafts it",
        "setpoint test --device=trace:reports/latest/trace.ndjson": "a recording, judged again",
        "setpoint test suites/replica/service --variant replaces-objects -x": "a part, on a device that is broken",
        "setpoint test --only merge --only version.conflict-is-409": "an area, and a requirement",
    }

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The options of ours, for help and completion: pytest reads them."""
        parser.add_argument(
            "suites",
            nargs="*",
            metavar="SUITES",
            help="a part of the suites: suites/replica, suites/replica/service/test_merging.py::test_…; default: all",
        )
        add_run_options(parser.add_argument_group("which device, how it is driven, where the reports go").add_argument)
        add_broker_options(parser.add_argument_group("the broker between device and cloud").add_argument)
        parser.add_argument_group(
            "and those of pytest",
            "-k, -x, -q, -W, --junitxml FILE …: `pytest --help` lists them. No pytest.ini or conftest.py of this "
            "folder, no PYTEST_ADDOPTS and no plugin of others is heeded; -p NAME loads one all the same.",
        )

    def run(self, arguments: argparse.Namespace) -> int:
        """The exit code of the run. Where the system can, this process becomes pytest, and does not return."""
        cache = Path.cwd() / ".pytest_cache"
        command = [*own_pytest(), PLACES, "-o", f"cache_dir={cache}", *arguments.words]
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            if sys.platform == "win32":  # there, the shell would not wait
                return subprocess.run(command, check=False, env=own_environment()).returncode  # noqa: S603 - our own
            os.execve(command[0], command, own_environment())  # noqa: S606 - likewise
        except OSError as error:
            raise UsageError(f"pytest cannot be started: {error.strerror}") from error
