"""`summary.md`: the sentence, what is broken or undecided with its story, and every requirement in a table."""

import re
from collections.abc import Iterator
from pathlib import Path

from harness.judging.verdict import UNDECIDED, Verdict
from harness.report.results import Results

_TOLD = (Verdict.FAIL, Verdict.HARNESS_ERROR, *UNDECIDED, Verdict.WARN)
_TOLD_BRIEFLY = (Verdict.WARN, Verdict.OBSERVATION)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~&$])")


def write_markdown(results: Results, file: Path) -> None:
    """All of the run."""
    file.write_text("\n".join(_lines(results)) + "\n", encoding="utf-8")


def _lines(results: Results) -> Iterator[str]:
    run, device = results["run"], results["device"]
    yield f"# {escaped(results['sentence'])}"
    yield ""
    known = [device.get(part) for part in ("make", "model", "serial_no")]
    yield f"Device {escaped(' '.join([device['id'], *filter(None, known)]))}, target {escaped(run['target'])}, "
    yield f"{run['spec']}, {run['clock']} clock, {run['began']} to {run['ended']}."
    yield f"Driven by Setpoint {run['driven_by']}, judged by {run['judged_by']}."
    yield from _stories(results)
    yield from [
        "",
        "## Requirements",
        "",
        "| verdict | requirement | level | measured or observed |",
        "|---|---|---|---|",
    ]
    for requirement in results["requirements"]:
        noted = dict.fromkeys(note for finding in requirement["findings"] for note in notes_of(finding))
        cells = (requirement["verdict"], f"`{requirement['id']}`", requirement["level"], escaped("; ".join(noted)))
        yield f"| {' | '.join(cells)} |"
    if results["not_judged"]:
        yield from ["", "## Not judged", ""]
        yield from (f"- `{entry['id']}`: {escaped(entry['why'])}" for entry in results["not_judged"])


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


def notes_of(finding: Results) -> list[str]:
    """What stands behind a verdict in a few words; where nothing fails in pytest's eyes, the story's first line."""
    told = finding["verdict"] in _TOLD_BRIEFLY and finding["story"]
    notes = [finding["story"].partition("\n")[0]] if told else []
    notes += [*finding["observed"], *finding["measured"]]
    if not notes and finding["verdict"] == Verdict.OBSERVATION:
        notes.append("it does so")
    return notes


def escaped(text: str) -> str:
    """Text that stays text in Markdown, and on its line."""
    return _MARKUP.sub(r"\\\1", _visible(" ".join(text.splitlines())))


def _visible(line: str) -> str:
    """What does not print is made out, but does nothing to a terminal, and lone surrogates are no UTF-8."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
