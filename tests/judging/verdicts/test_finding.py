"""The findings of judgements, and the outcome for the device."""

from dataclasses import replace

import pytest

from harness.judging.episode import given
from harness.judging.requirements.requirement import Requirement
from harness.judging.requirements.source import Source
from harness.judging.timing.window import Elapsed, within
from harness.judging.verdicts.evidence import Evidence, Measured
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.finding import Finding, Outcome, accused, by_requirement, outcome_of, some_of
from harness.judging.verdicts.verdict import CouldNotTest, Level, NotObserved, Undecided, Unprovided, Verdict
from harness.protocols.udmi.words.spec import Spec

REQUIREMENT = Requirement(
    "writeback.applied", "It is applied.", {Spec.UDMI_1_5: Level.MUST}, Source("UDMI", "writeback", ("WB-04",))
)


def finding(requirement: str, verdict: Verdict) -> Finding:
    """A finding without a story."""
    return Finding(requirement, "test_it", verdict, "", (), (), ())


LEFT_OUT = replace(finding("a", Verdict.COULD_NOT_TEST), unprovided=True)


def found(ended: BaseException | None, **evidences: Evidence) -> Finding:
    """The verdict on a must that was judged so."""
    return Finding.of(REQUIREMENT, Level.MUST, "test_it", ended, evidences)


def test_finding_names_requirement_and_judgement() -> None:
    assert (found(None).requirement, found(None).judgement) == ("writeback.applied", "test_it")


def test_finding_of_a_judgement_that_ended_well_has_no_story() -> None:
    assert (found(None).verdict, found(None).story) == (Verdict.PASS, "")


def test_finding_of_a_breach_tells_its_story() -> None:
    broken = found(NotObserved("damper should become applied"))

    assert (broken.verdict, broken.story) == (Verdict.FAIL, "damper should become applied")


def test_finding_of_what_could_not_be_tested_tells_why() -> None:
    untested = found(CouldNotTest("waited in vain"))

    assert (untested.verdict, untested.story) == (Verdict.COULD_NOT_TEST, "waited in vain")


def test_finding_gathers_the_ledgers_of_all_its_episodes() -> None:
    one, other = Evidence(places=[7, 3]), Evidence(places=[3, 5], observed=["the etag stays"])
    one.measure("applied after", Elapsed(2.0, 2.0), within(5))

    gathered = found(None, plain=one, stale=other)

    assert gathered.places == (3, 5, 7)
    assert gathered.measured == (Measured("applied after", 2.0, 2.0, "within 5 s", 0, 5),)
    assert gathered.observed == ("the etag stays",)
    assert gathered.scenarios == ("plain", "stale")


@pytest.mark.parametrize("kind", [NotObserved, Undecided])
def test_finding_names_the_records_that_its_story_is_about(kind: type[NotObserved | Undecided]) -> None:
    where = EvidenceRef(decisive=9, since=4, about="damper")

    named = found(kind("too late", where), plain=Evidence(places=[7]))

    assert named.evidence_ref == where
    assert named.places == (4, 7, 9)


def test_requirement_gets_the_worst_of_its_findings() -> None:
    findings = [finding("a", Verdict.PASS), finding("b", Verdict.PASS), finding("a", Verdict.FAIL)]

    assert by_requirement(findings) == {"a": Verdict.FAIL, "b": Verdict.PASS}


def test_finding_that_is_not_applicable_does_not_take_a_pass_away() -> None:
    findings = [finding("a", Verdict.PASS), finding("a", Verdict.NOT_APPLICABLE)]

    assert by_requirement(findings) == {"a": Verdict.PASS}


@pytest.mark.parametrize(
    ("others", "verdict"),
    [
        ([], Verdict.COULD_NOT_TEST),
        ([Verdict.PASS], Verdict.PASS),
        ([Verdict.OBSERVATION], Verdict.OBSERVATION),
        ([Verdict.PASS, Verdict.NOT_APPLICABLE], Verdict.PASS),
        ([Verdict.NOT_APPLICABLE], Verdict.COULD_NOT_TEST),
        ([Verdict.OUT_OF_VIEW], Verdict.COULD_NOT_TEST),
        ([Verdict.PASS, Verdict.INCONCLUSIVE], Verdict.INCONCLUSIVE),
        ([Verdict.PASS, Verdict.COULD_NOT_TEST], Verdict.COULD_NOT_TEST),
        ([Verdict.PASS, Verdict.WARN], Verdict.WARN),
        ([Verdict.FAIL], Verdict.FAIL),
    ],
)
def test_part_that_nobody_gave_an_occasion_for_is_left_out_where_another_passed(
    others: list[Verdict], verdict: Verdict
) -> None:
    assert by_requirement([LEFT_OUT, *(finding("a", other) for other in others)]) == {"a": verdict}


def test_finding_knows_that_nobody_gave_an_occasion_for_it() -> None:
    lacking = found(Unprovided("cannot mend pump_mode: this bench has no hands"))

    assert (lacking.verdict, lacking.unprovided) == (Verdict.COULD_NOT_TEST, True)
    assert not found(CouldNotTest("waited in vain")).unprovided


def test_cause_of_a_control_that_did_not_hold_is_what_happened_in_its_place() -> None:
    with pytest.raises(CouldNotTest) as held, given("the point takes writes"):
        raise NotObserved("damper should become applied, but never did.\nSince then it reported:")

    assert found(held.value).cause == "damper should become applied, but never did."
    assert found(Undecided("no state came")).cause == "no state came"
    assert found(NotObserved("too late")).cause is None


def test_breaches_of_must_and_should_are_accusations() -> None:
    assert accused({verdict.name: verdict for verdict in Verdict}) == {"FAIL", "WARN"}


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ({Verdict.PASS}, Outcome.CONFORMS),
        ({Verdict.PASS, Verdict.WARN, Verdict.OBSERVATION}, Outcome.CONFORMS),
        ({Verdict.PASS, Verdict.NOT_APPLICABLE}, Outcome.CONFORMS),
        ({Verdict.PASS, Verdict.OUT_OF_VIEW}, Outcome.CONFORMS),
        ({Verdict.PASS, Verdict.INCONCLUSIVE}, Outcome.UNDECIDED),
        ({Verdict.PASS, Verdict.COULD_NOT_TEST}, Outcome.UNDECIDED),
        ({Verdict.NOT_APPLICABLE, Verdict.OUT_OF_VIEW}, Outcome.UNDECIDED),
        (set(), Outcome.UNDECIDED),
        ({Verdict.PASS, Verdict.COULD_NOT_TEST, Verdict.HARNESS_ERROR}, Outcome.HARNESS_ERROR),
        (set(Verdict), Outcome.DOES_NOT_CONFORM),
    ],
)
def test_outcome_follows_from_the_verdicts(verdicts: set[Verdict], outcome: Outcome) -> None:
    assert outcome_of(verdicts) is outcome


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ({Verdict.PASS, Verdict.WARN}, Outcome.DOES_NOT_CONFORM),
        ({Verdict.PASS, Verdict.OBSERVATION}, Outcome.CONFORMS),
        ({Verdict.FAIL}, Outcome.DOES_NOT_CONFORM),
    ],
)
def test_every_should_counts_where_the_operator_is_strict(verdicts: set[Verdict], outcome: Outcome) -> None:
    assert outcome_of(verdicts, strict=True) is outcome


def test_exit_codes_are_those_that_are_promised() -> None:
    assert list(map(int, Outcome)) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["a", "b", "a"], "a, b"),
        (list("abcde"), "a, b, c, d, e"),
        (list("abcdefga"), "a, b, c, d, e and 2 more"),
    ],
)
def test_long_list_of_names_is_cut_short(names: list[str], words: str) -> None:
    assert some_of(names) == words
