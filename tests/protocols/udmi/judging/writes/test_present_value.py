"""Which values telemetry showed, and which it never did."""

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import APPLIED, FAILURE, INVALID, UPDATING, history


def test_next_telemetry_after_the_report_shows_the_value() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0).state(at=2, damper=APPLIED)

    told.telemetry(at=3, damper=30.0).closed(at=9).write("write").is_shown(once=APPLIED)


def test_next_telemetry_that_shows_another_value_is_accused() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).telemetry(at=3, damper=0.0)

    with pytest.raises(NotObserved, match=r"show 30\.0 in telemetry once it is applied, but shows 0\.0"):
        told.telemetry(at=4, damper=30.0).closed(at=9).write("write").is_shown(once=APPLIED)


def test_telemetry_without_the_point_is_not_its_next_one() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).telemetry(at=3, valve=1.0)

    told.telemetry(at=4, damper=30.0).closed(at=9).write("write").is_shown(once=APPLIED)


def test_reading_without_a_value_does_not_show_it() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).telemetry(at=3, damper=None)

    with pytest.raises(NotObserved, match=r"but shows \(absent\)"):
        told.closed(at=9).write("write").is_shown(once=APPLIED)


def test_value_without_a_telemetry_to_look_at_is_undecided() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).closed(at=9)

    with pytest.raises(Undecided, match="no telemetry of damper followed a report that it is applied"):
        told.write("write").is_shown(once=APPLIED)


def test_value_without_a_telemetry_could_not_be_tested_where_the_scenario_was_cut_short() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).closed(at=9, cut_short="in vain")

    with pytest.raises(CouldNotTest, match="in vain"):
        told.write("write").is_shown(once=APPLIED)


def test_value_is_looked_for_after_the_later_of_report_and_act() -> None:
    told = history().sent("write", damper=30.0, expiry=5).state(at=2, damper=APPLIED).telemetry(at=3, damper=30.0)
    write = told.telemetry(at=6, damper=0.0).closed(at=9).write("write")

    with pytest.raises(NotObserved, match=r"but shows 0\.0"):
        write.is_shown(once=APPLIED, since=write.expiry)


def test_value_that_is_gone_after_the_release_passes() -> None:
    told = history().sent("release", damper=None).telemetry(at=1, damper=30.0).state(at=2)

    told.telemetry(at=3, damper=0.0).closed(at=9).write("release").no_more_shows(30.0, once=None)


def test_value_that_is_still_there_after_the_release_is_accused() -> None:
    told = history().sent("release", damper=None).state(at=2).telemetry(at=3, damper=30.0).telemetry(at=5, damper=0.0)

    with pytest.raises(NotObserved, match=r"not show 30\.0 in telemetry once it is \(absent\), but does"):
        told.closed(at=9).write("release").no_more_shows(30.0, once=None)


def test_value_before_the_report_that_follows_the_act_is_no_matter() -> None:
    told = history().sent("write", damper=30.0, expiry=5).state(at=1).telemetry(at=2, damper=30.0).state(at=6)
    write = told.telemetry(at=7, damper=0.0).closed(at=9).write("write")

    write.no_more_shows(30.0, once=None, since=write.expiry)


def test_value_that_never_shows_passes() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0).telemetry(at=2, damper=29.9)

    told.closed(at=9).write("write").never_shows(30.0)


def test_value_that_shows_once_is_accused() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=30.0).telemetry(at=2, damper=0.0)

    with pytest.raises(NotObserved, match=r"not show 30\.0 in telemetry, but does"):
        told.closed(at=9).write("write").never_shows(30.0)


def test_value_in_telemetry_of_another_point_is_no_matter() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0, valve=30.0)

    told.closed(at=9).write("write").never_shows(30.0)


def test_value_after_the_next_word_of_the_point_is_no_matter() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0).sent("again", at=2, damper=30.0)

    told.telemetry(at=3, damper=30.0).closed(at=9).write("write").never_shows(30.0)


def test_never_shown_without_telemetry_is_undecided() -> None:
    with pytest.raises(Undecided, match="no telemetry of damper"):
        history().sent("write", damper=30.0).state(at=2).closed(at=9).write("write").never_shows(30.0)


def test_never_shown_in_a_scenario_that_was_cut_short_could_not_be_tested() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=0.0).closed(at=9, cut_short="in vain")

    with pytest.raises(CouldNotTest, match="in vain"):
        told.write("write").never_shows(30.0)


def test_never_shown_proves_nothing_of_a_value_that_was_there_before() -> None:
    told = history().telemetry(at=0, damper=30.0).sent("write", at=1, damper=30.0).telemetry(at=2, damper=30.0)

    with pytest.raises(CouldNotTest, match=r"damper showed 30\.0 before it was written"):
        told.closed(at=9).write("write").never_shows(30.0)


def test_telemetry_in_flight_is_not_held_against_the_device() -> None:
    told = history().sending("write", damper=30.0).telemetry(at=1, damper=30.0).arrived(at=1)

    told.telemetry(at=2, damper=0.0).closed(at=9).write("write").never_shows(30.0)


def test_telemetry_in_flight_is_no_evidence_either() -> None:
    told = history().sending("write", damper=30.0).telemetry(at=1, damper=0.0).arrived(at=1)

    with pytest.raises(Undecided, match="no telemetry of damper"):
        told.closed(at=9).write("write").never_shows(30.0)


def test_telemetry_within_the_allowance_of_both_ways_may_have_been_in_flight() -> None:
    told = history(allowance=1).sent("write", damper=30.0).telemetry(at=1.999999, damper=30.0)

    told.telemetry(at=3, damper=0.0).closed(at=9).write("write").never_shows(30.0)


def test_telemetry_that_surely_left_after_the_config_arrived_is_held_against_the_device() -> None:
    told = history(allowance=1).sent("write", damper=30.0).telemetry(at=2, damper=30.0)

    with pytest.raises(NotObserved):
        told.closed(at=9).write("write").never_shows(30.0)


def test_value_that_shows_only_once_it_is_applied_passes() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=UPDATING).telemetry(at=2, damper=0.0)
    write = told.state(at=4, damper=APPLIED).telemetry(at=4, damper=30.0).closed(at=9).write("write")

    write.is_not_shown(30.0, before=APPLIED, ahead=1)


def test_value_that_shows_before_it_is_applied_is_accused() -> None:
    told = history().sent("write", damper=30.0).state(at=1, damper=UPDATING).telemetry(at=2, damper=30.0)

    with pytest.raises(NotObserved, match=r"not show 30\.0 in telemetry before it is applied, but does"):
        told.state(at=4, damper=APPLIED).closed(at=9).write("write").is_not_shown(30.0, before=APPLIED, ahead=1)


@pytest.mark.parametrize(("allowance", "at"), [(0.0, 3), (0.0, 4), (0.5, 2.5)])
def test_value_may_show_a_second_before_a_state_may_say_so(allowance: float, at: float) -> None:
    told = history(allowance=allowance).sent("write", damper=30.0).telemetry(at=at, damper=30.0)

    told.state(at=4, damper=APPLIED).closed(at=9).write("write").is_not_shown(30.0, before=APPLIED, ahead=1)


@pytest.mark.parametrize(("allowance", "at"), [(0.0, 2.999999), (0.5, 2.499999)])
def test_value_that_shows_more_than_a_second_before_a_state_says_so_is_accused(allowance: float, at: float) -> None:
    told = history(allowance=allowance).sent("write", damper=30.0).telemetry(at=at, damper=30.0)

    with pytest.raises(NotObserved, match="before it is applied"):
        told.state(at=4, damper=APPLIED).closed(at=9).write("write").is_not_shown(30.0, before=APPLIED, ahead=1)


def test_value_before_it_is_applied_is_undecided_without_telemetry_until_then() -> None:
    told = history().sent("write", damper=30.0).state(at=4, damper=APPLIED).telemetry(at=5, damper=30.0)

    with pytest.raises(Undecided, match="no telemetry of damper"):
        told.closed(at=9).write("write").is_not_shown(30.0, before=APPLIED, ahead=1)


def test_value_that_is_seen_no_more_passes() -> None:
    told = history().sent("new", damper=50.0).telemetry(at=1, damper=30.0).state(at=2, damper=APPLIED)

    told.telemetry(at=3, damper=50.0).closed(at=9).write("new").no_more_shows(30.0, once=APPLIED)


def test_value_that_comes_back_is_accused() -> None:
    told = history().sent("new", damper=50.0).state(at=2, damper=APPLIED).telemetry(at=3, damper=50.0)

    with pytest.raises(NotObserved, match=r"not show 30\.0 in telemetry once it is applied, but does"):
        told.telemetry(at=6, damper=30.0).closed(at=9).write("new").no_more_shows(30.0, once=APPLIED)


def test_value_that_is_seen_no_more_is_undecided_where_the_report_is_missing() -> None:
    told = history().sent("new", damper=50.0).state(at=2, damper=FAILURE).telemetry(at=3, damper=0.0)

    with pytest.raises(Undecided, match="damper was never applied"):
        told.closed(at=9).write("new").no_more_shows(30.0, once=APPLIED)


def test_telemetry_that_may_have_left_before_the_act_is_not_the_first_after_it() -> None:
    told = history(allowance=1).sent("write", damper=30.0, expiry=5).state(at=2, damper=APPLIED)
    write = told.telemetry(at=5.9, damper=0.0).telemetry(at=6, damper=30.0).closed(at=9).write("write")

    write.is_shown(once=APPLIED, since=write.expiry)


def test_value_that_is_lost_is_no_reason_to_look_away() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=30.0).provoked("broken", at=2)
    episode = told.telemetry(at=3, damper=0.0).closed(at=9)

    episode.write("write").loses_its_value(since=episode.provocation("broken"))


def test_value_that_stays_in_force_was_not_undone() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=30.0).provoked("broken", at=2)
    episode = told.telemetry(at=3, damper=30.0).closed(at=9)

    with pytest.raises(NotApplicable, match=r"damper still shows 30\.0 after 'broken' .*, so nothing was undone"):
        episode.write("write").loses_its_value(since=episode.provocation("broken"))


def test_value_of_which_nothing_is_seen_afterwards_is_undecided() -> None:
    told = history().sent("write", damper=30.0).telemetry(at=1, damper=30.0).provoked("broken", at=2)
    episode = told.closed(at=9)

    with pytest.raises(Undecided, match="no telemetry of damper"):
        episode.write("write").loses_its_value(since=episode.provocation("broken"))


def test_story_marks_the_telemetry_that_decided() -> None:
    told = history().sent("write", damper=30.0).state(at=2, damper=APPLIED).telemetry(at=3, damper=0.0)

    with pytest.raises(NotObserved) as failed:
        told.closed(at=9).write("write").is_shown(once=APPLIED)

    assert str(failed.value).splitlines()[2:] == [
        "     2.0 s  applied",
        "     3.0 s  telemetry shows 0.0   <- here",
    ]


def test_value_that_the_point_had_shown_by_itself_is_not_held_against_it() -> None:
    told = history().telemetry(at=-3, damper=30.0).telemetry(at=-2, damper=29.5).sent("write", at=0, damper=30.0)
    episode = told.state(at=1, damper=INVALID).telemetry(at=2, damper=30.0).closed(at=9)

    with pytest.raises(CouldNotTest, match=r"damper shows 30\.0 by itself: it did before anybody had written that"):
        episode.write("write").never_shows(30.0)


def test_value_that_the_point_was_moved_to_is_none_that_it_shows_by_itself() -> None:
    told = history().moved("moved", 30.0, at=-4).telemetry(at=-3, damper=30.0).telemetry(at=-2, damper=29.5)
    told.sent("write", at=0, damper=30.0).state(at=1, damper=INVALID).telemetry(at=2, damper=30.0)

    with pytest.raises(NotObserved, match=r"not show 30\.0"):
        told.closed(at=9).write("write").never_shows(30.0)


def test_telemetry_without_the_point_does_not_hide_what_it_showed_last() -> None:
    told = history().sent("before", at=-5, damper=30.0).telemetry(at=-3, damper=30.0).telemetry(at=-1, valve=1.0)
    told.sent("write", at=0, damper=30.0).state(at=1, damper=INVALID).telemetry(at=2, damper=30.0)

    with pytest.raises(CouldNotTest, match=r"damper showed 30\.0 before it was written"):
        told.closed(at=9).write("write").never_shows(30.0)
