"""By which levels a run is judged: those of the catalogue, or the verbs of the documents."""

from pathlib import Path

import pytest

from tests.runs import run_suites, setpoint

pytestmark = pytest.mark.process

ONLY = ("--only", "writeback.failure-after-a-minute", "--variant", "fails-early")


def test_verb_of_the_text_decides_where_it_is_asked_for(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--levels", "text", *ONLY)

    (requirement,) = run.judged.requirements
    assert (requirement.verdict, requirement.level, requirement.verb) == ("warn", "should", "should")
    assert run.code == 0
    assert run.judged.run.levels == "text"
    assert "the documents' verbs alone" in run.output


def test_level_of_the_catalogue_decides_otherwise_and_says_why(tmp_path: Path) -> None:
    run = run_suites(tmp_path, *ONLY)

    (requirement,) = run.judged.requirements
    assert (requirement.verdict, requirement.level, requirement.verb) == ("fail", "must", "should")
    assert "The minute is what the text defines the word failure by" in str(requirement.because)
    assert run.judged.levels_note is None


def test_strict_counts_the_verbs_of_the_text_too(tmp_path: Path) -> None:
    assert run_suites(tmp_path, "--levels", "text", "--strict", *ONLY).code == 1


def test_levels_that_there_are_not_are_refused(tmp_path: Path) -> None:
    run = run_suites(tmp_path, "--levels", "loose")

    assert run.code == 3
    assert "setpoint: --levels is 'loose'; expected 'catalogue' or 'text'" in run.output


@pytest.mark.parametrize("spec", ["writeback-2021", "writeback-draft", "pointset-2021"])
def test_spec_whose_documents_know_no_must_says_so_once(tmp_path: Path, spec: str) -> None:
    run = run_suites(tmp_path, "--spec", spec, "--only", "writeback.applied")

    assert run.output.count(f"The documents of {spec} never say must") == 1
    assert str(run.judged.levels_note).startswith(f"The documents of {spec} never say must")


def test_explain_names_verb_reason_and_the_test_that_differs() -> None:
    told = setpoint("explain", "writeback.read-only-is-invalid").output

    assert "udmi-1.5: must; the text describes it" in told
    assert "Because:     The text defines the word by it" in told
    assert "Beside it:   UDMI's own test, writeback_failure, " in told
    assert told.count("never say must") == 1
