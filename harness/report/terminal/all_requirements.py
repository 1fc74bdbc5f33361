"""Every requirement of a subject in a line, and every reason in full: for an operator who asks for all of it."""

from collections.abc import Iterator

from harness.judging.verdicts.finding import some_of
from harness.judging.verdicts.verdict import UNDECIDED, Verdict
from harness.report.figures import verdict_words
from harness.report.reasons import by_reason, notes_of
from harness.report.results import RequirementResult, SubjectResults
from harness.text import counted

_APART, _UNSEEN = (Verdict.NOT_APPLICABLE,), (Verdict.OUT_OF_VIEW,)
_GROUPS = (
    ("Not decided:", tuple(UNDECIDED), False),
    ("Could not be tested in part, and decided by the rest:", tuple(UNDECIDED), True),
    ("Not applicable:", _APART, False),
    ("Not applicable in part, and decided by the rest:", _APART, True),
    ("Not visible with this target:", _UNSEEN, False),
    ("Not visible with this target in part, and decided by the rest:", _UNSEEN, True),
)


def requirement_line(requirement: RequirementResult) -> str:
    """Verdict, id, and the first of its notes; and how many of its judgements were made, if not all."""
    made, of = len(requirement.findings), requirement.judgements
    part = f"({made} of {counted(of, 'judgement')}) " if made < of else ""
    note = part + next(iter(notes_of(requirement)), "")
    return f"{verdict_words(requirement.verdict):<14}  {requirement.id:<44}  {note}".rstrip()


def reasons(results: SubjectResults) -> Iterator[str]:
    """Sixty judgements that lack the same thing lack one thing."""
    for title, verdicts, in_part in _GROUPS:
        told = by_reason(results, verdicts, in_part=in_part)
        if told:
            yield ""
            yield title
        for reason, ids in told.items():
            yield f"  {len(ids)} because of one thing: {some_of(ids)}" if len(ids) > 1 else f"  {ids[0]}"
            yield from (f"      {line}" for line in reason.splitlines())


def untold(results: SubjectResults) -> Iterator[str]:
    """Requirements that nothing judged: no test covers them, or they are no clauses of this spec."""
    if results.partial:
        return
    if results.not_judged:
        yield ""
        yield f"Not judged by any test: {', '.join(entry.id for entry in results.not_judged)}"
    if results.of_other_specs:
        yield ""
        yield f"No clauses of {results.run.spec}, so not asked: {some_of(results.of_other_specs)}"
