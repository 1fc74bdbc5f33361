"""A recording is judged as the device was, to the byte; and old recordings stay readable."""

import re
from pathlib import Path

import pytest

from harness.judging.verdicts.verdict import Verdict
from harness.report.reading import read_results
from tests.runs import ROOT, run_suites

pytestmark = pytest.mark.process

OLD = ROOT / "fixtures" / "udmi" / "traces" / "ahu-1.ndjson"


@pytest.mark.parametrize("variant", [None, "ignores-etag", "etag-per-message", "silent", "writes-without-a-version"])
def test_recording_gives_the_same_bytes(tmp_path: Path, variant: str | None) -> None:
    driven = run_suites(tmp_path / "driven", *(["--variant", variant] if variant else []))
    trace = driven.folder / "trace.ndjson"

    judged_again = run_suites(tmp_path / "again", f"--device=trace:{trace}")

    for file in ("results.json", "trace.ndjson", "summary.md", "report.html"):
        assert (judged_again.folder / file).read_bytes() == (driven.folder / file).read_bytes()
    assert _undated(judged_again.folder / "junit.xml") == _undated(driven.folder / "junit.xml")
    assert judged_again.code == driven.code


def _undated(junit: Path) -> str:
    """The file without the date of its run: judging again is a run of its own, and CI servers sort by that."""
    text, dates = re.subn(r' timestamp="[^"]*"', "", junit.read_text(encoding="utf-8"))
    assert dates
    return text


def test_old_recording_is_still_judged(tmp_path: Path) -> None:
    run = run_suites(tmp_path, f"--device=trace:{OLD}")

    assert run.code in (0, 2), run.output
    assert set(run.verdicts.values()) <= {"pass", "observation", "could not test", "out of view"}
    assert list(run.verdicts.values()).count("pass") >= 100


def test_scenario_that_an_old_recording_lacks_could_not_be_tested(tmp_path: Path) -> None:
    lines = OLD.read_text(encoding="utf-8").splitlines(keepends=True)
    older = tmp_path / "older.ndjson"
    opened = next(place for place, line in enumerate(lines) if '"scenario": "stale_write"' in line)
    older.write_text("".join(lines[:opened]), encoding="utf-8")

    run = run_suites(tmp_path / "reports", f"--device=trace:{older}")

    stories = {finding.story for _, finding in run.judged.found(Verdict.COULD_NOT_TEST)}
    assert "stale_write was not driven" in stories
    assert "its scenario was not driven" in run.output


def test_recording_and_results_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    marked = tmp_path / "marked.ndjson"
    marked.write_text(OLD.read_text(encoding="utf-8"), encoding="utf-8-sig")

    run = run_suites(tmp_path / "reports", f"--device=trace:{marked}")
    passed = list(run.verdicts.values()).count("pass")
    results = run.folder / "results.json"
    before = read_results(results)
    results.write_text(results.read_text(encoding="utf-8"), encoding="utf-8-sig")

    assert passed >= 100
    assert read_results(results) == before


def test_recording_without_its_end_decides_what_it_can(tmp_path: Path) -> None:
    lines = OLD.read_text(encoding="utf-8").splitlines(keepends=True)
    cut = tmp_path / "cut.ndjson"
    cut.write_text("".join(lines[: len(lines) // 2])[:-20], encoding="utf-8")

    run = run_suites(tmp_path / "reports", f"--device=trace:{cut}")

    assert run.code == 2
    assert {"pass", "could not test"} <= set(run.verdicts.values())
    assert set(run.verdicts.values()) <= {"pass", "could not test", "observation", "inconclusive"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is no trace"),
        ("{}\n", "line 1"),
        ('{"record": "opened", "time": 1, "scenario": "x"}\n', "is no trace"),
        ("nonsense\n", "line 1: no JSON"),
    ],
)
def test_file_that_is_no_trace_is_refused_with_its_place(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "odd.ndjson"
    file.write_text(content)

    run = run_suites(tmp_path / "reports", f"--device=trace:{file}")

    assert run.code == 3
    assert problem in run.output
    assert "Traceback" not in run.output
