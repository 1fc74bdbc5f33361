"""Ctrl-C ends a run, not what it has seen."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from harness.record import Began, Ended, Sent
from harness.trace import read_trace
from tests.runs import ROOT
from tests.udmi_1_5 import decode_config


def test_interrupted_run_keeps_its_trace_and_leaves_no_point_written(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "suites/", "--clock=real", "--reports", str(tmp_path)]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603 - ours
    _wait_for_a_write(tmp_path)

    os.kill(run.pid, signal.SIGINT)
    output, _ = run.communicate(timeout=60)
    records = read_trace(tmp_path / "latest" / "trace.ndjson")

    assert run.returncode == 2, output
    assert isinstance(records[0], Began)
    assert isinstance(records[-1], Ended)
    assert records[-1].broken_off == "interrupted"
    farewell = [record for record in records if isinstance(record, Sent)][-1]
    points = decode_config(farewell.payload).pointset
    assert points is not None
    assert all(point.set_value is None for point in (points.points or {}).values())


def _wait_for_a_write(reports: Path) -> None:
    """Until a scenario is under way; if none ever is, communicate() will say why."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any("set_value" in trace.read_text(encoding="utf-8") for trace in reports.glob("*/trace.ndjson")):
            return
        time.sleep(0.05)  # another process's file has nothing to await
