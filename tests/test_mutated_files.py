"""A stranger's file is read or refused in one line: it never ends as an error of ours."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.judging.verdicts.verdict import Verdict
from harness.protocols.udmi.judging.whole_run import whole_run_of
from harness.record.trace import read_trace
from harness.report.reading import read_results
from harness.report.run_folder import write_pages
from tests.altered.judgement import judgements
from tests.frozen.drive import FROZEN
from tests.mutated_files import mutated_json, mutated_lines
from tests.runs import ROOT, run_suites

T = TypeVar("T")

_TRACE = ROOT / "fixtures" / "udmi" / "traces" / "ahu-1.ndjson"
_LINES = _TRACE.read_text(encoding="utf-8").splitlines()
_OF_FORMAT_2 = gzip.decompress((FROZEN / "udmi-1.5" / "trace.ndjson.gz").read_bytes()).decode().splitlines()
_LIMITS = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@_LIMITS
@given(content=mutated_lines(_LINES) | mutated_lines(_OF_FORMAT_2))
def test_mutated_trace_is_judged_or_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "trace.ndjson"
    file.write_bytes(content)

    records = _unless_refused(read_trace, file)
    if records is None:
        return
    run = whole_run_of(records)
    histories = {name: episode.history for name, episode in run.scenes.items()}
    asked = [one for one in judgements() if one.is_of_the_run or one.scenarios <= histories.keys()]
    found = [one.judge_run(run) if one.is_of_the_run else one.judge(histories) for one in asked]

    assert [finding.judgement for finding in found if finding.verdict is Verdict.HARNESS_ERROR] == []


def _unless_refused(read: Callable[[Path], T], file: Path) -> T | None:
    """The content that was read; None where it was refused, in one line that a terminal can show."""
    refusal: UsageError | None = None
    try:
        return read(file)
    except UsageError as error:
        refusal = error
    assert str(refusal).isprintable()
    return None


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of a device that breaks a clause, so that every part of the pages has something to show."""
    asked_for = ("--variant", "fails-early", "--only", "writeback.failure-after-a-minute")
    run = run_suites(tmp_path_factory.mktemp("reports"), *asked_for)
    return (run.folder / "results.json").read_text(encoding="utf-8")


@pytest.mark.process
@_LIMITS
@given(data=st.data())
def test_mutated_results_are_read_or_refused_in_one_line(tmp_path: Path, results: str, data: st.DataObject) -> None:
    file = tmp_path / "results.json"
    file.write_bytes(data.draw(mutated_json(results)))

    _unless_refused(lambda file: write_pages(read_results(file), tmp_path), file)


@pytest.mark.parametrize(
    ("line", "change", "problem"),
    [
        (0, '"subject": "x"', "line 1: udmi-1.5 is spoken with udmi-device, and not with 'x'"),
        (0, '"profile": {}', "line 1: not a profile: Object missing required field `id`"),
        (5, '"topic": {}', "line 6: no record that this version knows: Expected `str`, got `object`"),
        (5, '"time": 1e400', "line 6: no number"),
        (5, '"payload": "\\ud800"', "line 6: no record that this version knows: a payload is no text"),
        (5, '"unheard_of": 1', "line 6: no record that this version knows: it has no field 'unheard_of'"),
    ],
)
def test_odd_field_of_a_trace_is_named(tmp_path: Path, line: int, change: str, problem: str) -> None:
    lines = [*_LINES]
    lines[line] = f"{lines[line][:-1]}, {change}}}"
    file = tmp_path / "trace.ndjson"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    with pytest.raises(UsageError) as refused:
        read_trace(file)

    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("mutated", "problem"),
    [
        ([*_LINES, _LINES[-1]], "the run had ended before"),
        ([_LINES[0], *_LINES], "line 2: a second run begins"),
        (
            [line for line in _LINES if '"record": "closed"' not in line],
            "a scenario is opened in the middle of another",
        ),
        ([line for line in _LINES if '"record": "opened"' not in line], "no scenario is open that could be closed"),
        ([line for line in _LINES if '"record": "sent"' not in line], "was not begun"),
        ([_LINES[0], _LINES[600], *_LINES[1:]], "line 3: it is .* s older than the line before"),
    ],
)
def test_trace_whose_records_stand_otherwise_is_refused(tmp_path: Path, mutated: list[str], problem: str) -> None:
    undone = [line for line in mutated if '"record": "done"' not in line or "was not begun" in problem]
    file = tmp_path / "trace.ndjson"
    file.write_text("\n".join(undone) + "\n", encoding="utf-8")

    with pytest.raises(UsageError, match=problem):
        read_trace(file)
