"""Runs the suites as an operator does, in a process of their own."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from harness.cli import main
from harness.judging.verdicts.verdict import Verdict
from harness.report.reading import read_results
from harness.report.results import Results, SubjectResults
from tests.forked import is_forkable, run_forked

ROOT = Path(__file__).parent.parent

# Hypothesis is there for the tests alone: at the end of every run its plugin would import all of it, to report nothing.
# So are Schemathesis and what comes with it: the plugin of AnyIO is a tenth of a short run.
_QUICKLY = tuple(word for name in ("hypothesispytest", "schemathesis", "anyio") for word in ("-p", f"no:{name}"))

# What an operator is only told fails a test of ours.
_STRICTLY = ("-W", "error")


@dataclass(frozen=True)
class Run:
    """The outcome of a run."""

    code: int
    output: str
    reports: Path

    @property
    def folder(self) -> Path:
        """The folder that it landed in."""
        return self.reports / "latest"

    @property
    def results(self) -> Results:
        """The verdicts that it came to."""
        return read_results(self.folder / "results.json")

    @property
    def judged(self) -> SubjectResults:
        """The verdicts on the one subject that it judged."""
        (subject,) = self.results.subjects
        return subject

    @property
    def verdicts(self) -> dict[str, str]:
        """Judgement by judgement."""
        return {finding.judgement: str(finding.verdict) for _, finding in self.judged.found(*Verdict)}


def run_suites(reports: Path, *options: str) -> Run:
    """`pytest suites/udmi/` with these options."""
    return run_tests(reports, "suites/udmi/", *_STRICTLY, *options)


def run_tests(reports: Path, *options: str) -> Run:
    """`pytest` with these options and paths."""
    return _run(reports, ("-m", "pytest"), _pytest, (*_QUICKLY, "--reports", str(reports), *options))


def setpoint(*arguments: str) -> Run:
    """The `setpoint` command."""
    return _run(Path(), ("-c", "import sys; from harness.cli import main; sys.exit(main())"), main, arguments)


def in_plain_words(verdicts: Mapping[str, str]) -> dict[str, str]:
    """As a plan can know them: what comes to a verdict on the thing under test is judged."""
    judged = ("pass", "observation", "warn", "fail")
    return {name: "judged" if verdict in judged else verdict for name, verdict in verdicts.items()}


def _run(reports: Path, command: Sequence[str], forked: Callable[[], int], arguments: Sequence[str]) -> Run:
    """Run it from the project's folder: in a new interpreter only where that would start otherwise than a fork."""
    if is_forkable():
        ended = run_forked(forked, arguments, ROOT)
        return Run(ended.code, ended.out + ended.err, reports)
    whole = [sys.executable, *command, *arguments]
    done = subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603 - ours
    return Run(done.returncode, done.stdout + done.stderr, reports)


def _pytest() -> int:
    """Pytest imports plugins itself, ours and others', as it rewrites their assertions."""
    plugins = ("harness.plugin", *(point.module.partition(".")[0] for point in entry_points(group="pytest11")))
    for name in list(sys.modules):
        if any(f"{name}.".startswith(f"{plugin}.") for plugin in plugins):
            del sys.modules[name]
    return pytest.console_main()
