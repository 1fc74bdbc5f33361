"""The end of a run fits one screen, and what matters most is on it."""

import pytest

from harness.doctor.problem import Party
from harness.report.conclusion import Conclusion
from harness.report.making import results_of
from harness.report.results import DoctorResult, RequirementResult, SubjectResults
from harness.report.terminal.blocks import ScreenLine
from harness.report.terminal.screen import BesideResults, screen
from tests.report.made_results import finding, requirement, run_facts, subject_results

LAST = ScreenLine("Report: reports/one/report.html")
BESIDE = BesideResults({}, (), LAST)


def _told(*subjects: SubjectResults, rows: int | None = None, columns: int | None = None) -> list[str]:
    return [line.text for line in screen(results_of(subjects), BESIDE, rows, columns)]


def _broken(number: int, lines: int = 20) -> RequirementResult:
    story = "\n".join(
        [f"It broke {number}.", "Since then:", *(f"  {at}.0 s  word" for at in range(lines)), "  <- here"]
    )
    return requirement(f"a.broken-{number}", "fail", finding("fail", story))


def _undecided(number: int, cause: str) -> RequirementResult:
    return requirement(f"b.open-{number}", "could not test", finding("could not test", cause, cause=cause))


def test_conforming_device_is_its_sentence_and_the_report() -> None:
    assert _told(subject_results(requirement("a.one", "pass", finding("pass")))) == ["It conforms.", LAST.text]


def test_outcome_is_told_before_findings_and_findings_before_what_is_undecided() -> None:
    told = _told(subject_results(_undecided(1, "no state came"), _broken(1), sentence="It does not."))

    assert told[0] == "It does not."
    assert told.index("fail  a.broken-1 (must)") < told.index("Undecided, and why:")
    assert told[-1] == LAST.text


def test_finding_has_its_story_its_clause_and_its_source() -> None:
    told = _told(subject_results(requirement("a.one", "fail", finding("fail", "It broke.\n  1.0 s  so"))))

    assert told[2:6] == ["fail  a.one (must)", "    It broke.", "      1.0 s  so", "    It is so.   UDMI, writeback"]


def test_broken_should_has_its_story_too() -> None:
    assert "    It broke." in _told(subject_results(requirement("a.one", "warn", finding("warn", "It broke."))))


def test_what_hangs_on_a_finding_is_folded_beneath_it() -> None:
    told = _told(subject_results(_broken(1), *(_undecided(number, "It broke 1.") for number in range(27))))

    assert [line for line in told if line.startswith("    + 27 undecided because of this: b.open-0, ")]
    assert "Undecided, and why:" not in told


def test_reason_that_many_requirements_have_is_told_once_and_counts_requirements() -> None:
    silent = requirement("b.twice", "could not test", *[finding("could not test", "no word", cause="no word")] * 2)

    told = _told(subject_results(silent, *(_undecided(number, "no word") for number in range(155))))

    assert [line for line in told if "no word" in line] == [" 156  no word"]
    assert len(told) <= 10


@pytest.mark.parametrize("rows", [21, 37])
@pytest.mark.parametrize("columns", [None, 80])
def test_many_findings_of_many_subjects_fit_one_screen(rows: int, columns: int | None) -> None:
    subjects = [
        subject_results(
            *map(_broken, range(40)),
            *(_undecided(number, f"reason {number} " * 20) for number in range(30)),
            doctor=(DoctorResult(Party.DEVICE, "grave", "its clock " * 30, "mend it " * 30),),
            outcome=Conclusion.DOES_NOT_CONFORM,
            run=run_facts(spec=spec),
        )
        for spec in ("udmi-1.5", "replica-seed", "desired-state")
    ]

    lines = screen(results_of(subjects), BESIDE, rows, columns)

    assert sum(line.rows(columns) for line in lines) <= rows
    assert lines[-1] == LAST
    assert any(line.text.startswith("fail  udmi-1.5: a.broken-0 (must)") for line in lines)
    assert any(" more broken" in line.text for line in lines)


def test_long_story_keeps_the_line_that_decided() -> None:
    told = _told(subject_results(_broken(1, lines=50)), rows=20)

    assert "      <- here" in told
    assert "    It broke 1." in told
    assert len(told) <= 20


def test_several_judgements_that_say_so_are_one_finding() -> None:
    twice = requirement("a.one", "fail", finding("fail", "one"), finding("fail", "two"), finding("pass"))

    told = _told(subject_results(twice))

    assert sum(line.startswith("fail  ") for line in told) == 1
    assert "    and so says 1 more of its judgements" in told


def test_must_of_one_subject_comes_before_the_should_of_another() -> None:
    warned = subject_results(requirement("a.warned", "warn", finding("warn", "w")))
    failed = subject_results(requirement("a.failed", "fail", finding("fail", "f")))

    told = [line for line in _told(warned, failed) if line.startswith(("warn", "fail"))]

    assert told == ["fail  udmi-1.5: a.failed (must)", "warn  udmi-1.5: a.warned (must)"]


def test_what_another_target_would_show_is_told_with_what_shows_it() -> None:
    unseen = requirement("c.tls", "out of view", finding("out of view", "needs listens://", needs="listens://"))

    told = _told(subject_results(unseen))

    assert told[told.index("Not visible with this target:") + 1] == "   1  c.tls: needs listens://"


def test_text_of_a_device_prints_on_its_line() -> None:
    told = _told(subject_results(requirement("a.one", "fail", finding("fail", "it said \x1b[2J\r\nand so on"))))

    assert all(line.isprintable() for line in told)
