"""The end of a run: the record and its pages are written, and one screen tells the outcome; with -v, all of it."""

import shutil
import sys
from collections.abc import Generator, Iterator, Sequence

import pytest
from _pytest.terminal import TerminalReporter  # pytest 8.3 does not export it

from harness.errors import UsageError
from harness.judging.history import History
from harness.judging.reader import reader_for
from harness.judging.verdicts.finding import Outcome
from harness.judging.verdicts.verdict import Verdict
from harness.judging.whole_run import WholeRun
from harness.plugin.run import RUN, Run, SubjectRun
from harness.plugin.selection import selection_of
from harness.plugin.short_reports import is_brief, one_report_each, without_stories
from harness.report.making import results_of, subject_results
from harness.report.page.scenes import Scenes
from harness.report.results import SubjectResults
from harness.report.run_folder import write_all
from harness.report.terminal.all_requirements import reasons, requirement_line, untold
from harness.report.terminal.blocks import ScreenLine, Tone
from harness.report.terminal.screen import BesideResults, screen
from harness.text import counted

_COLOURS = {
    Verdict.PASS: "green",
    Verdict.OBSERVATION: "cyan",
    Verdict.WARN: "yellow",
    Verdict.FAIL: "red",
    Verdict.INCONCLUSIVE: "purple",
    Verdict.COULD_NOT_TEST: "purple",
    Verdict.HARNESS_ERROR: "red",
}
_TONES = {
    Tone.PLAIN: {},
    Tone.HEAD: {"bold": True},
    Tone.GOOD: {"bold": True, "green": True},
    Tone.BROKEN: {"bold": True, "red": True},
    Tone.WARNING: {"bold": True, "yellow": True},
    Tone.OPEN: {"bold": True, "purple": True},
}
_LEAST, _MOST = 24, 40  # rows of a screen
_TAKEN = 3  # of these, by the line above the outcome, the last one of pytest's, and the prompt


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the run down; its outcome is the exit code."""
    run = session.config.stash[RUN]
    judged = {one.trace: one.judging.whole for one in run.subjects if one.judging}
    if not any(one.findings for one in run.subjects) or run.folder is None or exitstatus not in (0, 1):
        return
    came_to = [_came_to(one, judged[one.trace], session.config) for one in run.subjects if one.judging]
    run.results = results_of(came_to, _not_asked(run))
    outcome = run.results.outcome.outcome
    session.exitstatus = Outcome.HARNESS_ERROR if run.uncollected and outcome is Outcome.CONFORMS else outcome
    try:
        write_all(run.results, run.folder, {trace: Scenes.of_run(whole) for trace, whole in judged.items()})
    except UsageError as error:  # the verdict is still told, but nothing of it could be kept
        run.lost = str(error)
        session.exitstatus = Outcome.UNUSABLE


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> Generator[None]:
    """The outcome comes last, where the operator looks; what pytest would tell of each judgement is told in it."""
    run = config.stash[RUN]
    if run.results is None:
        yield
        return
    with without_stories(terminalreporter):
        yield
    if not is_brief(config):
        for results in run.results.subjects:
            _list(terminalreporter, results)
    terminalreporter.section("outcome")
    size = shutil.get_terminal_size() if sys.stdout.isatty() else None
    rows = min(max(size.lines, _LEAST), _MOST) if size else _MOST
    lines = screen(
        run.results, _beside(run), rows - _TAKEN if is_brief(config) else None, size.columns if size else None
    )
    for line in lines:
        terminalreporter.write_line(line.text, **_TONES[line.tone])
    one_report_each(terminalreporter, run.results)


def _came_to(judged: SubjectRun, whole: WholeRun[History], config: pytest.Config) -> SubjectResults:
    run, selection = config.stash[RUN], selection_of(config, judged.name)
    return subject_results(
        whole, judged.findings, run.catalogue.of(judged.name), selection, run.measure, trace=judged.trace
    )


def _not_asked(run: Run) -> Sequence[str]:
    """The subjects of which judgements were collected, and none was to be made."""
    return [name for name in run.collected if not any(one.name == name and one.judging for one in run.subjects)]


def _beside(run: Run) -> BesideResults:
    named = [f"{name} ({counted(run.collected[name], 'judgement')})" for name in _not_asked(run)]
    asides = [f"Not asked for, so neither judged nor skipped: {', '.join(named)}"] if named else []
    report = ScreenLine(f"Report: {run.folder}/report.html")
    return BesideResults(dict(_notes(run)), asides, ScreenLine(run.lost, Tone.BROKEN) if run.lost else report)


def _notes(run: Run) -> Iterator[tuple[str, Sequence[str]]]:
    """The lines of each protocol's own plug."""
    for results in run.results.subjects if run.results else ():
        (whole,) = (one.judging.whole for one in run.subjects if one.name == results.subject and one.judging)
        records = whole.history.records
        is_partial = results.partial is not None
        yield results.subject, list(reader_for(records).closing_lines(records, is_partial=is_partial))


def _list(terminalreporter: TerminalReporter, results: SubjectResults) -> None:
    terminalreporter.section(f"requirements of {results.run.spec}")
    for requirement in results.requirements:
        colour = {_COLOURS[requirement.verdict]: True} if requirement.verdict in _COLOURS else {}
        terminalreporter.write_line(requirement_line(requirement), **colour)
    for line in (*reasons(results), *untold(results)):
        terminalreporter.write_line(line)
