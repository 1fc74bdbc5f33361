"""`summary.md`: the sentence, what is broken or undecided with its story, and every requirement in a table."""

import re
from collections.abc import Iterator
from pathlib import Path

from harness.judging.verdict import UNDECIDED, Verdict
from harness.report.reasons import by_reason, notes_of
from harness.report.results import Results

_TOLD = (Verdict.FAIL, Verdict.HARNESS_ERROR, Verdict.WARN)
_APART, _UNSEEN = (Verdict.NOT_APPLICABLE,), (Verdict.OUT_OF_VIEW,)
_GROUPED = (
    ("Not decided", tuple(UNDECIDED), None),
    ("Not applicable", _APART, False),
    ("Not applicable in part, and decided by the rest", _APART, True),
    ("Out of view", _UNSEEN, False),
    ("Out of view in part, and decided by the rest", _UNSEEN, True),
)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~&$])")


def write_markdown(results: Results, file: Path) -> None:
    """All of the run."""
    file.write_text("\n".join(_lines(results)) + "\n", encoding="utf-8")


def _lines(results: Results) -> Iterator[str]:
    run, device = results["run"], results["device"]
    yield f"# {escaped(results['sentence'])}"
    yield ""
    known = [device.get(part) for part in ("make", "model", "serial_no")]
    yield f"Device {escaped(', '.join([device['id'], *filter(None, known)]))}, target {escaped(run['target'])},"
    yield f"{run['spec']}, {run['clock']} clock, {run['began']} to {run['ended']}."
    yield f"Driven by Setpoint {run['driven_by']}, judged by {run['judged_by']}."
    yield from _stories(results)
    yield from _reasons(results)
    yield from [
        "",
        "## Requirements",
        "",
        "| verdict | requirement | level | measured or observed |",
        "|---|---|---|---|",
    ]
    for requirement in results["requirements"]:
        noted = escaped("; ".join(notes_of(requirement)))
        cells = (requirement["verdict"], f"`{requirement['id']}`", requirement["level"], noted)
        yield f"| {' | '.join(cells)} |"
    if results.get("doctor"):
        yield from ["", "## Doctor", ""]
        yield from (f"- {escaped(t['whose'])}: {escaped(t['what'])} {escaped(t['mend'])}" for t in results["doctor"])
    if results["not_judged"]:
        yield from ["", "## Not judged", ""]
        yield from (f"- `{entry['id']}`: {escaped(entry['why'])}" for entry in results["not_judged"])
    if results.get("of_other_specs"):
        yield from ["", f"No clauses of {results['run']['spec']}, so not asked: {len(results['of_other_specs'])}."]


def _stories(results: Results) -> Iterator[str]:
    for verdict in _TOLD:
        told = [
            (requirement, finding)
            for requirement in results["requirements"]
            for finding in requirement["findings"]
            if finding["verdict"] == verdict
        ]
        if told:
            yield from ["", f"## {verdict.capitalize()}"]
        for requirement, finding in told:
            yield from ["", f"### `{requirement['id']}` ({requirement['level']})", "", escaped(requirement["gist"])]
            yield from [f"Source: {requirement['source']}. Judgement: `{finding['judgement']}`.", ""]
            yield from (f"    {_visible(line)}" for line in finding["story"].splitlines())
            yield from ["", f"Decided by {_lines_of_the_trace(finding['places'])}."]


def _reasons(results: Results) -> Iterator[str]:
    for title, verdicts, in_part in _GROUPED:
        reasons = by_reason(results, verdicts, in_part=in_part)
        if reasons:
            yield from ["", f"## {title}", ""]
        for reason, ids in reasons.items():
            yield f"- {escaped(reason)}: {', '.join(f'`{name}`' for name in ids)}"


def _lines_of_the_trace(places: list[int]) -> str:
    """Lines are counted from one, as editors do."""
    lines = [str(place + 1) for place in places]
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(lines)} of `trace.ndjson`" if lines else "no record"


def escaped(text: str) -> str:
    """Text that stays text in Markdown, and on its line."""
    return _MARKUP.sub(r"\\\1", _visible(" ".join(text.splitlines())))


def _visible(line: str) -> str:
    """What does not print is made out, but does nothing to a terminal, and lone surrogates are no UTF-8."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
