"""The sentence that sums a run up."""

import pytest

from harness.clock import VIRTUAL_BIRTHDAY, Clock
from harness.judging.finding import Finding
from harness.judging.requirement import Catalogue
from harness.judging.verdict import Level, NotApplicable, NotObserved
from harness.record import Began, Ended
from harness.report.results import results_of
from harness.trace import FORMAT
from harness.wire.spec import Spec

CATALOGUE = Catalogue.read()
CLAUSES = [requirement for requirement in CATALOGUE if not requirement.untested and Spec.UDMI_1_5 in requirement.levels]
BUG, BROKEN, APART = ZeroDivisionError("of ours"), NotObserved("It is not so."), NotApplicable("no such point")


def sentence(*ended: BaseException | None) -> str:
    """Of a run whose judgements, each of a clause of its own, ended so."""
    findings = [
        Finding.of(clause, Level.MUST, "suites/t.py::test_it", how, {})
        for clause, how in zip(CLAUSES, ended, strict=False)
    ]
    began = Began(
        VIRTUAL_BIRTHDAY, FORMAT, "setpoint", Spec.UDMI_1_5, Clock.VIRTUAL, "sim", {"id": "DEV-1", "points": {}}
    )
    judgements = {finding.requirement: 1 for finding in findings}
    told = results_of([began, Ended(VIRTUAL_BIRTHDAY + 1)], findings, CATALOGUE, judgements)["sentence"]
    assert isinstance(told, str)
    return told


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
