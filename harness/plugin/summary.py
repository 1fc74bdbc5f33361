"""The end of a run: the record and its pages are written, every requirement is named, one sentence sums it up."""

from collections.abc import Iterator

import pytest

from harness.clock import Clock
from harness.errors import UsageError
from harness.judging.finding import Outcome, some_of
from harness.judging.verdict import UNDECIDED, Verdict
from harness.plugin.run import RUN, Run
from harness.profile import Profile
from harness.record import Began, Sent
from harness.report.reasons import by_reason, notes_of
from harness.report.results import Results, results_of
from harness.report.run_folder import write_all

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
    if not run.findings or run.folder is None or exitstatus not in (0, 1):
        return
    run.results = results_of(run.records, run.findings, run.catalogue, run.judgements)
    session.exitstatus = Outcome[run.results["outcome"].upper().replace(" ", "_")]
    try:
        write_all(run.results, run.folder)
    except UsageError as error:  # the verdict is still told, but nothing of it could be kept
        run.lost = str(error)
        session.exitstatus = Outcome.UNUSABLE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Requirement by requirement; then the undecided by reason; then the sentence."""
    run = config.stash[RUN]
    results = run.results
    if results is None:
        return
    write = terminalreporter.write_line
    terminalreporter.section(f"requirements of {results['run']['spec']}")
    if results["speaks"]:
        write(results["speaks"]["sentence"], bold=True, purple=True)
    for requirement in results["requirements"]:
        verdict = Verdict(requirement["verdict"])
        colour = {_COLOURS[verdict]: True} if verdict in _COLOURS else {}
        write(f"{verdict:<14}  {requirement['id']:<44}  {_note(requirement)}".rstrip(), **colour)
    for line in (*_not_kept(results), *_reasons(results), *_untold(run, results), *_doctor(results), *_unwritten(run)):
        write(line)
    write("")
    write(results["sentence"], bold=True)
    write(run.lost or f"Report: {run.folder}", red=bool(run.lost))


def _note(requirement: Results) -> str:
    """The first of its notes will do; and how many of its judgements were made, if not all."""
    made, of = len(requirement["findings"]), requirement["judgements"]
    part = f"({made} of {of} judgements) " if made < of else ""
    return part + next(iter(notes_of(requirement)), "")


def _not_kept(results: Results) -> Iterator[str]:
    """The stories of what pytest counts as passed: a should that was broken."""
    warned = [
        (requirement, finding)
        for requirement in results["requirements"]
        for finding in requirement["findings"]
        if finding["verdict"] == Verdict.WARN
    ]
    if warned:
        yield ""
        yield "Not kept, though no must:"
    for requirement, finding in warned:
        first, *path = finding["story"].splitlines()
        yield f"  {first}   {requirement['id']} ({requirement['level']})"
        yield from (f"  {line}" for line in path)


def _reasons(results: Results) -> Iterator[str]:
    """Sixty judgements that lack the same thing lack one thing."""
    for title, verdicts, in_part in _GROUPS:
        reasons = by_reason(results, verdicts, in_part=in_part)
        if reasons:
            yield ""
            yield title
        for reason, ids in reasons.items():
            yield f"  {some_of(ids)}"
            yield from (f"      {line}" for line in reason.splitlines())


def _untold(run: Run, results: Results) -> Iterator[str]:
    """What no judgement could have told, where all of them were asked for."""
    if not _is_whole(run):
        return
    if results["not_judged"]:
        yield ""
        yield f"Not judged by any test: {', '.join(entry['id'] for entry in results['not_judged'])}"
    if results["of_other_specs"]:
        yield ""
        yield f"No clauses of {results['run']['spec']}, so not asked: {some_of(results['of_other_specs'])}"


def _is_whole(run: Run) -> bool:
    """Whether every judgement was made."""
    return len(run.findings) == sum(run.judgements.values())


def _unwritten(run: Run) -> Iterator[str]:
    """The points of the profile that no verdict is about: a suite writes to one or two of each kind."""
    began = next(record for record in run.records if isinstance(record, Began))
    written = {point for record in run.records if isinstance(record, Sent) for point, _ in record.settings.values()}
    left_out = [point for point in Profile.from_dict(began.profile).points.values() if point.name not in written]
    unsafe = [point.name for point in left_out if not point.good]
    # A part of the suites leaves out more, and where nothing was driven it is no choice of theirs.
    spare = [point.name for point in left_out if point.good and written and _is_whole(run)]
    if began.clock == Clock.REAL and (unsafe or spare):
        yield ""
        yield "Points that were never written:"
    if began.clock == Clock.REAL and unsafe:
        yield f"  {some_of(unsafe)}: the profile has no good values for them"
    if began.clock == Clock.REAL and spare:
        yield f"  {some_of(spare)}: the suites take the first one or two of each kind that have enough good values"


def _doctor(results: Results) -> Iterator[str]:
    """What may keep verdicts from being about the device; it changes none."""
    if results["doctor"]:
        yield ""
        yield "Doctor:"
    for trouble in results["doctor"]:
        yield f"  {trouble['whose']}: {trouble['what']}"
        yield f"      {trouble['mend']}"


_APART, _UNSEEN = (Verdict.NOT_APPLICABLE,), (Verdict.OUT_OF_VIEW,)
_GROUPS = (
    ("Not decided:", tuple(UNDECIDED), None),
    ("Not applicable:", _APART, False),
    ("Not applicable in part, and decided by the rest:", _APART, True),
    ("Out of view:", _UNSEEN, False),
    ("Out of view in part, and decided by the rest:", _UNSEEN, True),
)
