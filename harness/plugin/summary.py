"""The end of a run: the record and its pages are written, every requirement is named, one sentence sums it up."""

from collections.abc import Iterator, Sequence

import pytest
from _pytest.terminal import TerminalReporter  # pytest 8.3 does not export it

from harness.errors import UsageError
from harness.judging.history import History
from harness.judging.reader import reader_for
from harness.judging.verdicts.finding import Outcome, some_of
from harness.judging.verdicts.verdict import UNDECIDED, Verdict
from harness.judging.whole_run import WholeRun
from harness.plugin.run import RUN, Run, SubjectRun
from harness.plugin.selection import selection_of
from harness.report.making import results_of, subject_results
from harness.report.page.scenes import Scenes
from harness.report.reasons import binding_of, by_reason, notes_of
from harness.report.results import RequirementResult, SubjectResults
from harness.report.run_folder import write_all
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


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """Requirement by requirement; then the undecided by reason; then the sentence."""
    run = config.stash[RUN]
    if run.results is None:
        return
    for results in run.results.subjects:
        _tell(terminalreporter, run, results)
    if run.results.not_asked:
        terminalreporter.write_line(f"Not asked for, so neither judged nor skipped: {', '.join(_counted(run))}")
    terminalreporter.write_line(run.lost or f"Report: {run.folder}", red=bool(run.lost))


def _came_to(judged: SubjectRun, whole: WholeRun[History], config: pytest.Config) -> SubjectResults:
    run, selection = config.stash[RUN], selection_of(config, judged.name)
    return subject_results(
        whole, judged.findings, run.catalogue.of(judged.name), selection, run.measure, trace=judged.trace
    )


def _not_asked(run: Run) -> Sequence[str]:
    """The subjects of which judgements were collected, and none was to be made."""
    return [name for name in run.collected if not any(one.name == name and one.judging for one in run.subjects)]


def _counted(run: Run) -> Iterator[str]:
    for name in _not_asked(run):
        count = run.collected[name]
        yield f"{name} ({counted(count, 'judgement')})"


def _tell(terminalreporter: TerminalReporter, run: Run, results: SubjectResults) -> None:
    write = terminalreporter.write_line
    terminalreporter.section(f"requirements of {results.run.spec}")
    if results.speaks:
        write(results.speaks.sentence, bold=True, purple=True)
    for requirement in results.requirements:
        verdict = requirement.verdict
        colour = {_COLOURS[verdict]: True} if verdict in _COLOURS else {}
        write(f"{verdict:<14}  {requirement.id:<44}  {_note(requirement)}".rstrip(), **colour)
    for line in (
        *_not_kept(results),
        *_reasons(results),
        *_untold(results),
        *_doctor(results),
        *_of_the_protocol(run, results),
    ):
        write(line)
    write("")
    if results.partial:
        write(f"Partial: {', '.join(results.partial.chosen) or 'not all that there is was asked'}")
    if results.levels_note:
        write(results.levels_note)
    write(results.sentence, bold=True)


def _note(requirement: RequirementResult) -> str:
    """The first of its notes will do; and how many of its judgements were made, if not all."""
    made, of = len(requirement.findings), requirement.judgements
    part = f"({made} of {counted(of, 'judgement')}) " if made < of else ""
    return part + next(iter(notes_of(requirement)), "")


def _not_kept(results: SubjectResults) -> Iterator[str]:
    """The stories of what pytest counts as passed: a should that was broken."""
    warned = results.found(Verdict.WARN)
    if warned:
        yield ""
        yield "Not kept, though no must:"
    for requirement, finding in warned:
        first, *path = finding.story.splitlines()
        yield f"  {first}   {requirement.id} ({binding_of(requirement)})"
        yield from (f"  {line}" for line in path)
        yield from ([f"  {requirement.official_test}"] if requirement.official_test else [])


def _reasons(results: SubjectResults) -> Iterator[str]:
    """Sixty judgements that lack the same thing lack one thing."""
    for title, verdicts, in_part in _GROUPS:
        reasons = by_reason(results, verdicts, in_part=in_part)
        if reasons:
            yield ""
            yield title
        for reason, ids in reasons.items():
            yield f"  {len(ids)} because of one thing: {some_of(ids)}" if len(ids) > 1 else f"  {ids[0]}"
            yield from (f"      {line}" for line in reason.splitlines())


def _untold(results: SubjectResults) -> Iterator[str]:
    """Requirements that nothing judged: no test covers them, or they are no clauses of this spec."""
    if results.partial:
        return
    if results.not_judged:
        yield ""
        yield f"Not judged by any test: {', '.join(entry.id for entry in results.not_judged)}"
    if results.of_other_specs:
        yield ""
        yield f"No clauses of {results.run.spec}, so not asked: {some_of(results.of_other_specs)}"


def _of_the_protocol(run: Run, results: SubjectResults) -> Iterator[str]:
    """The lines of the protocol's own plug."""
    (whole,) = (one.judging.whole for one in run.subjects if one.name == results.subject and one.judging)
    records = whole.history.records
    yield from reader_for(records).closing_lines(records, is_partial=results.partial is not None)


def _doctor(results: SubjectResults) -> Iterator[str]:
    """Problems that may keep verdicts from being about the device; none of them changes a verdict."""
    if results.doctor:
        yield ""
        yield "Doctor:"
    for problem in results.doctor:
        yield f"  {problem.whose}: {problem.what}"
        yield f"      {problem.mend}"


_APART, _UNSEEN = (Verdict.NOT_APPLICABLE,), (Verdict.OUT_OF_VIEW,)
_GROUPS = (
    ("Not decided:", tuple(UNDECIDED), False),
    ("Could not be tested in part, and decided by the rest:", tuple(UNDECIDED), True),
    ("Not applicable:", _APART, False),
    ("Not applicable in part, and decided by the rest:", _APART, True),
    ("Out of view:", _UNSEEN, False),
    ("Out of view in part, and decided by the rest:", _UNSEEN, True),
)
