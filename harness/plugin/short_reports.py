"""How a judgement ended, in brief: pytest would work out every line on the way, and our story stands in their place.

The outcome tells of requirements, not of judgements: of these, pytest names one by one only what -v asks for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

import pytest
from _pytest.terminal import TerminalReporter  # pytest 8.3 does not export it

from harness.judging.verdicts.verdict import Verdict, verdict_of
from harness.plugin.options import wants_judgement
from harness.plugin.run import DECIDES, RUN
from harness.report.results import Results

_DRAWERS = {
    Verdict.PASS: "passed",
    Verdict.FAIL: "failed",
    Verdict.HARNESS_ERROR: "error",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.OUT_OF_VIEW: "skipped",
}


def drawer_of(verdict: Verdict) -> str:
    """The category in which pytest counts it: one of its own, where it has one that means the same."""
    return _DRAWERS.get(verdict, str(verdict))


def is_brief(config: pytest.Config) -> bool:
    """Whether the operator asked for no more than the outcome."""
    return config.get_verbosity() <= 0


def pytest_configure(config: pytest.Config) -> None:
    """An operator who asks for a verdict asks for no versions of plugins: `results.json` has Setpoint's own."""
    if is_brief(config) and wants_judgement(config):
        config.option.no_header = True


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Judging takes a moment: where there is nothing else to be done, its progress is not worth a hundred lines."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    only_ours = all(DECIDES in item.stash for item in session.items)
    session.config.stash[NAMES_NONE] = only_ours and is_brief(session.config)
    if isinstance(reporter, TerminalReporter) and session.config.stash[NAMES_NONE]:
        reporter.showfspath = False
        reporter._show_progress_info = False  # noqa: SLF001 - else a lone "[100%]" remains, and no option takes it away


@contextmanager
def without_stories(reporter: TerminalReporter) -> Iterator[None]:
    """Meanwhile pytest knows of no failed judgement, so that it tells none; our own errors keep their tracebacks."""
    failed = reporter.stats.pop("failed", [])
    others = [report for report in failed if not _is_judgement(report)]
    if others:
        reporter.stats["failed"] = others
    try:
        yield
    finally:
        if failed:
            reporter.stats["failed"] = failed


def one_report_each(reporter: TerminalReporter, results: Results) -> None:
    """From now on pytest counts requirements: one report of each, in the category of its verdict."""
    reports: dict[object, pytest.TestReport] = {}
    for category, listed in list(reporter.stats.items()):
        if category:  # the nameless one is of set-ups and tear-downs, which are not counted
            reports |= {dict(one.user_properties).get("requirement"): one for one in listed if _is_judgement(one)}
            reporter.stats[category] = [one for one in listed if not _is_judgement(one)]
    for requirement in (one for subject in results.subjects for one in subject.requirements):
        if requirement.id in reports:
            reporter.stats.setdefault(drawer_of(requirement.verdict), []).append(reports[requirement.id])


def _is_judgement(report: object) -> bool:
    return "verdict" in dict(getattr(report, "user_properties", ()))


NAMES_NONE = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
    """Of one that came to a verdict on the device; where we are at fault ourselves, the lines are wanted."""
    requirement = item.stash.get(DECIDES, None)
    if requirement is None or call.excinfo is None or call.when == "teardown":
        return None
    if verdict_of(call.excinfo.value, item.config.stash[RUN].level(item)) is Verdict.HARNESS_ERROR:
        return None
    without_its_lines = copy(call)
    without_its_lines.excinfo = None
    report = pytest.TestReport.from_item_and_call(item, without_its_lines)
    report.outcome = "failed"
    return report
