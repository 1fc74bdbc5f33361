"""Early findings: told while a target is driven, never taken back by the final judging, and able to end the drive."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.judging.verdicts.finding import Outcome
from harness.judging.verdicts.verdict import Verdict
from tests.runs import run_suites, run_tests

pytestmark = [pytest.mark.process, pytest.mark.timeout(600)]

_APPLIED = "writeback.applied"
_STOPS = ("--device=sim", "--variant=never-applied", "--stop-on-fail")
_NEWS = f"already broken: {_APPLIED} (must): supply_air_temperature_setpoint should become applied within 20 s"
_CRASHES = """
from harness.plugin.while_driving.early_findings import EarlyJudging

def crash(*_):
    raise RuntimeError("a fault of ours")

EarlyJudging.findings = crash
"""


def accusations(folder: Path, suites: str, device: str, *options: str) -> Mapping[str, Mapping[str, list[str]]]:
    """The requirements that variants were accused of early, and finally."""
    file = folder / "accused.json"
    plugin = ("-p", "tests.plugin.while_driving.variants_judged_early", "--judged-early", str(file))
    run = run_tests(folder, suites, f"--device={device}", *plugin, *options)
    assert file.exists(), run.output
    accused: Mapping[str, Mapping[str, list[str]]] = json.loads(file.read_text(encoding="utf-8"))
    return accused


@pytest.mark.parametrize(
    ("suites", "device", "every", "told"),
    [
        ("suites/udmi", "sim", 60, 4),
        ("suites/replica", "replica-service", 24, 2),
        ("suites/replica", "replica-device", 12, 1),
        ("suites/update", "update-agent", 24, 2),
        ("suites/update", "update-device", 24, 1),
    ],
)
def test_what_is_told_early_is_what_is_judged_finally(
    suites: str, device: str, every: int, told: int, tmp_path: Path
) -> None:
    accused = accusations(tmp_path, suites, device, f"--every={every}")

    taken_back = {name: set(one["early"]) - set(one["finally"]) for name, one in accused.items()}
    assert not any(taken_back.values()), taken_back
    assert sum(len(one["early"]) for one in accused.values()) >= told


def test_stop_on_fail_ends_the_drive_behind_the_episode_and_says_that_the_run_is_partial(tmp_path: Path) -> None:
    run = run_suites(tmp_path, *_STOPS)
    trace = (run.folder / "trace.ndjson").read_text(encoding="utf-8")
    again = run_suites(tmp_path / "again", f"--device=trace:{run.folder}")

    assert run.code == Outcome.DOES_NOT_CONFORM
    assert _NEWS in run.output
    assert re.findall(r'"record": "opened".*"scenario": "(\w+)"', trace) == ["idle_configs", "plain_write"]
    assert trace.count('"record": "closed"') == 2
    assert "1 must is broken" in run.results.sentence
    assert "requirements 55 were asked" in run.results.sentence
    assert f"(--stop-on-fail: plain_write shows that {_APPLIED} is broken)" in run.results.sentence
    assert run.judged.partial
    assert "Partial: the drive was broken off" in run.output
    assert (again.code, again.results.sentence) == (run.code, run.results.sentence)


def test_stop_on_fail_drives_a_device_that_conforms_to_the_end(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--device=sim", "--stop-on-fail", "--only=writeback")

    assert (run.code, run.judged.run.broken_off) == (Outcome.CONFORMS, None)
    assert "already broken" not in run.output


def test_should_ends_the_drive_where_it_counts(tmp_path: Path) -> None:
    options = ("--device=sim", "--variant=metrics-at-their-own-rate", "--only=logging.metrics", "--stop-on-fail")

    usual = run_suites(tmp_path / "usual", *options)
    strict = run_suites(tmp_path / "strict", *options, "--strict")

    assert usual.judged.run.broken_off is None
    assert strict.judged.run.broken_off


def test_recording_is_not_to_be_stopped(tmp_path: Path) -> None:
    recorded = run_suites(tmp_path, *_STOPS)

    run = run_suites(tmp_path / "again", f"--device=trace:{recorded.folder}", "--stop-on-fail")

    assert run.code == Outcome.UNUSABLE
    assert "--stop-on-fail asks for another drive, but a recording has been driven already" in run.output


def test_fault_of_judging_early_spoils_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crashing_early.py").write_text(_CRASHES, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    run = run_suites(tmp_path, *_STOPS, f"--only={_APPLIED}", "-p", "crashing_early")

    assert "nothing more is told before the end: judging early failed (RuntimeError: a fault of ours)" in run.output
    assert run.output.count("a fault of ours") == 1
    assert run.judged.found(Verdict.FAIL)
    assert run.judged.run.broken_off is None


def test_real_time_tells_what_is_broken_as_it_goes_on(tmp_path: Path) -> None:
    real = ("--device=sim", "--clock=real", "--variant=never-applied", f"--only={_APPLIED}")

    run = run_suites(tmp_path, *real, "-k", "test_write_of_a_good_value_is_applied")

    before, _, after = run.output.partition("= outcome =")
    assert before.count(f"already broken: {_APPLIED}") == 1
    assert _APPLIED in after
