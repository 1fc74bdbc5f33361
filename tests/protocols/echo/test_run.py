"""A run of the suites of another protocol: it drives, judges, writes its pages, and judges its record again."""

from pathlib import Path

import pytest

from tests.protocols.echo.echoing import IN_TIME, THE_SAME, run_echo, verdicts_of

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("only_echo")]


def test_device_that_echoes_conforms(tmp_path: Path) -> None:
    run = run_echo(tmp_path / "reports")

    assert run.code == 0, run.output
    assert verdicts_of(run) == {IN_TIME: "pass", THE_SAME: "pass"}
    assert (
        "ECHO-1 conforms to echo-1: of 2 requirements judged, no must is broken and nothing is undecided." in run.output
    )


@pytest.mark.parametrize(
    ("variant", "code", "expected"),
    [
        ("shouts", 1, ("pass", "fail")),
        ("hesitates", 1, ("fail", "pass")),
        ("says-nothing", 2, ("could not test", "could not test")),
        ("takes-a-breath", 0, ("pass", "pass")),
    ],
)
def test_device_that_is_changed_gets_its_verdict(
    tmp_path: Path, variant: str, code: int, expected: tuple[str, str]
) -> None:
    run = run_echo(tmp_path / "reports", "--variant", variant)

    assert run.code == code, run.output
    assert verdicts_of(run) == dict(zip((IN_TIME, THE_SAME), expected, strict=True))


def test_record_gives_the_same_verdicts_again(tmp_path: Path) -> None:
    run = run_echo(tmp_path / "reports", "--variant", "shouts")
    again = run_echo(tmp_path / "again", f"--device=trace:{run.folder}")

    assert (again.code, verdicts_of(again)) == (1, verdicts_of(run))
    assert (again.folder / "results.json").read_bytes() == (run.folder / "results.json").read_bytes()


def test_page_draws_what_the_device_said_and_how_to_judge_it_again(tmp_path: Path) -> None:
    run = run_echo(tmp_path / "reports", "--variant", "shouts")

    page = (run.folder / "report.html").read_text(encoding="utf-8")
    assert ">answers<" in page
    assert "HELLO OUT THERE" in page
    assert "pytest -p harness.plugin --pyargs echo_protocol.suites" in page


def test_part_of_the_suites_is_a_part(tmp_path: Path) -> None:
    module = run_echo(tmp_path / "module", "--pyargs", "echo_protocol.suites.test_answers")
    one = run_echo(tmp_path / "one", "--only", THE_SAME)

    assert "Partial: echo_protocol.suites.test_answers" in module.output, module.output
    assert f"Partial: --only={THE_SAME}" in one.output, one.output
