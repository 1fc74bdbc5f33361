"""Results of an earlier run, also of an earlier version: what that version did not write down is empty."""

import json
import re
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.report.results import FORMAT, Results
from harness.schema import require

_OLD_FIGURE = re.compile(r"(?s)(?P<what>.*) (?P<seconds>\d+\.\d{3}) s; required (?P<required>.*)")


def read_results(file: Path) -> Results:
    """What the run decided. Raises UsageError, with the place, where the file is something else."""
    try:
        results = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    except (RecursionError, ValueError) as error:
        raise UsageError(f"{file} is not JSON: {error}") from error
    written = results.get("format", FORMAT) if isinstance(results, dict) else FORMAT
    if written not in (1, FORMAT):
        raise UsageError(f"{file} has format {written}; this version reads up to {FORMAT}")
    if written == 1:
        require(results, "results-1", file)
        _bring_up_to_date(results, file)
    require(results, "results", file)
    known: Results = results
    return known


def _bring_up_to_date(results: dict[str, Any], file: Path) -> None:
    """Format 1 had its figures in words, and named no windows, no scenarios and no decisive record."""
    results["format"] = FORMAT
    for requirement in results["requirements"]:
        for finding in requirement["findings"]:
            finding["measured"] = [_figure(words, file) for words in finding["measured"]]
            finding |= {"due": [], "where": {"decisive": None, "since": None, "point": None}, "scenarios": []}


def _figure(words: str, file: Path) -> dict[str, object]:
    known = _OLD_FIGURE.fullmatch(words)
    if known is None:
        raise UsageError(f"{file}: {words[:80]!r} is no figure that format 1 knows")
    seconds = float(known["seconds"])
    limits = {"earliest": None, "latest": None}
    return {"what": known["what"], "least": seconds, "most": seconds, "required": known["required"], **limits}
