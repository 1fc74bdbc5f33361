"""The suites under each spec: what is asked, what is not, and what is said of that."""

from pathlib import Path

import pytest

from harness.judging.requirements.requirement import Catalogue
from harness.protocols.udmi.words.spec import Spec
from harness.report.terminal.all_requirements import untold
from tests.runs import ROOT, Run, run_suites

pytestmark = pytest.mark.process

AHU = ROOT / "fixtures" / "udmi" / "devices" / "ahu-1.toml"
CATALOGUE = Catalogue.read().of("udmi-device")


@pytest.fixture(scope="module", params=list(Spec))
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Spec, Run]:
    """The simulated device, driven and judged under one spec."""
    spec: Spec = request.param
    return spec, run_suites(tmp_path_factory.mktemp(spec), f"--spec={spec}")


def test_simulated_device_conforms(run: tuple[Spec, Run]) -> None:
    spec, came_to = run

    assert came_to.code == 0, came_to.output
    assert f"AHU-1 conforms to {spec}: " in came_to.output


def test_every_requirement_of_the_spec_is_judged_and_no_other(run: tuple[Spec, Run]) -> None:
    spec, came_to = run

    judged = {requirement.id for requirement in came_to.judged.requirements}
    assert judged == {r.id for r in CATALOGUE if spec in r.levels and not r.untested}


def test_requirements_of_other_specs_are_counted_and_not_held_against_the_device(run: tuple[Spec, Run]) -> None:
    spec, came_to = run

    others = [r.id for r in CATALOGUE if spec not in r.levels]
    assert came_to.judged.of_other_specs == tuple(others)
    assert (f"No clauses of {spec}, so not asked: " in "".join(untold(came_to.judged))) is bool(others)


def test_recording_is_judged_by_the_spec_that_was_spoken(run: tuple[Spec, Run], tmp_path: Path) -> None:
    spec, came_to = run

    again = run_suites(tmp_path, f"--device=trace:{came_to.folder / 'trace.ndjson'}")

    assert f"AHU-1 conforms to {spec}: " in again.output
    assert (again.folder / "results.json").read_bytes() == (came_to.folder / "results.json").read_bytes()


def test_recording_is_not_judged_by_another_spec(run: tuple[Spec, Run], tmp_path: Path) -> None:
    spec, came_to = run
    other = next(other for other in Spec if other is not spec)

    again = run_suites(tmp_path, f"--device=trace:{came_to.folder / 'trace.ndjson'}", f"--spec={other}")

    assert again.code == 3
    assert f"--spec is {other}, but {spec} was spoken when this was recorded" in again.output


def test_unknown_spec_names_the_nearest(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--spec=writeback-2012")

    assert run.code == 3
    assert "--spec is 'writeback-2012'; did you mean 'writeback-2021'?" in run.output


def test_clause_of_another_spec_is_said_to_be_one(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--spec=writeback-2021", "--only=expiry.ends-the-write")

    assert run.code == 3
    assert "expiry.ends-the-write is no clause of writeback-2021, but of udmi-1.5" in run.output


def _documenting(folder: Path, line: str) -> str:
    device = folder / "device.toml"
    device.write_text(AHU.read_text(encoding="utf-8").replace("time_to_failure = 60\n", line), encoding="utf-8")
    return f"--device=sim:{device}"


TIME = "writeback.documented-time-to-failure"


@pytest.mark.parametrize("seconds", [20, 90])
def test_draft_is_judged_by_the_time_that_the_maker_documents(tmp_path: Path, seconds: int) -> None:
    device = _documenting(tmp_path, f"time_to_failure = {seconds}\n")

    run = run_suites(tmp_path / "reports", device, "--spec=writeback-draft")

    [time] = [requirement for requirement in run.judged.requirements if requirement.id == TIME]
    assert (run.code, time.verdict, time.level) == (0, "pass", "must"), run.output
    assert time.findings[0].measured[0].most == seconds


def test_draft_cannot_be_tested_where_no_time_is_documented(tmp_path: Path) -> None:
    run = run_suites(tmp_path / "reports", _documenting(tmp_path, ""), "--spec=writeback-draft")

    assert run.code == 2
    assert [name for name, verdict in run.verdicts.items() if verdict == "could not test"] == [
        "suites/udmi/writeback/test_value_state.py::test_time_to_failure_is_written_down"
    ]
    assert "add the line time_to_failure = SECONDS" in run.output


def test_newest_spec_only_writes_down_what_time_there_is(tmp_path: Path) -> None:
    run = run_suites(tmp_path / "reports", _documenting(tmp_path, ""), "--only", TIME, "--only", "writeback.applied")

    assert run.code == 0, run.output
    assert run.judged.counts == {"not applicable": 1, "pass": 1}
