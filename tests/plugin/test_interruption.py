"""A signal ends a run, not what it has seen."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.record.kinds import Began, Ended, Sent
from harness.record.trace import read_trace
from tests.runs import ROOT, run_suites
from tests.udmi_1_5 import decode_config

pytestmark = pytest.mark.process


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_run_keeps_its_trace_and_leaves_no_point_written(tmp_path: Path, how: signal.Signals) -> None:
    run = _started(tmp_path)
    _wait_for_a_write(tmp_path)

    os.kill(run.pid, how)
    output, _ = run.communicate(timeout=60)
    records = read_trace(tmp_path / "latest" / "trace.ndjson")

    assert run.returncode == 2, output
    assert isinstance(records[0], Began)
    assert isinstance(records[-1], Ended)
    assert records[-1].broken_off == "interrupted"
    assert (tmp_path / "latest" / "report.html").exists()
    farewell = [record for record in records if isinstance(record, Sent)][-1]
    points = decode_config(farewell.payload).pointset
    assert points is not None
    assert all(point.set_value is None for point in (points.points or {}).values())


def test_interrupted_run_that_is_interrupted_again_still_writes_its_report(tmp_path: Path) -> None:
    run = _started(tmp_path)
    _wait_for_a_write(tmp_path)

    for _ in range(5):
        os.kill(run.pid, signal.SIGINT)
        time.sleep(0.05)  # as a person does it, while the first is still being answered
    output, _ = run.communicate(timeout=60)

    assert run.returncode == 2, output
    assert "Traceback" not in output
    assert (tmp_path / "latest" / "report.html").exists()


def test_run_that_is_interrupted_again_and_again_before_its_drive_ends_without_a_traceback(tmp_path: Path) -> None:
    run = _started(tmp_path, options=("-p", "tests.interrupted_twice"))

    output, _ = run.communicate(timeout=60)

    assert run.returncode == 2, output
    assert "Traceback" not in output


def test_ctrl_c_behind_the_last_judgement_changes_nothing(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--device=sim", "--only", "writeback.applied", "-p", "tests.interrupted_late")

    assert run.code == 0, run.output
    assert "Traceback" not in run.output


def test_hang_up_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    run = _started(tmp_path, "nohup")
    _wait_for_a_write(tmp_path)

    os.kill(run.pid, signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        run.communicate(timeout=1)
    os.kill(run.pid, signal.SIGTERM)
    output, _ = run.communicate(timeout=60)

    assert run.returncode == 2, output


def _started(reports: Path, *through: str, options: Sequence[str] = ()) -> "subprocess.Popen[str]":
    command = [*through, sys.executable, "-m", "pytest", "suites/", "--clock=real", "--reports", str(reports), *options]
    buffered = {**os.environ, "PYTHONUNBUFFERED": ""}  # as behind any pipe: the last words leave at the very end
    return subprocess.Popen(  # noqa: S603 - ours
        command, cwd=ROOT, env=buffered, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _wait_for_a_write(reports: Path) -> None:
    """Until a scenario is under way; if none ever is, communicate() will say why."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any("set_value" in trace.read_text(encoding="utf-8") for trace in reports.glob("*/trace.ndjson")):
            return
        time.sleep(0.05)  # another process's file has nothing to await
