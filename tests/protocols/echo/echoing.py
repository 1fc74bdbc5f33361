"""Runs the suites of echo, wherever they are installed."""

from pathlib import Path

from tests.runs import Run, run_tests

SUITES = ("-p", "harness.plugin", "--pyargs", "echo_protocol.suites")
IN_TIME, THE_SAME = "echo.comes-in-time", "echo.is-the-same"


def run_echo(reports: Path, *options: str) -> Run:
    """`pytest --pyargs echo_protocol.suites` with these options."""
    return run_tests(reports, *SUITES, *options)


def verdicts_of(run: Run) -> dict[str, str]:
    """Requirement by requirement."""
    return {requirement.id: str(requirement.verdict) for requirement in run.judged.requirements}
