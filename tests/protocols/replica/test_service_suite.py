"""The suite of a replica service on the one that comes with Setpoint, as an operator runs it."""

from pathlib import Path

import pytest

from harness.protocols.replica.words.spec import ReplicaSpec
from tests.runs import Run, run_tests

pytestmark = pytest.mark.process

_SUITE = ("suites/replica/service", "-W", "error")


def _run(reports: Path, *options: str) -> Run:
    return run_tests(reports, *_SUITE, *options)


@pytest.mark.parametrize("spec", ReplicaSpec)
def test_simulated_service_conforms_and_so_does_its_recording(tmp_path: Path, spec: ReplicaSpec) -> None:
    driven = _run(tmp_path / "driven", "--service=sim", f"--spec={spec}")
    again = _run(tmp_path / "again", f"--device=trace:{driven.folder / 'trace.ndjson'}")

    assert driven.code == again.code == 0, driven.output + again.output
    assert driven.judged.subject == again.judged.subject == "replica-service"
    assert driven.verdicts == again.verdicts


def test_finding_of_a_flow_has_the_step_of_the_document(tmp_path: Path) -> None:
    run = _run(tmp_path, "--service=sim", "--variant=accepts-a-report-in-silence", "--only=answer.report-is-accepted")

    assert run.code == 1
    assert "'c2d 7' (update by device) should be accepted within 5 s, but no answer came." in run.output


def test_service_that_shows_nothing_of_a_feature_is_only_observed_in_the_spec_of_the_source(tmp_path: Path) -> None:
    run = _run(tmp_path, "--service=sim", "--variant=knows-only-the-document")

    assert run.code == 0, run.output
    observed = [one.id for one in run.judged.requirements if str(one.verdict) == "observation"]
    assert {"version.rises-by-one", "token.is-repeated", "refusal.says-why"} <= set(observed)


def test_service_that_cannot_be_met_is_told_by_its_own_option(tmp_path: Path) -> None:
    run = _run(tmp_path, "--service=nobody")

    assert run.code == 3
    assert "--service is 'nobody'; expected trace:PATH or one of" in run.output
