"""A device that speaks another spec than was asked for: nothing is written to it or judged, and it is said why."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from harness.clock import Clock
from harness.doctor.diagnosis import diagnose
from harness.doctor.examination import Examination
from harness.doctor.problem import Severity
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Closed, Record, Sent
from harness.record.trace import recording
from harness.target import TargetOptions
from simulator.udmi.target import SimTarget
from tests.hostile import SCENARIOS
from tests.runs import run_suites

ALIKE = {(Spec.WRITEBACK_2021, Spec.POINTSET_2021), (Spec.WRITEBACK_DRAFT, Spec.POINTSET_2021)}  # it only lacks an etag
TOLD_APART = sorted(set(permutations(Spec, 2)) - ALIKE)


def _driven(asked: Spec, spoken: Spec, trace: Path) -> Sequence[Record]:
    target = SimTarget.from_option("", TargetOptions(spec=spoken))
    with recording(trace) as recorder:
        drive_target(RunPlan(target, SCENARIOS, Clock.VIRTUAL, spec=asked), recorder, Unseen())
    return recorder.records


@pytest.mark.parametrize(("asked", "spoken"), TOLD_APART)
def test_nothing_is_written_to_it_and_every_scenario_says_why(asked: Spec, spoken: Spec, tmp_path: Path) -> None:
    records = _driven(asked, spoken, tmp_path / "trace.ndjson")

    closed = [record for record in records if isinstance(record, Closed)]
    reasons = {record.cut_short for record in closed if record.out_of_view is None}
    assert [record.desired for record in records if isinstance(record, Sent) and record.desired] == []
    assert len(reasons) == 1
    assert f"this device speaks {spoken}: its state has " in str(reasons)
    assert f"run with --spec {spoken}" in str(reasons)


@pytest.mark.process
def test_result_says_so_at_its_top_and_accuses_nobody(tmp_path: Path) -> None:
    trace = tmp_path / "trace.ndjson"
    _driven(Spec.UDMI_1_5, Spec.WRITEBACK_2021, trace)

    run = run_suites(tmp_path / "reports", f"--device=trace:{trace}")

    told = "This device speaks writeback-2021: its state has pointset.etag and system.firmware and system.make_model"
    assert run.code == 2, run.output
    assert run.judged.sentence.startswith(f"{told}; run with --spec writeback-2021. Whether AHU-1 conforms to udmi-1.5")
    assert run.judged.speaks is not None
    assert run.judged.speaks.spec == "writeback-2021"
    assert set(run.judged.counts) == {"could not test", "out of view"}
    assert run.output.index(told) < run.output.index("Undecided, and why:")


@pytest.mark.parametrize(("asked", "spoken"), TOLD_APART)
def test_doctor_finds_it(asked: Spec, spoken: Spec) -> None:
    target = SimTarget.from_option("", TargetOptions(spec=spoken))

    diagnosis = diagnose(Examination(target, lambda _line: None, asked).make())

    [trouble] = [trouble for trouble in diagnosis.problems if trouble.weight is Severity.BLOCKING]
    assert f"it speaks {spoken}, and not {asked}: " in trouble.what
    assert trouble.mend == f"Run with --spec {spoken}"


@pytest.mark.parametrize("spec", list(Spec))
def test_doctor_finds_nothing_amiss_with_a_device_that_speaks_what_it_was_asked_to(spec: Spec) -> None:
    target = SimTarget.from_option("", TargetOptions(spec=spec))

    diagnosis = diagnose(Examination(target, lambda _line: None, spec).make())

    assert diagnosis.problems == []
    assert f"it speaks {spec}" in diagnosis.sound
