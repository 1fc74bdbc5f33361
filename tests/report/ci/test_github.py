"""GitHub is told of a run, and nothing a device says is a command."""

import re
from pathlib import Path

import pytest

from harness.report.ci.github import annotations, command, step_summary
from harness.report.conclusion import Conclusion
from harness.report.making import results_of
from harness.report.results import SubjectResults
from tests.report.made_results import finding, requirement, subject_results
from tests.runs import run_suites


def _told(*subjects: SubjectResults) -> list[str]:
    return list(annotations(results_of(subjects)))


def test_broken_must_is_an_error_and_a_broken_should_a_warning() -> None:
    told = _told(
        subject_results(
            requirement("a.should", "warn", finding("warn", "It did not.\nSince then")),
            requirement("a.must", "fail", finding("fail", "It broke.\nSince then")),
        )
    )

    assert told == [
        "::error title=a.must (must%2C udmi-1.5)::It broke. It is so.",
        "::warning title=a.should (must%2C udmi-1.5)::It did not. It is so.",
    ]


def test_conforming_run_has_no_annotation() -> None:
    assert _told(subject_results(requirement("a.one", "pass", finding("pass")))) == []


def test_undecided_run_is_an_error_as_its_job_fails() -> None:
    told = _told(subject_results(outcome=Conclusion.UNDECIDED, sentence="It is open."))

    assert told == ["::error title=undecided::It is open."]


def test_no_more_annotations_are_made_than_are_shown_and_the_rest_is_named() -> None:
    broken = [requirement(f"a.n{number}", "fail", finding("fail", "It broke.")) for number in range(12)]

    told = _told(subject_results(*broken))

    assert len(told) == 10
    assert told[-1] == "::error title=3 more::a.n9, a.n10, a.n11"


@pytest.mark.parametrize(
    "words",
    [
        "\n::set-env name=PATH::/evil",
        "\r\n::error::forged",
        "%0A::add-mask::x",
        "a::b,c:d\x1b[2J\u2028::stop",
        "::",
        "##[error]",
    ],
)
def test_words_of_a_device_begin_no_command_and_end_none(words: str) -> None:
    line = command("error", words, words)

    title, message = re.fullmatch(r"::error title=([^:,]*)::(.*)", line).groups()  # type: ignore[union-attr]
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert "%0A::" not in message.replace("%25", "")
    assert len(title) > 1


def test_summary_that_is_too_large_is_cut_at_the_end_of_a_line() -> None:
    story = "\n".join("x" * 70 for _ in range(50))
    broken = [requirement(f"a.n{number}", "fail", finding("fail", story)) for number in range(400)]

    summary = step_summary(results_of([subject_results(*broken)]))

    assert len(summary.encode()) <= 1_048_576
    assert summary.endswith("`summary.md` has all of it.\n")


@pytest.fixture
def on_github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A process in a job of GitHub; the file of its step's summary."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    return tmp_path / "summary"


@pytest.mark.process
def test_commands_stand_after_all_that_a_device_can_have_said(on_github: Path, tmp_path: Path) -> None:
    run = run_suites(tmp_path / "reports", "--only=writeback.applied", "--variant=never-applied")

    lines = run.output.splitlines()
    (stopped,) = [line for line in lines if line.startswith("::stop-commands::")]
    token = stopped.removeprefix("::stop-commands::")
    resumed = lines.index(f"::{token}::")
    commands = [number for number, line in enumerate(lines) if line.startswith(("::error", "::warning"))]
    assert lines.index(stopped) < lines.index("driving 1 scenario in virtual time")
    assert len(token) == 32
    assert commands == [resumed + 1]
    assert on_github.read_text(encoding="utf-8").startswith("# AHU-1 does not conform to udmi-1.5")


@pytest.mark.process
def test_elsewhere_nothing_of_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    run = run_suites(tmp_path / "reports", "--only=writeback.applied", "--variant=never-applied")

    assert not [line for line in run.output.splitlines() if line.startswith("::")]
