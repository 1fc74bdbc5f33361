"""A requirement that is undecided because something else is broken hangs on that finding, and on no other."""

import pytest

from harness.report.consequences import Consequences, consequences_of
from harness.report.results import EvidenceLines, FindingResult
from tests.report.made_results import finding, requirement, subject_results

NEVER = "damper should become applied within 20 s, but never did."
ABOUT_DAMPER = EvidenceLines(None, 3, "damper")


def _undecided(cause: str, *scenarios: str) -> FindingResult:
    return finding("could not test", f"It needs that it was; but: {cause}", cause=cause, scenarios=scenarios)


def _consequences(broken: FindingResult, *undecided: FindingResult) -> Consequences:
    others = (requirement(f"b.{place}", "could not test", one) for place, one in enumerate(undecided))
    return consequences_of(subject_results(requirement("a.one", str(broken.verdict), broken), *others))


def test_cause_in_the_words_of_a_finding_hangs_on_it() -> None:
    come = _consequences(finding("fail", f"{NEVER}\nSince it was set"), _undecided(NEVER), _undecided("no state came"))

    assert [one.hanging for one in come.broken] == [["b.0"]]
    assert come.reasons == {"It needs that it was; but: no state came": ["b.1"]}


def test_vain_wait_for_a_point_hangs_on_what_that_point_never_did_in_the_same_scenario() -> None:
    broken = finding("fail", NEVER, where=ABOUT_DAMPER, scenarios=("plain_write",))

    come = _consequences(broken, _undecided("waited 22 s until damper becomes applied, in vain", "plain_write"))

    assert come.broken[0].hanging == ["b.0"]
    assert not come.reasons


@pytest.mark.parametrize(
    ("cause", "scenario"),
    [
        ("waited 22 s until damper becomes applied, in vain", "another_write"),
        ("waited 22 s until damper-2 becomes applied, in vain", "plain_write"),
        ("waited 22 s until valve becomes applied, in vain", "plain_write"),
    ],
)
def test_another_point_or_scenario_hangs_on_nothing(cause: str, scenario: str) -> None:
    come = _consequences(
        finding("fail", NEVER, where=ABOUT_DAMPER, scenarios=("plain_write",)), _undecided(cause, scenario)
    )

    assert come.broken[0].hanging == []
    assert len(come.reasons) == 1


def test_something_that_a_point_did_wrongly_explains_no_vain_wait_for_it() -> None:
    broken = finding("fail", "damper became failure", where=EvidenceLines(9, 3, "damper"), scenarios=("plain_write",))

    come = _consequences(broken, _undecided("waited 22 s until damper becomes applied, in vain", "plain_write"))

    assert come.broken[0].hanging == []


def test_musts_come_first_and_of_these_the_one_on_which_most_hangs() -> None:
    results = subject_results(
        requirement("a.should", "warn", finding("warn", "one")),
        requirement("a.must", "fail", finding("fail", "two")),
        requirement("a.root", "fail", finding("fail", "three")),
        requirement("b.one", "could not test", _undecided("three")),
    )

    assert [one.requirement.id for one in consequences_of(results).broken] == ["a.root", "a.must", "a.should"]


def test_requirement_that_hangs_on_two_findings_is_counted_once() -> None:
    results = subject_results(
        requirement("a.one", "fail", finding("fail", "one")),
        requirement("a.two", "fail", finding("fail", "two")),
        requirement("b.one", "could not test", _undecided("one"), _undecided("two")),
    )

    assert [one.hanging for one in consequences_of(results).broken] == [["b.one"], []]


def test_part_of_a_requirement_that_others_decided_is_not_undecided() -> None:
    results = subject_results(
        requirement("a.one", "fail", finding("fail", "one")),
        requirement("b.one", "pass", finding("pass"), _undecided("one")),
    )

    come = consequences_of(results)

    assert (come.broken[0].hanging, come.reasons) == ([], {})
