"""A run on a real device names the points that no verdict is about."""

import json
from pathlib import Path

import pytest

from tests.runs import ROOT, Run, run_suites

pytestmark = pytest.mark.process

TRACE = ROOT / "fixtures" / "udmi" / "traces" / "ahu-1.ndjson"


def run_with_two_more_points(folder: Path, *options: str) -> Run:
    """Of a recording that says that it was made in real time."""
    first, *rest = TRACE.read_text(encoding="utf-8").splitlines()
    began = json.loads(first)
    point = began["profile"]["points"]["pump_mode"]
    began["clock"] = "real"
    began["profile"]["points"] |= {
        "unsafe": {**point, "name": "unsafe", "good": []},
        "spare": {**point, "name": "spare", "good": ["hand"]},
    }
    trace = folder / "trace.ndjson"
    trace.write_text("\n".join([json.dumps(began), *rest, ""]), encoding="utf-8")
    return run_suites(folder / "reports", f"--device=trace:{trace}", *options)


def test_points_that_were_never_written_are_named_with_the_reason(tmp_path: Path) -> None:
    run = run_with_two_more_points(tmp_path)

    told = run.output.partition("Points that were never written:\n")[2].splitlines()[:2]
    assert told == [
        "  unsafe: the profile has no good values for them",
        "  spare: the suites take the first one or two of each kind that have enough good values",
    ]


def test_part_of_the_suites_does_not_tell_what_all_of_them_leave_out(tmp_path: Path) -> None:
    run = run_with_two_more_points(tmp_path, "--only=writeback.applied")

    assert "  unsafe: " in run.output
    assert "  spare: " not in run.output
    assert "Not judged by any test" not in run.output
