"""Which reports speak of a write: none from before it, from after its end, or of another config."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import NotObserved, Undecided
from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import State
from tests.protocols.udmi.judging.history_builder import (
    APPLIED,
    INVALID,
    OVERRIDDEN,
    UPDATING,
    history,
    moment,
    whole_state,
)


def test_state_from_before_the_write_is_no_report_of_it() -> None:
    told = history().state(at=0, damper=APPLIED).sent("write", at=1, damper=30.0).state(at=2, damper=UPDATING)

    with pytest.raises(NotObserved, match="but never did"):
        told.closed(at=30).write("write").becomes(APPLIED, within(20))


def test_state_in_flight_that_still_says_applied_is_no_report_of_a_newer_write() -> None:
    told = history().sent("first", damper=30.0).state(at=1, damper=APPLIED).sending("second", at=5, damper=50.0)
    told.state(at=5.5, damper=APPLIED).arrived(at=6).state(at=7, damper=UPDATING)

    with pytest.raises(NotObserved, match="but never did"):
        told.closed(at=30).write("second").becomes(APPLIED, within(20))


def test_state_that_names_the_config_before_is_no_report_of_a_newer_write() -> None:
    told = history().sent("first", damper=30.0).sent("second", at=5, damper=50.0)
    told.state(at=5.5, damper=APPLIED, last_config=0).state(at=8, damper=INVALID, last_config=5)

    told.closed(at=9).write("second").remains(INVALID)


def test_state_after_the_next_write_to_the_point_is_no_report_of_the_first() -> None:
    told = history().sent("first", damper=30.0).sent("second", at=25, damper=50.0).state(at=26, damper=APPLIED)

    with pytest.raises(NotObserved, match="but never did"):
        told.closed(at=30).write("first").becomes(APPLIED, within(20))


def test_write_is_followed_across_a_config_that_writes_another_point() -> None:
    told = history().sent("first", damper=30.0).sent("other", at=1, valve=50.0).state(at=2, damper=APPLIED)

    assert told.closed(at=9).write("first").becomes(APPLIED, within(5)).value_state is APPLIED


def test_state_without_a_pointset_reports_nothing() -> None:
    told = history().sent("write", damper=30.0).message(State(moment(1)), at=1)

    with pytest.raises(NotObserved, match="nothing"):
        told.closed(at=9).write("write").becomes(None, within(5))


def test_point_that_a_pointset_does_not_list_has_no_value_state() -> None:
    told = history().sent("write", damper=30.0).message(whole_state({}), at=1)

    assert told.closed(at=9).write("write").becomes(None, within(5)).value_state is None


def test_retained_state_is_not_news() -> None:
    told = history().sent("write", damper=30.0).message(whole_state({}), at=1, retain=True)

    with pytest.raises(Undecided):
        told.closed(at=9).write("write").becomes(None, within(5))


def test_odd_word_is_no_state_that_a_point_becomes() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=IllTyped("APPLIED")).closed(at=9)

    with pytest.raises(NotObserved, match=r"1\.0 s +'APPLIED'"):
        told.write("write").becomes(APPLIED, within(5))


def test_report_from_before_the_provocation_does_not_count() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=OVERRIDDEN).provoked("taken", at=10)
    episode = told.state(at=11, damper=APPLIED).closed(at=20)

    with pytest.raises(NotObserved, match=r"become overridden within 5 s of 'taken' \(override damper\)"):
        episode.write("write").becomes(OVERRIDDEN, within(5), since=episode.provocation("taken"))


def test_write_up_to_an_act_does_not_see_what_comes_after_it() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=UPDATING).provoked("mended", at=10)
    episode = told.state(at=11, damper=APPLIED).closed(at=20)

    episode.write("write").until(episode.provocation("mended")).ends_as(UPDATING)
