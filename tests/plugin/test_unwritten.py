"""A run on a real device names the points that no verdict is about."""

import json
from pathlib import Path

from tests.runs import ROOT, run_suites

TRACE = ROOT / "fixtures" / "traces" / "ahu-1.ndjson"


def test_points_that_were_never_written_are_named_with_the_reason(tmp_path: Path) -> None:
    first, *rest = TRACE.read_text(encoding="utf-8").splitlines()
    began = json.loads(first)
    point = began["profile"]["points"]["pump_mode"]
    began["clock"] = "real"
    began["profile"]["points"] |= {
        "unsafe": {**point, "name": "unsafe", "good": []},
        "spare": {**point, "name": "spare", "good": ["hand"]},
    }
    trace = tmp_path / "trace.ndjson"
    trace.write_text("\n".join([json.dumps(began), *rest, ""]), encoding="utf-8")

    run = run_suites(tmp_path / "reports", f"--device=trace:{trace}", "--only=writeback.applied")

    told = run.output.partition("Points that were never written:\n")[2].splitlines()[:2]
    assert told == [
        "  unsafe: the profile has no good values for them",
        "  spare: the suites take the first one or two of each kind that have enough good values",
    ]
