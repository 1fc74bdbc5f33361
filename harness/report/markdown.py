"""`summary.md`: the sentence, what is broken or undecided with its story, and every requirement in a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.judging.verdicts.verdict import UNDECIDED, Verdict
from harness.report.consequences import consequences_of
from harness.report.figures import path_for_the_eye, verdict_words
from harness.report.reasons import binding_of, by_reason, notes_of
from harness.report.results import RequirementResult, Results, SubjectResults
from harness.text import markdown_text, parts_by_ticks, plural, printable_lines

_TOLD = (Verdict.FAIL, Verdict.HARNESS_ERROR, Verdict.WARN)
_APART, _UNSEEN = (Verdict.NOT_APPLICABLE,), (Verdict.OUT_OF_VIEW,)
_GROUPED = (
    ("Could not be tested in part, and decided by the rest", tuple(UNDECIDED), True),
    ("Not applicable", _APART, False),
    ("Not applicable in part, and decided by the rest", _APART, True),
    ("Not visible with this target", _UNSEEN, False),
    ("Not visible with this target in part, and decided by the rest", _UNSEEN, True),
)


def write_markdown(results: Results, file: Path) -> None:
    """All of the run, subject by subject."""
    file.write_text(markdown_of(results), encoding="utf-8", errors="backslashreplace")


def markdown_of(results: Results) -> str:
    """The text of it."""
    lines = "\n\n".join("\n".join(_lines(subject)) for subject in results.subjects)
    return "\n".join([lines, *_not_asked(results), ""])


def _not_asked(results: Results) -> Iterator[str]:
    if results.not_asked:
        yield from ["", f"Not asked for, so not judged: {markdown_text(', '.join(results.not_asked))}."]


def _lines(results: SubjectResults) -> Iterator[str]:
    run, device = results.run, results.device
    yield f"# {markdown_text(results.sentence)}"
    yield ""
    known = filter(None, [device.id, device.make, device.model, device.serial_no])
    yield f"Device {markdown_text(', '.join(known))}, target {markdown_text(run.target)},"
    yield f"{markdown_text(run.spec)}, {run.clock} clock, {markdown_text(f'{run.began} to {run.ended}')}."
    yield f"Driven by Setpoint {markdown_text(f'{run.driven_by}, judged by {run.judged_by}')}."
    if results.partial:
        yield f"Partial: {markdown_text(', '.join(results.partial.chosen) or 'not all that there is was asked')}."
    if results.levels_note:
        yield markdown_text(results.levels_note)
    yield from _stories(results)
    yield from _reasons(results)
    yield from [
        "",
        "## Requirements",
        "",
        "| verdict | requirement | level | measured or observed |",
        "|---|---|---|---|",
    ]
    for requirement in results.requirements:
        noted = markdown_text("; ".join(notes_of(requirement)))
        cells = (verdict_words(requirement.verdict), f"`{requirement.id}`", binding_of(requirement), noted)
        yield f"| {' | '.join(cells)} |"
    if results.doctor:
        yield from ["", "## Doctor", ""]
        yield from (f"- {one.whose}: {_ticked(one.what)} {_ticked(one.mend)}" for one in results.doctor)
    if results.not_judged:
        yield from ["", "## Not judged", ""]
        yield from (f"- `{entry.id}`: {markdown_text(entry.why)}" for entry in results.not_judged)
    if results.of_other_specs:
        yield from ["", f"No clauses of {run.spec}, so not asked: {len(results.of_other_specs)}."]


def _stories(results: SubjectResults) -> Iterator[str]:
    hanging = {one.requirement.id: one.hanging for one in consequences_of(results).broken}
    for verdict in _TOLD:
        told = results.found(verdict)
        if told:
            yield from ["", f"## {verdict.capitalize()}"]
        for requirement, finding in told:
            yield from ["", f"### `{requirement.id}` ({binding_of(requirement)})", "", markdown_text(requirement.gist)]
            yield from [f"Source: {_source(requirement)}. Judgement: `{finding.judgement}`.", ""]
            first, *path = printable_lines(finding.story).split("\n")
            yield from (f"    {line}" for line in (first, *path_for_the_eye(path)))
            if requirement.official_test:
                yield from ["", markdown_text(requirement.official_test)]
            if names := hanging.pop(requirement.id, ()):
                yield from ["", f"{len(names)} undecided because of this: {', '.join(f'`{name}`' for name in names)}"]
            yield from ["", f"Decided by {_lines_of_the_trace(finding.places, results.trace)}."]


def _source(requirement: RequirementResult) -> str:
    """The source, and where it can be read."""
    address = requirement.source_address
    return f"{requirement.source} ({address})" if address else requirement.source


def _reasons(results: SubjectResults) -> Iterator[str]:
    told = [("Not decided", consequences_of(results).reasons)]
    told += [(title, by_reason(results, verdicts, in_part=in_part)) for title, verdicts, in_part in _GROUPED]
    for title, reasons in told:
        if reasons:
            yield from ["", f"## {title}", ""]
        for reason, ids in reasons.items():
            many = f"{len(ids)} because of one thing: " if len(ids) > 1 else ""
            yield f"- {many}{_ticked(reason)}: {', '.join(f'`{name}`' for name in ids)}"


def _ticked(text: str) -> str:
    """The text, in which code is what stands between backticks, and all else as text."""
    parts = parts_by_ticks(" ".join(text.splitlines()))
    return "".join(f"`{printable_lines(part)}`" if is_code else markdown_text(part) for part, is_code in parts)


def _lines_of_the_trace(places: Sequence[int], trace: str) -> str:
    """Lines are counted from one, as editors do."""
    lines = [str(place) for place in places]
    return f"{plural(len(lines), 'line')} {', '.join(lines)} of `{trace}`" if lines else "no record"
