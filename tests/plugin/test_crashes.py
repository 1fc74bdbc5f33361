"""A crash of ours, wherever it is: exit code 4, our traceback, one sentence, and no word against the device."""

from pathlib import Path

import pytest

from harness.mutation.pytest_process import command_on_suites
from harness.mutation.worker_pool import ANSWERING, LostWorkerError, worker_pool
from harness.protocols.udmi.plug import DEVICE
from tests.crashing import PLACES
from tests.runs import run_suites, run_tests

pytestmark = pytest.mark.process


_SENTENCE = "setpoint: Setpoint itself failed: ZeroDivisionError('ours\\x1b[31m')"


@pytest.mark.parametrize("place", [*PLACES, "leaving"])
def test_crash_of_ours_ends_with_4_a_traceback_and_a_sentence(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRASHES_IN", place)

    run = run_suites(tmp_path, "-p", "tests.crashing", "--variant", "never-applied", "--only", "writeback.applied")

    assert run.code == 4, run.output
    assert run.output.rstrip().endswith(_SENTENCE)
    assert "Traceback (most recent call last)" in run.output
    assert "INTERNALERROR" not in run.output
    assert "\x1b" not in run.output


def test_crash_while_driving_leaves_its_record_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRASHES_IN", "driving")

    run = run_suites(tmp_path, "-p", "tests.crashing", "--variant", "never-applied", "--only", "writeback.applied")

    (folder,) = tmp_path.iterdir()
    assert f"what was recorded until then: {folder}" in run.output
    assert "Setpoint itself failed: ZeroDivisionError" in (folder / "trace.ndjson").read_text().splitlines()[-1]


@pytest.mark.parametrize("place", ["configuring", "driving"])
def test_crash_of_a_worker_of_the_matrix_is_told_by_its_exit_code(
    place: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRASHES_IN", place)

    with (
        pytest.raises(LostWorkerError, match="ended with 4"),
        worker_pool(1, (*command_on_suites(DEVICE), *ANSWERING, "-p", "tests.crashing")) as judges,
    ):
        next(judges.findings([None]))

    assert _SENTENCE in capfd.readouterr().err


def test_file_of_a_suite_that_cannot_be_read_is_a_crash_of_ours(tmp_path: Path) -> None:
    (tmp_path / "test_ours.py").write_text("import nowhere_at_all\n")

    run = run_suites(tmp_path / "reports", str(tmp_path / "test_ours.py"))

    assert run.code == 4
    assert "No module named 'nowhere_at_all'" in run.output
    assert "setpoint: Setpoint itself failed: 1 of its files could not be collected" in run.output


_PLANNED = """
from harness.protocols.udmi.suite import Cloud, Device, Episode, covers, scenario


def _falls_over(*_: object) -> list[object]:
    return [1 / 0]


Episode.falls_over = _falls_over


@scenario(sample_rate=2{demands})
async def of_ours(cloud: Cloud, device: Device{points}) -> None:
    await cloud.listen(1)


@covers("etag.stale-is-invalid")
def test_of_ours(of_ours: Episode) -> None:
    {asks}
"""


@pytest.mark.parametrize(
    ("asks", "demands", "points"),
    [
        ("of_ours.falls_over()", "", ""),
        ("1 / 0", "", ""),
        ("pass", ', demands={"points": _falls_over}', ", points: list[object]"),
    ],
    ids=["a verb", "a judgement", "a demand"],
)
def test_fault_of_ours_while_planning_is_no_unknown_answer(
    asks: str, demands: str, points: str, tmp_path: Path
) -> None:
    judgement, plan = tmp_path / "test_ours.py", tmp_path / "plan.json"
    judgement.write_text(_PLANNED.format(asks=asks, demands=demands, points=points))

    run = run_tests(tmp_path / "reports", str(judgement), "-p", "harness.plugin", f"--plan={plan}")

    assert run.code == 4, run.output
    assert "Traceback (most recent call last)" in run.output
    assert "setpoint: Setpoint itself failed: " in run.output
    assert "ZeroDivisionError" in run.output
    assert not plan.exists()
