"""The verdict of a measurement: kept, broken, or undecided."""

import pytest

from harness.judging.timing.window import Elapsed, within
from harness.judging.verdicts.decision import decide
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.judging.verdicts.verdict import NotObserved, Undecided


def test_time_inside_the_window_is_no_word() -> None:
    decide(within(5), Elapsed(4, 5), "too late")


def test_time_outside_the_window_tells_the_story() -> None:
    with pytest.raises(NotObserved, match="too late"):
        decide(within(5), Elapsed(5.000001, 6), "too late")


def test_story_says_where_it_was_decided() -> None:
    where = EvidenceRef(decisive=7)

    with pytest.raises(NotObserved) as late:
        decide(within(5), Elapsed(6, 6), "too late", where)
    with pytest.raises(Undecided) as astride:
        decide(within(5), Elapsed(4, 6), "too late", where)

    assert (late.value.evidence_ref, astride.value.evidence_ref) == (where, where)


def test_time_astride_a_limit_is_undecided_and_tells_both_ends() -> None:
    with pytest.raises(Undecided, match=r"4\.500 to 5\.500 s, which may be within 5 s, or not"):
        decide(within(5), Elapsed(4.5, 5.5), "too late")
