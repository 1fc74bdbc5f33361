"""The meaning of a judgement's end, and the verdict that speaks for many."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.judging.history import BrokenScenarioError
from harness.judging.verdicts.verdict import (
    CouldNotTest,
    Level,
    NotObserved,
    Undecided,
    Undocumented,
    Verdict,
    verdict_of,
    worst,
)
from harness.record.left_out import NotApplicable, OutOfView


@pytest.mark.parametrize(
    ("level", "verdict"),
    [(Level.MUST, Verdict.PASS), (Level.SHOULD, Verdict.PASS), (Level.OBSERVATION, Verdict.OBSERVATION)],
)
def test_judgement_that_ends_well_passes_or_observes(level: Level, verdict: Verdict) -> None:
    assert verdict_of(None, level) is verdict


@pytest.mark.parametrize(
    ("level", "verdict"),
    [(Level.MUST, Verdict.FAIL), (Level.SHOULD, Verdict.WARN), (Level.OBSERVATION, Verdict.OBSERVATION)],
)
def test_level_decides_how_grave_a_breach_is(level: Level, verdict: Verdict) -> None:
    assert verdict_of(NotObserved("late"), level) is verdict


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize(
    ("ended", "verdict"),
    [
        (Undecided("astride"), Verdict.INCONCLUSIVE),
        (CouldNotTest("cut short"), Verdict.COULD_NOT_TEST),
        (NotApplicable("no such point"), Verdict.NOT_APPLICABLE),
        (OutOfView("behind a broker"), Verdict.OUT_OF_VIEW),
        (BrokenScenarioError("ours"), Verdict.HARNESS_ERROR),
        (ZeroDivisionError("ours"), Verdict.HARNESS_ERROR),
        (AssertionError("two states"), Verdict.HARNESS_ERROR),
        (KeyboardInterrupt(), Verdict.HARNESS_ERROR),
    ],
)
def test_ending_that_accuses_nobody_is_the_same_at_every_level(
    ended: BaseException, verdict: Verdict, level: Level
) -> None:
    assert verdict_of(ended, level) is verdict


def test_breach_outweighs_everything() -> None:
    assert worst(Verdict) is Verdict.FAIL


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.NOT_APPLICABLE])
def test_not_applicable_wins_nothing(verdict: Verdict) -> None:
    assert worst([Verdict.NOT_APPLICABLE, verdict, Verdict.NOT_APPLICABLE]) is verdict


@pytest.mark.parametrize("undecided", [Verdict.INCONCLUSIVE, Verdict.COULD_NOT_TEST])
def test_undecided_outweighs_a_pass(undecided: Verdict) -> None:
    assert worst([Verdict.PASS, undecided, Verdict.OBSERVATION]) is undecided


@settings(derandomize=True, deadline=None, database=None)
@given(st.lists(st.sampled_from(Verdict), min_size=1))
def test_worst_does_not_depend_on_the_order(verdicts: list[Verdict]) -> None:
    assert worst(reversed(verdicts)) is worst(sorted(verdicts)) is worst(verdicts)


@pytest.mark.parametrize(
    ("level", "verdict"),
    [
        (Level.MUST, Verdict.COULD_NOT_TEST),
        (Level.SHOULD, Verdict.COULD_NOT_TEST),
        (Level.OBSERVATION, Verdict.NOT_APPLICABLE),
    ],
)
def test_figure_that_nobody_documents_is_missed_only_where_the_clause_binds(level: Level, verdict: Verdict) -> None:
    assert verdict_of(Undocumented("no time"), level) is verdict
