"""Tells GitHub of a run, where it is one of its Actions: annotations, and a summary; its output is no command."""

import os
import secrets

import pytest
from _pytest.terminal import TerminalReporter  # pytest 8.3 does not export it

from harness.plugin.run import DECIDES, RUN
from harness.report.ci.github import annotations, step_summary, stop_commands

_RESUMES = pytest.StashKey[str]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """From the first word of a device on, the runner heeds no commands in the output."""
    config, ours = session.config, any(DECIDES in item.stash for item in session.items)
    if _is_asked() and ours and (reporter := _terminal(config)):
        stop, config.stash[_RESUMES] = stop_commands(secrets.token_hex(16))
        reporter.ensure_newline()
        reporter.write_line(stop)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """All has been said: the runner heeds commands again, and those are ours."""
    resumes, reporter = config.stash.get(_RESUMES, None), _terminal(config)
    if resumes is None or reporter is None:
        return
    reporter.write_line(resumes)
    results = config.stash[RUN].results
    if results is None:
        return
    for line in annotations(results):
        reporter.write_line(line)
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with open(file, "a", encoding="utf-8", errors="backslashreplace") as summary:  # noqa: PTH123 - appended to
                summary.write(step_summary(results))
        except OSError as error:
            reporter.write_line(f"setpoint: the summary of the step cannot be written: {error.strerror}")


def _is_asked() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _terminal(config: pytest.Config) -> TerminalReporter | None:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter if isinstance(reporter, TerminalReporter) else None
