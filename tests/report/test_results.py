"""The sentence that sums a run up."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest

from harness.clock import VIRTUAL_BIRTHDAY, Clock
from harness.judging.requirements.binding import Measure
from harness.judging.requirements.requirement import Catalogue
from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Level, NotObserved, Undecided
from harness.protocols.udmi.judging.whole_run import whole_run_of
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Ended
from harness.record.left_out import NotApplicable
from harness.record.lines import FORMAT
from harness.report.making import subject_results
from harness.report.results import LimitUsed, SubjectResults
from harness.report.scope import Selection

CATALOGUE = Catalogue.read()
CLAUSES = [requirement for requirement in CATALOGUE if not requirement.untested and Spec.UDMI_1_5 in requirement.levels]
BUG, BROKEN, APART = ZeroDivisionError("of ours"), NotObserved("It is not so."), NotApplicable("no such point")
AS_USUAL = Measure()
UNSEEN = Undecided("no state came")


def sentence(*ended: BaseException | None) -> str:
    """Of a run whose judgements, each of a clause of its own, ended so."""
    return told_of(ended, Catalogue({one.id: one for one in CLAUSES[: len(ended)]}))


def told_of(ended: Sequence[BaseException | None], catalogue: Catalogue, measure: Measure = AS_USUAL) -> str:
    """The same, beside whatever else the catalogue has."""
    return results(ended, catalogue, measure).sentence


def results(
    ended: Sequence[BaseException | None],
    catalogue: Catalogue = CATALOGUE,
    measure: Measure = AS_USUAL,
    limits: Mapping[str, float] = MappingProxyType({}),
) -> SubjectResults:
    """All of them, of a device whose profile stretches these limits."""
    findings = [
        Finding.of(clause, Level.MUST, "suites/t.py::test_it", how, {})
        for clause, how in zip(CLAUSES, ended, strict=False)
    ]
    began = Began(
        VIRTUAL_BIRTHDAY,
        FORMAT,
        "setpoint",
        Spec.UDMI_1_5,
        Clock.VIRTUAL,
        "sim",
        {"id": "DEV-1", "points": {}, "limits": dict(limits)},
    )
    selection = Selection({finding.requirement: 1 for finding in findings})
    whole = whole_run_of([began, Ended(VIRTUAL_BIRTHDAY + 1)])
    return subject_results(whole, findings, catalogue, selection, measure)


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        ([None], "DEV-1 conforms to udmi-1.5: of 1 requirement judged, no must is broken and nothing is undecided."),
        (
            [None, None, APART],
            "of 2 requirements judged, no must is broken and nothing is undecided; 1 does not concern it.",
        ),
        (
            [None, APART, APART],
            "of 1 requirement judged, no must is broken and nothing is undecided; 2 do not concern it.",
        ),
        ([None, BROKEN], "DEV-1 does not conform to udmi-1.5: 1 must is broken."),
        ([BROKEN, BROKEN], "DEV-1 does not conform to udmi-1.5: 2 musts are broken."),
        ([BUG, None], "so nothing is said of DEV-1: harness errors in 1 requirement."),
        ([APART, APART], "is undecided: none of 2 requirements could be asked of it; 2 do not concern it."),
    ],
)
def test_sentence_counts_as_people_do(ended: list[BaseException | None], told: str) -> None:
    assert sentence(*ended).endswith(told)


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (
            [None],
            "DEV-1 was asked for a part of udmi-1.5 alone: of 3 requirements 1 was asked, and it is not broken.",
        ),
        ([None, APART], "of 3 requirements 2 were asked, and none of these is broken; 1 does not concern it."),
        ([BROKEN, None], "DEV-1 does not conform to udmi-1.5: of 3 requirements 2 were asked, and 1 must is broken."),
        ([UNSEEN], "is undecided: of 3 requirements 1 was asked; it is open."),
        ([UNSEEN, APART], "2 were asked; the only one that could be judged is open; 1 does not concern it."),
    ],
)
def test_sentence_of_a_part_counts_the_whole(ended: list[BaseException | None], told: str) -> None:
    whole = Catalogue({one.id: one for one in CLAUSES[:3]})

    assert told_of(ended, whole).endswith(told)


def test_sentence_counts_what_is_open_of_what_concerns_the_device() -> None:
    assert sentence(None, UNSEEN, APART, APART).endswith("1 of 2 requirements is open; 2 do not concern it.")


def test_sentence_of_a_strict_run_counts_shoulds() -> None:
    whole = Catalogue({one.id: one for one in CLAUSES[:1]})

    assert told_of([None], whole, Measure(strict=True)) == (
        "DEV-1 conforms to udmi-1.5: of 1 requirement judged, no must and no should is broken and nothing is undecided."
    )


def test_results_say_which_limits_were_used() -> None:
    used = results([None], limits={"in_time": 40, "a_log": 30}).run.limits

    assert used["in_time"] == LimitUsed(40, 20, None)
    assert used["a_log"] == LimitUsed(30, 30, None)
    assert used["answer"] == LimitUsed(5, 5, "UDMI 1.5, config sequence")


@pytest.mark.parametrize(
    ("limits", "told"),
    [({}, "is undecided."), ({"in_time": 40, "said": 10}, "is undecided; by the profile in_time is 40 s and not 20.")],
)
def test_sentence_says_which_limits_the_profile_stretches(limits: Mapping[str, float], told: str) -> None:
    catalogue = Catalogue({CLAUSES[0].id: CLAUSES[0]})

    assert results([None], catalogue, limits=limits).sentence.endswith(told)
