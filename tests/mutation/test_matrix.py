"""The matrix itself can fail: what is missed, wrongly accused, doubted or believed makes it wrong."""

import pytest

from harness.judging.verdicts.finding import Finding
from harness.judging.verdicts.verdict import Verdict
from harness.mutation.matrix import Row, never_failed, seen_to_fail, totals
from harness.target import Variant

CLAUSE, OTHER = "writeback.applied", "etag.is-reported"
BROKEN = Variant("broken", breaks=CLAUSE)
IMPLYING = Variant("implying", breaks=CLAUSE, implies=(OTHER,))
QUIRK = Variant("odd")
OPEN = Variant("otherwise", shows=CLAUSE)
MUTE = Variant("mute", mute=True)
CONTESTED = Variant("contested", contested=True)


def _found(verdict: Verdict, requirement: str = CLAUSE, observed: str = "", judgement: str = "test_it") -> Finding:
    return Finding(requirement, judgement, verdict, "", (), (observed,), ())


def _row(variant: Variant, *findings: Finding) -> Row:
    return Row.of(variant, findings, [_found(Verdict.OBSERVATION, observed="so")])


@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.WARN])
def test_deviation_whose_clause_fails_is_caught(verdict: Verdict) -> None:
    row = _row(BROKEN, _found(verdict))

    assert str(row).startswith("caught")
    assert not row.is_wrong


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.COULD_NOT_TEST, Verdict.INCONCLUSIVE])
def test_deviation_whose_clause_does_not_fail_is_missed(verdict: Verdict) -> None:
    row = _row(BROKEN, _found(verdict))

    assert str(row).startswith("MISSED")
    assert row.is_wrong


def test_deviation_that_is_accused_of_more_is_wrong() -> None:
    row = _row(BROKEN, _found(Verdict.FAIL), _found(Verdict.WARN, OTHER))

    assert f"WRONGLY ACCUSED of {OTHER}" in str(row)
    assert row.is_wrong


def test_deviation_may_break_what_it_implies() -> None:
    row = _row(IMPLYING, _found(Verdict.FAIL), _found(Verdict.FAIL, OTHER))

    assert not row.is_wrong


def test_device_beside_somebody_of_its_name_is_accused_of_nothing_and_not_trusted_in_all() -> None:
    doubted, trusted = _row(CONTESTED, _found(Verdict.INCONCLUSIVE)), _row(CONTESTED, _found(Verdict.PASS))
    accused = _row(CONTESTED, _found(Verdict.INCONCLUSIVE), _found(Verdict.WARN, OTHER))

    assert (doubted.is_wrong, str(doubted).partition(" ")[0]) == (False, "contested")
    assert (trusted.is_wrong, str(trusted).partition(" ")[0]) == (True, "TRUSTED")
    assert accused.is_wrong


def test_deviation_may_leave_other_clauses_undecided() -> None:
    row = _row(BROKEN, _found(Verdict.FAIL), _found(Verdict.COULD_NOT_TEST, OTHER))

    assert not row.is_wrong


def test_quirk_that_is_accused_is_wrong() -> None:
    row = _row(QUIRK, _found(Verdict.WARN))

    assert str(row).startswith("ACCUSED")
    assert row.is_wrong


def test_quirk_that_is_left_undecided_is_wrong() -> None:
    row = _row(QUIRK, _found(Verdict.INCONCLUSIVE))

    assert str(row).startswith("DOUBTED")
    assert row.is_wrong


def test_quirk_that_passes_is_right() -> None:
    assert not _row(QUIRK, _found(Verdict.PASS)).is_wrong


def test_open_clause_that_is_observed_to_be_otherwise_is_noticed() -> None:
    row = _row(OPEN, _found(Verdict.OBSERVATION, observed="otherwise"))

    assert str(row).startswith("noticed")
    assert not row.is_wrong


def test_open_clause_that_is_observed_as_in_the_healthy_device_is_missed() -> None:
    row = _row(OPEN, _found(Verdict.OBSERVATION, observed="so"))

    assert row.is_missed


def test_mute_device_on_which_a_judgement_passes_is_believed() -> None:
    row = _row(MUTE, _found(Verdict.PASS))

    assert str(row).startswith("BELIEVED")
    assert row.is_wrong


def test_mute_device_on_which_nothing_passes_is_right() -> None:
    assert not _row(MUTE, _found(Verdict.COULD_NOT_TEST)).is_wrong


def test_harness_error_is_wrong_whoever_meets_it() -> None:
    assert _row(BROKEN, _found(Verdict.FAIL), _found(Verdict.HARNESS_ERROR, OTHER)).is_wrong


def test_totals_count_what_is_wrong() -> None:
    rows = [_row(BROKEN, _found(Verdict.PASS)), _row(QUIRK, _found(Verdict.FAIL)), _row(MUTE, _found(Verdict.PASS))]

    assert totals(rows) == (
        "1 deviation, 0 caught; 0 open clauses, 0 noticed; 1 missed; 1 mute, 1 believed; "
        "1 quirk, 1 accused, 0 left undecided; 0 others accused of too much; 0 harness errors"
    )


def test_judgement_that_failed_on_no_device_is_listed() -> None:
    healthy = [_found(Verdict.PASS, judgement="test_one"), _found(Verdict.PASS, judgement="test_other")]
    row = Row.of(
        BROKEN, [_found(Verdict.FAIL, judgement="test_one"), _found(Verdict.PASS, judgement="test_other")], healthy
    )

    assert never_failed(healthy, [row]) == ["test_other"]


def test_judgement_on_an_open_clause_is_listed_until_it_comes_to_something_else() -> None:
    healthy = [_found(Verdict.OBSERVATION, observed="so")]

    assert never_failed(healthy, [_row(OPEN, _found(Verdict.OBSERVATION, observed="so"))]) == ["test_it"]
    assert never_failed(healthy, [_row(OPEN, _found(Verdict.OBSERVATION, observed="otherwise"))]) == []


def test_judgement_that_the_target_cannot_show_is_not_counted_as_seen_to_fail() -> None:
    healthy = [_found(Verdict.PASS, judgement="test_one"), _found(Verdict.PASS, judgement="test_other")]
    hidden = _found(Verdict.OUT_OF_VIEW, judgement="test_hidden")

    assert seen_to_fail(healthy, ["test_other"]) == "2 judgements, 1 seen to fail"
    assert (
        seen_to_fail([*healthy, hidden], []) == "2 judgements, 2 seen to fail (1 more cannot be asked of this target)"
    )


def test_deviation_of_which_nothing_may_be_undecided_is_wrong_if_something_is() -> None:
    decided = Variant("null", breaks=CLAUSE, decided=True)
    row = _row(decided, _found(Verdict.FAIL), _found(Verdict.COULD_NOT_TEST, OTHER))

    assert str(row).startswith("DOUBTED")
    assert row.is_wrong
    assert not _row(decided, _found(Verdict.FAIL)).is_wrong
