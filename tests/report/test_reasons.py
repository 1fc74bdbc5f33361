"""What many judgements share is said once; a row's note is about the verdict that stands in it."""

from typing import Any

from harness.judging.verdict import UNDECIDED, Verdict
from harness.report.reasons import by_reason, notes_of


def _finding(verdict: str, story: str = "", measured: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"verdict": verdict, "story": story, "measured": [_measured(what) for what in measured], "observed": []}


def _measured(what: str) -> dict[str, Any]:
    return {"what": what, "least": 1.0, "most": 1.0, "required": "within 5 s", "earliest": 0, "latest": 5}


def _requirement(name: str, verdict: str, *findings: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "verdict": verdict, "gist": "It is so.", "findings": list(findings)}


def test_reason_that_requirements_share_is_listed_once() -> None:
    silent = _finding("could not test", "it is silent")
    results = {
        "requirements": [
            _requirement("a.one", "could not test", silent, silent),
            _requirement("b.two", "could not test", silent),
            _requirement("c.three", "pass", _finding("pass")),
        ]
    }

    assert by_reason(results, UNDECIDED) == {"it is silent": ["a.one", "b.two"]}


def test_reason_of_a_requirement_that_other_judgements_decided_stands_apart() -> None:
    lacking = _finding("not applicable", "no point is stuck")
    results = {
        "requirements": [
            _requirement("a.one", "not applicable", lacking),
            _requirement("b.two", "pass", lacking, _finding("pass")),
        ]
    }

    assert by_reason(results, [Verdict.NOT_APPLICABLE], in_part=False) == {"no point is stuck": ["a.one"]}
    assert by_reason(results, [Verdict.NOT_APPLICABLE], in_part=True) == {"no point is stuck": ["b.two"]}


def test_note_of_a_failed_requirement_is_of_the_judgement_that_failed() -> None:
    kept, broken = _finding("pass", measured=("kept",)), _finding("fail", "it broke.\nThen more.", ("broke",))

    assert notes_of(_requirement("a.one", "fail", kept, broken)) == ["it broke.", "broke 1.000 s; required within 5 s"]


def test_note_of_an_open_clause_that_is_kept_is_its_gist() -> None:
    assert notes_of(_requirement("a.one", "observation", _finding("observation"))) == ["so it is: It is so."]


def test_note_of_an_open_clause_that_is_not_kept_is_the_story() -> None:
    told = _finding("observation", "it should, but does not.")

    assert notes_of(_requirement("a.one", "observation", told)) == ["it should, but does not."]
