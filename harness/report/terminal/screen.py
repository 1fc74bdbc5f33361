"""The end of a run on one screen: outcome, findings with their stories, what would decide more, where the report is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.judging.verdicts.finding import some_of
from harness.judging.verdicts.verdict import UNDECIDED, Verdict
from harness.report.conclusion import Conclusion
from harness.report.consequences import Broken, Consequences, consequences_of
from harness.report.figures import path_for_the_eye
from harness.report.reasons import binding_of, by_reason
from harness.report.results import Results, SubjectResults
from harness.report.terminal.blocks import Block, BlockGroup, Form, ScreenLine, Tone, fitted
from harness.text import counted, plural, printable_lines, shortened

_LONGEST_PATH = 8  # lines of a story beneath its first that are told at once
_AFTER = 2  # of these, behind the one that decided
_FIRST_REASONS = 3  # by how many requirements they concern
_BRIEF = 150  # characters of a line that is to be brief

_OTHERS = (
    ("Could not be tested in part, and decided by the rest:", tuple(UNDECIDED), True),
    ("Not visible with this target:", (Verdict.OUT_OF_VIEW,), False),
    ("Does not concern it:", (Verdict.NOT_APPLICABLE,), False),
)
_TONES = {
    Conclusion.CONFORMS: Tone.GOOD,
    Conclusion.NOTHING_BROKEN: Tone.GOOD,
    Conclusion.UNDECIDED: Tone.OPEN,
    Conclusion.HARNESS_ERROR: Tone.BROKEN,
    Conclusion.DOES_NOT_CONFORM: Tone.BROKEN,
}


@dataclass(frozen=True, slots=True)
class BesideResults:
    """Lines that results do not hold: `notes` of each subject's plug, the lines before the last, and the last."""

    notes: Mapping[str, Sequence[str]]
    asides: Sequence[str]
    last: ScreenLine


def screen(
    results: Results, beside: BesideResults, rows: int | None = None, columns: int | None = None
) -> list[ScreenLine]:
    """In so many rows if it can be; None: in full."""
    told = [(subject, consequences_of(subject)) for subject in results.subjects]
    ends = [*(ScreenLine(line) for line in beside.asides), beside.last]
    room = None if rows is None else rows - sum(line.rows(columns) for line in ends)
    many = len(results.subjects) > 1
    notes = dict.fromkeys(one.levels_note for one in results.subjects)
    groups = [
        BlockGroup([Block([list(_outcome(subject))]) for subject in results.subjects]),
        BlockGroup([Block([[ScreenLine(note)]]) for note in notes if note]),
        _findings(told, many=many),
        _failed(results),
        _undecided(told, many=many),
        _doctor(results),
        *_others(results),
        *(BlockGroup([Block([[ScreenLine(line) for line in lines], []])]) for lines in beside.notes.values() if lines),
    ]
    return [*fitted(groups, room, columns), *ends]


def _outcome(results: SubjectResults) -> Iterator[ScreenLine]:
    if results.speaks:
        yield ScreenLine(results.speaks.sentence, Tone.OPEN)
    yield ScreenLine(results.sentence, _TONES[results.outcome])
    if results.partial:
        yield ScreenLine(f"Partial: {', '.join(results.partial.chosen) or 'not all that there is was asked'}")


def _findings(told: Sequence[tuple[SubjectResults, Consequences]], *, many: bool) -> BlockGroup:
    """The musts of all subjects before the shoulds of any."""
    broken = [(subject, one) for subject, its in told for one in its.broken]
    broken.sort(key=lambda pair: pair[1].requirement.verdict is not Verdict.FAIL)
    blocks = [Block(list(_forms(one, f"{subject.run.spec}: " if many else ""))) for subject, one in broken]
    return BlockGroup(blocks, more=lambda count: ScreenLine(f"… and {count} more broken", Tone.BROKEN))


def _forms(broken: Broken, where: str) -> Iterator[Form]:
    requirement, story = broken.requirement, broken.findings[0].story
    first, *path = printable_lines(story).split("\n")
    path = path_for_the_eye(path)
    tone = Tone.BROKEN if requirement.verdict is Verdict.FAIL else Tone.WARNING
    head = ScreenLine(f"{requirement.verdict}  {where}{requirement.id} ({binding_of(requirement)})", tone)
    others = len(broken.findings) - 1
    hanging = [ScreenLine(f"    + {_because(broken.hanging)}", Tone.OPEN)] if broken.hanging else []
    said = [ScreenLine(f"    {first}")]
    also = [ScreenLine(f"    and so {plural(others, 'says', 'say')} {others} more of its judgements")] if others else []
    clause = [ScreenLine(f"    {requirement.gist}   {requirement.source}")]
    official = [ScreenLine(f"    {requirement.official_test}")] if requirement.official_test else []
    told_path = [ScreenLine(f"    {line}") for line in path]
    beginning = [ScreenLine(""), head, *said]
    yield [*beginning, *told_path, *also, *clause, *official, *hanging]
    yield [*beginning, *(ScreenLine(f"    {line}") for line in _cut(path)), *clause, *official, *hanging]
    yield [head, *said, *hanging]
    count = f"   + {len(broken.hanging)} undecided" if broken.hanging else ""
    yield [ScreenLine(f"{head.text}: {shortened(first, _BRIEF - len(head.text))}{count}", tone)]
    yield []


def _because(hanging: Sequence[str]) -> str:
    return f"{len(hanging)} undecided because of this: {some_of(hanging)}"


def _cut(path: Sequence[str]) -> list[str]:
    """The lines around the one that decided."""
    if len(path) <= _LONGEST_PATH:
        return list(path)
    here = next((at for at, line in enumerate(path) if line.endswith("<- here")), _LONGEST_PATH - 1)
    end = min(len(path), max(here + _AFTER + 1, _LONGEST_PATH))
    start = max(1, end - _LONGEST_PATH + 1)
    shown = [path[0], *(["    …"] if start > 1 else []), *path[start:end]]
    return [*shown, "    …"] if end < len(path) else shown


def _failed(results: Results) -> BlockGroup:
    """Requirements on which Setpoint itself failed; the traceback stands above."""
    ids = [
        one.id for subject in results.subjects for one in subject.requirements if one.verdict is Verdict.HARNESS_ERROR
    ]
    told = f"Setpoint itself failed on {counted(len(ids), 'requirement')}: {some_of(ids)}"
    return BlockGroup([Block([[ScreenLine(""), ScreenLine(told, Tone.BROKEN)]])] if ids else [])


def _undecided(told: Sequence[tuple[SubjectResults, Consequences]], *, many: bool) -> BlockGroup:
    reasons = [
        (f"{subject.run.spec}: " if many else "", reason, ids)
        for subject, its in told
        for reason, ids in its.reasons.items()
    ]
    reasons.sort(key=lambda one: -len(one[2]))
    title = [ScreenLine(""), ScreenLine("Undecided, and why:", Tone.HEAD)]
    return _of_reasons(reasons, title)


def _others(results: Results) -> Iterator[BlockGroup]:
    """Other things that would let a run decide more: another target, a provocation, a line of the profile."""
    for title, verdicts, in_part in _OTHERS:
        reasons = [
            ("", reason, ids)
            for subject in results.subjects
            for reason, ids in by_reason(subject, verdicts, in_part=in_part).items()
        ]
        reasons.sort(key=lambda one: -len(one[2]))
        yield _of_reasons(reasons, [ScreenLine(""), ScreenLine(title, Tone.HEAD)], names=False)


def _of_reasons(reasons: Sequence[tuple[str, str, Sequence[str]]], title: Form, *, names: bool = True) -> BlockGroup:
    """The first few stay as long as there is any room; the others give way to stories. `names`: which ones, too."""
    blocks = [_reason(*told, names=names, lasts=place < _FIRST_REASONS) for place, told in enumerate(reasons)]
    return BlockGroup(blocks, title, lambda count: ScreenLine(f"   … and for {counted(count, 'more reason')}"))


def _reason(where: str, reason: str, ids: Sequence[str], *, names: bool, lasts: bool) -> Block:
    """How many requirements, why, and which."""
    first, *rest = printable_lines(reason).split("\n")
    alone, which = (f"{ids[0]}: ", []) if len(ids) == 1 else ("", [ScreenLine(f"      {some_of(ids)}")] * names)
    head = f"{len(ids):>4}  {where}{alone}"
    full = [ScreenLine(f"{head}{first}"), *(ScreenLine(f"      {line}") for line in rest), *which]
    brief = [ScreenLine(shortened(f"{head}{first}", _BRIEF))]
    return Block([full, brief, *([brief, brief] if lasts else []), []])


def _doctor(results: Results) -> BlockGroup:
    problems = [problem for subject in results.subjects for problem in subject.doctor]
    blocks = []
    for problem in problems:
        what = ScreenLine(f"  {problem.whose}: {problem.what}")
        blocks.append(Block([[what, ScreenLine(f"      {problem.mend}")], [what], [what], []]))
    return BlockGroup(
        blocks,
        [ScreenLine(""), ScreenLine("Doctor:", Tone.HEAD)],
        lambda count: ScreenLine(f"  … and {count} more {plural(count, 'thing')}: `setpoint doctor`"),
    )
