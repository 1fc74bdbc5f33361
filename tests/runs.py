"""Runs the suites as an operator does, in a process of their own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent

# Hypothesis is there for the tests alone: at the end of every run its plugin would import all of it, to report nothing.
_QUICKLY = ("-p", "no:hypothesispytest")


@dataclass(frozen=True)
class Run:
    """What came of it."""

    code: int
    output: str
    reports: Path

    @property
    def folder(self) -> Path:
        """Where it landed."""
        return self.reports / "latest"

    @property
    def results(self) -> dict[str, Any]:
        """What it decided."""
        known: dict[str, Any] = json.loads((self.folder / "results.json").read_text(encoding="utf-8"))
        return known

    @property
    def verdicts(self) -> dict[str, str]:
        """Judgement by judgement."""
        findings = (finding for requirement in self.results["requirements"] for finding in requirement["findings"])
        return {finding["judgement"]: finding["verdict"] for finding in findings}


def run_suites(reports: Path, *options: str) -> Run:
    """`pytest suites/` with these options."""
    return _run(reports, "-m", "pytest", "suites/", *_QUICKLY, "--reports", str(reports), *options)


def setpoint(*arguments: str) -> Run:
    """The `setpoint` command."""
    return _run(Path(), "-c", "import sys; from harness.cli import main; sys.exit(main())", *arguments)


def _run(reports: Path, *arguments: str) -> Run:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603 - ours
    return Run(done.returncode, done.stdout + done.stderr, reports)
