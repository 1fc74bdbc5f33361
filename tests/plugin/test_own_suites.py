"""Suites that are run from a folder of somebody else, and parts of them by areas and subjects."""

import subprocess
import sys
from pathlib import Path

import pytest

from harness.judging.requirements.requirement import Catalogue
from tests.runs import ROOT, run_suites, run_tests

pytestmark = pytest.mark.process

_SETPOINT = ("-c", "import sys; from harness.cli import main; sys.exit(main())")


def _run(folder: Path, *words: str) -> tuple[int, str]:
    """Exit code and output of a Python in that folder."""
    run = subprocess.run(  # noqa: S603 - ours
        [sys.executable, *words], cwd=folder, check=False, capture_output=True, text=True, timeout=300
    )
    return run.returncode, run.stdout + run.stderr


@pytest.mark.parametrize(
    "words",
    [("-m", "pytest", str(ROOT / "suites" / "udmi")), (*_SETPOINT, "test", "suites/udmi"), (*_SETPOINT, "test")],
)
def test_reports_land_where_the_run_was_called(words: tuple[str, ...], tmp_path: Path) -> None:
    code, told = _run(tmp_path, *words, "--spec", "udmi-1.5", "--only", "etag.stale-is-invalid")

    assert code == 0, told
    assert (tmp_path / "reports" / "latest" / "report.html").exists()
    assert f"Report: {tmp_path}/reports/" in told


def test_path_of_somebody_elses_is_no_suite_of_ours(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text("def test_mine(): pass\n", encoding="utf-8")

    assert _run(tmp_path, *_SETPOINT, "test", "test_mine.py")[0] == 0
    assert _run(tmp_path, *_SETPOINT, "test", "suites/nowhere")[0] == 4


def test_value_of_an_option_is_no_path_of_suites(tmp_path: Path) -> None:
    words = ("--reports", "suites", "suites/udmi/writeback", "--only", "etag.stale-is-invalid")

    code, told = _run(tmp_path, *_SETPOINT, "test", *words)

    assert code == 0, told
    assert "Partial: suites/udmi/writeback, --only=etag.stale-is-invalid" in told
    assert (tmp_path / "suites" / "latest" / "results.json").exists()


def test_area_is_judged_alone(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--only", "expiry")

    judged = {one.id for one in run.judged.requirements if one.verdict is not None}
    assert run.code == 0, run.output
    assert judged == {one.id for one in Catalogue.read() if one.area == "expiry" and not one.untested}


def test_subject_is_judged_alone(tmp_path: Path) -> None:
    run = run_tests(tmp_path, "suites/replica", "--device=sim", "--only", "replica-device")

    assert [one.subject for one in run.results.subjects] == ["replica-device"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--only", "expirry"), "--only: unknown requirement 'expirry'; did you mean 'expiry'?"),
        (("--only", "expiry", "--spec", "writeback-2021"), "expiry is no clause of writeback-2021, but of udmi-1.5"),
        (("--only", "update-agent", "--spec", "udmi-1.5"), "update-agent was not asked for"),
    ],
)
def test_name_that_leaves_nothing_is_told(options: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    run = run_suites(tmp_path, *options)

    assert run.code == 3
    assert sentence in run.output
