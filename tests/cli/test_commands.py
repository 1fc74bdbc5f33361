"""The `setpoint` command."""

import re
import shutil
from pathlib import Path

import pytest

from harness.cli import main
from harness.judging.requirements.requirement import Catalogue
from tests.runs import run_suites, setpoint


@pytest.mark.process
def test_explain_says_what_decides_a_requirement_and_who_breaks_it() -> None:
    run = setpoint("explain", "writeback.failure-after-a-minute")

    assert run.code == 0, run.output
    assert "A write that has not settled after 60 s is reported as failure." in run.output
    assert "test_value_state.py::test_unsettled_write_is_a_failure_after_a_minute" in run.output
    assert "fails-early" in run.output


@pytest.mark.process
@pytest.mark.parametrize(
    ("requirement", "reason"),
    [("writeback.alarms-prevail", "Not judged:"), ("config.updating-is-flagged", "Unclear:")],
)
def test_explain_says_why_a_requirement_is_not_decided(requirement: str, reason: str) -> None:
    assert reason in setpoint("explain", requirement).output


@pytest.mark.process
def test_explain_names_the_nearest_requirement() -> None:
    run = setpoint("explain", "etag.stale-is-invald")

    assert run.code == 3
    assert run.output == "setpoint: unknown requirement 'etag.stale-is-invald'; did you mean 'etag.stale-is-invalid'?\n"


@pytest.mark.process
def test_report_makes_every_page_again(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--variant", "fails-early")
    pages = {name: (run.folder / name).read_bytes() for name in ("junit.xml", "summary.md", "report.html")}
    for name in pages:
        (run.folder / name).unlink()

    again = setpoint("report", str(run.folder))

    assert again.code == 0
    assert {name: (run.folder / name).read_bytes() for name in pages} == pages


@pytest.mark.process
@pytest.mark.parametrize(
    ("content", "problem"),
    [("{", "is not JSON"), ('{"format": 9}', "format 9"), ("[]", "is not of type 'object'")],
)
def test_report_refuses_what_is_no_results(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "results.json").write_text(content)

    run = setpoint("report", str(tmp_path))

    assert run.code == 3
    assert problem in run.output
    assert "Traceback" not in run.output


@pytest.mark.process
def test_report_refuses_a_folder_without_results(tmp_path: Path) -> None:
    run = setpoint("report", str(tmp_path / "nowhere"))

    assert run.code == 3
    assert "No such file" in run.output


@pytest.mark.process
def test_validity_of_one_variant_ends_with_its_totals() -> None:
    run = setpoint("validity", "--variant", "fails-early")

    assert run.code == 0, run.output
    assert run.output.startswith("caught          fails-early")
    assert run.output.splitlines()[-1].startswith("1 deviation, 1 caught; ")


@pytest.mark.process
def test_validity_prints_the_same_whoever_does_the_work() -> None:
    some = ["fails-early", "silent", "wants-an-etag", "says-so-at-once", "takes-seven-seconds"]
    chosen = [word for name in reversed(some) for word in ("--variant", name)]

    alone, together = setpoint("validity", "--jobs", "1", *chosen), setpoint("validity", "--jobs", "3", *chosen)

    assert alone == together
    assert [row[16:].split()[0] for row in alone.output.splitlines()[:5]] == some


@pytest.mark.process
def test_validity_under_all_specs_says_a_line_of_each() -> None:
    chosen = ["--variant", "fails-early", "--variant", "says-states-twice"]

    run = setpoint("validity", "--all-specs", "--jobs", "2", *chosen)

    assert run.code == 0, run.output
    assert [(line.split()[0], line.split()[1]) for line in run.output.splitlines()] == [
        ("udmi-1.5:", "1"),
        ("writeback-2021:", "1"),
        ("writeback-draft:", "0"),
        ("pointset-2021:", "0"),
    ]


@pytest.mark.process
def test_validity_of_what_a_spec_does_not_ask_is_said_among_all_specs() -> None:
    run = setpoint("validity", "--all-specs", "--variant", "fails-early")

    assert run.code == 0, run.output
    assert "pointset-2021:   no question of it" in run.output


@pytest.mark.process
def test_validity_names_the_nearest_variant() -> None:
    run = setpoint("validity", "--variant", "fails-erly")

    assert run.code == 3
    assert run.output.endswith(" 'fails-erly'; did you mean 'fails-early'?\n")


@pytest.mark.process
def test_validity_refuses_no_processes() -> None:
    run = setpoint("validity", "--jobs", "0")

    assert run.code == 3
    assert "'0' is no number of processes; expected 1 or more" in run.output


@pytest.mark.process
def test_question_of_the_matrix_by_hand_names_its_command(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--validity")

    assert run.code == 3
    assert "`setpoint validity`" in run.output


@pytest.mark.process
def test_validity_refuses_a_recording(tmp_path: Path) -> None:
    run = run_suites(tmp_path)
    trace = shutil.copy(run.folder / "trace.ndjson", tmp_path)

    refused = setpoint("validity", "--device", f"trace:{trace}")

    assert refused.code == 3
    assert "validity needs a target that can be driven broken" in refused.output


def test_explain_without_an_id_lists_every_requirement_by_its_area(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    lines = capsys.readouterr().out.splitlines()

    areas = [line for line in lines if line and not line.startswith(" ")]
    assert areas == sorted({requirement.id.partition(".")[0] for requirement in Catalogue.read()})
    assert len([line for line in lines if line.startswith("  ")]) == len(list(Catalogue.read()))


def test_validity_lists_every_variant_with_what_it_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validity", "--list"]) == 0
    out = capsys.readouterr().out

    assert re.search(r"^  fails-early +writeback\.failure-after-a-minute$", out, flags=re.MULTILINE)
    assert "Quirks, which are odd, and conform:" in out


def test_long_id_of_a_variant_stands_apart_from_what_it_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validity", "--list"]) == 0
    of_udmi = capsys.readouterr().out.partition("--device=sim\n\n")
    breaking = (of_udmi[2] or of_udmi[0]).partition("\n\n")[0].splitlines()[1:]

    assert [line for line in breaking if len(line.split()) != 2] == []
