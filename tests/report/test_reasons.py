"""A reason that many judgements share is said once; a row's note is about the verdict that stands in it."""

from harness.judging.verdicts.verdict import UNDECIDED, Verdict
from harness.report.reasons import by_reason, notes_of
from harness.report.results import FindingResult
from tests.report.made_results import finding, measurement, requirement, subject_results


def test_reason_that_requirements_share_is_listed_once() -> None:
    silent = finding("could not test", "it is silent")
    results = subject_results(
        requirement("a.one", "could not test", silent, silent),
        requirement("b.two", "could not test", silent),
        requirement("c.three", "pass", finding("pass")),
    )

    assert by_reason(results, UNDECIDED) == {"it is silent": ["a.one", "b.two"]}


def test_stories_with_one_cause_are_told_as_that_cause() -> None:
    one = finding("could not test", "It needs that it speaks; but: it is silent", cause="it is silent")
    two = finding("could not test", "It needs that it hears; but: it is silent", cause="it is silent")
    results = subject_results(requirement("a.one", "could not test", one), requirement("b.two", "could not test", two))

    assert by_reason(results, UNDECIDED) == {"it is silent": ["a.one", "b.two"]}


def test_reason_that_is_true_of_one_scenario_names_it() -> None:
    here = finding("inconclusive", "no state came", scenarios=("plain_write",))
    there = finding("inconclusive", "no state came", scenarios=("many_points",))
    throughout = finding("inconclusive", "no status came", scenarios=("whole_run",))

    def told(*findings: FindingResult) -> list[str]:
        return list(by_reason(subject_results(requirement("a.one", "inconclusive", *findings)), UNDECIDED))

    assert told(here) == ["no state came (in plain_write)"]
    assert told(here, there) == ["no state came"]
    assert told(throughout) == ["no status came"]


def test_reason_of_a_requirement_that_other_judgements_decided_stands_apart() -> None:
    lacking = finding("not applicable", "no point is stuck")
    results = subject_results(
        requirement("a.one", "not applicable", lacking),
        requirement("b.two", "pass", lacking, finding("pass")),
    )

    assert by_reason(results, [Verdict.NOT_APPLICABLE], in_part=False) == {"no point is stuck": ["a.one"]}
    assert by_reason(results, [Verdict.NOT_APPLICABLE], in_part=True) == {"no point is stuck": ["b.two"]}


def test_note_of_a_failed_requirement_is_of_the_judgement_that_failed() -> None:
    kept = finding("pass", measured=(measurement("kept"),))
    broken = finding("fail", "it broke.\nThen more.", measured=(measurement("broke"),))

    assert notes_of(requirement("a.one", "fail", kept, broken)) == ["it broke.", "broke 1 s; required within 5 s"]


def test_note_of_an_open_clause_that_is_kept_is_its_gist() -> None:
    assert notes_of(requirement("a.one", "observation", finding("observation"))) == ["so it is: It is so."]


def test_note_of_an_open_clause_that_is_not_kept_reads_like_no_failure() -> None:
    told = finding("observation", "the damper should stay applied, but became failure.", measured=(measurement("it"),))

    assert notes_of(requirement("a.one", "observation", told)) == [
        "not so here: It is so.",
        "the damper: became failure.",
        "it 1 s; the text says within 5 s",
    ]


def test_note_of_an_open_clause_that_tells_what_was_seen_is_that() -> None:
    told = finding("observation", "statuses between were not told.")

    assert notes_of(requirement("a.one", "observation", told)) == ["statuses between were not told."]
