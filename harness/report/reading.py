"""Results of an earlier run, also of an earlier version: what that version did not write down is empty."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from harness.errors import UsageError
from harness.files.schema import require
from harness.protocol import protocol_of
from harness.report.results import FORMAT, TRACE, Results
from harness.text import brief, printable

_OLD_FIGURE = re.compile(r"(?s)(?P<what>.*) (?P<seconds>\d+\.\d{3}) s; required (?P<required>.*)")


def read_results(file: Path) -> Results:
    """The results of the run. Raises UsageError, with the place, where the file is something else."""
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    except (RecursionError, ValueError) as error:
        raise UsageError(f"{file} is not JSON: {error}") from error
    content = _up_to_date(content, file)
    require(content, "schemas/results", file)
    try:
        return msgspec.convert(content, Results)
    except msgspec.ValidationError as error:
        raise UsageError(f"{file}: {printable(str(error))}") from error


def _up_to_date(content: Any, file: Path) -> object:  # noqa: ANN401 - JSON that may be anything
    """The same in the format of today. Raises UsageError where it is of a later one, or not what its format wants."""
    written = content.get("format", FORMAT) if isinstance(content, dict) else FORMAT
    if isinstance(written, bool) or written not in (*_OLDER, FORMAT):
        raise UsageError(f"{file} has format {brief(written)}; this version reads up to {FORMAT}")
    for older, bring_on in _OLDER.items():
        if written <= older:
            require(content, f"schemas/results-{older}", file)
            content = bring_on(content, file)
    return content


def _from_format_1(results: dict[str, Any], file: Path) -> object:
    """It had its figures in words, and named no windows, no scenarios and no decisive record."""
    for finding in _findings(results):
        finding["measured"] = [_figure(words, file) for words in finding["measured"]]
        finding |= {"due": [], "where": {"decisive": None, "since": None, "point": None}, "scenarios": []}
    return {**results, "format": 2}


def _from_format_2(results: dict[str, Any], _file: Path) -> object:
    """It counted the lines of the trace from zero."""
    for finding in _findings(results):
        finding["places"] = [place + 1 for place in finding["places"]]
        for side in ("decisive", "since"):
            place = finding["where"][side]
            finding["where"][side] = None if place is None else place + 1
    return {**results, "format": 3}


def _from_format_3(results: dict[str, Any], file: Path) -> object:
    """It was of the one subject that every protocol had."""
    try:
        subject = protocol_of(results["run"]["spec"]).subjects[0].name
    except UsageError as error:
        raise UsageError(f"{file}: run.spec: {printable(str(error))}") from error
    summed = {name: results[name] for name in ("outcome", "sentence")}
    of_it = {name: value for name, value in results.items() if name != "format"}
    return {"format": 4, **summed, "subjects": [{"subject": subject, "trace": TRACE, **of_it}]}


def _findings(results: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding for requirement in results["requirements"] for finding in requirement["findings"]]


def _figure(words: str, file: Path) -> dict[str, object]:
    known = _OLD_FIGURE.fullmatch(words)
    if known is None:
        raise UsageError(f"{file}: {words[:80]!r} is no figure that format 1 knows")
    seconds = float(known["seconds"])
    limits = {"earliest": None, "latest": None}
    return {"what": known["what"], "least": seconds, "most": seconds, "required": known["required"], **limits}


_OLDER = {1: _from_format_1, 2: _from_format_2, 3: _from_format_3}
