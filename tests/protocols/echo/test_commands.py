"""Every command of the instrument, asked about another protocol."""

from pathlib import Path

import pytest

from tests.packages import EXAMPLES
from tests.protocols.echo.echoing import IN_TIME, THE_SAME, run_echo
from tests.runs import run_tests, setpoint

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("only_echo")]


def test_matrix_sees_every_judgement_fail() -> None:
    run = setpoint("validity")

    assert run.code == 0, run.output
    rows = [line.split()[:3] for line in run.output.splitlines()[:4]]
    assert rows[0] == ["caught", "shouts", THE_SAME]
    assert rows[1] == ["caught", "hesitates", IN_TIME]
    assert "2 deviations, 2 caught" in run.output
    assert "1 mute, 0 believed; 1 quirk, 0 accused, 0 left undecided" in run.output
    assert "2 judgements, 2 seen to fail" in run.output


def test_matrix_of_all_specs_is_one_of_the_installed_specs() -> None:
    run = setpoint("validity", "--all-specs", "--variant", "shouts")

    assert run.code == 0, run.output
    assert [line.partition(":")[0] for line in run.output.splitlines()] == ["echo-1"]


def test_variants_are_those_of_the_simulated_device() -> None:
    run = setpoint("validity", "--list")

    assert run.code == 0, run.output
    assert {"shouts", "hesitates", "says-nothing", "takes-a-breath"} <= {*run.output.split()}


def test_requirement_is_explained_with_its_judgement_and_its_deviation() -> None:
    run = setpoint("explain", THE_SAME)

    assert run.code == 0, run.output
    assert "test_answers.py::test_call_comes_back_as_it_was" in run.output
    assert "Broken by:   shouts" in run.output
    assert f"--pyargs echo_protocol.suites --spec echo-1 --only {THE_SAME} --variant shouts" in run.output


def test_table_has_a_column_for_each_spec() -> None:
    run = setpoint("explain", "--table")

    assert run.output.splitlines() == [
        "| requirements judged | `echo-1` |",
        "|---|---|",
        "| echo | 2 must |",
        "| all | 2 must |",
    ]


def test_doctor_finds_a_device_that_answers_sound() -> None:
    run = setpoint("doctor", "--device", "echo")

    assert run.code == 0, run.output
    assert "it answers" in run.output


def test_pages_are_made_again(tmp_path: Path) -> None:
    run = run_echo(tmp_path / "reports", "--variant", "hesitates")
    (run.folder / "report.html").unlink()

    again = setpoint("report", str(run.folder))

    assert again.code == 0, again.output
    assert "but came after 3.0 s" in (run.folder / "report.html").read_text(encoding="utf-8")


def test_what_its_plug_does_not_offer_is_refused_in_words(tmp_path: Path) -> None:
    run = run_echo(tmp_path / "reports")

    fuzzed, restored = setpoint("fuzz"), setpoint("restore", str(run.folder))

    assert (fuzzed.code, restored.code) == (3, 3)
    assert "nothing fuzzes what speaks echo" in fuzzed.output
    assert "that broker went with the run" in restored.output


def test_packages_own_tests_pass(tmp_path: Path) -> None:
    run = run_tests(tmp_path, str(EXAMPLES / "echo_protocol" / "test_echo_protocol.py"), "-p", "no:cacheprovider")

    assert run.code == 0, run.output
    assert "2 passed" in run.output


def test_plan_says_what_a_run_will_judge() -> None:
    run = setpoint("plan", "-v")

    assert run.code == 0, run.output
    assert run.output.startswith("ECHO-1 at echo: of 2 requirements of echo-1, 2 will be judged.\n")
    assert run.output.endswith(f"Will be judged:\n  {IN_TIME}\n  {THE_SAME}\n")
