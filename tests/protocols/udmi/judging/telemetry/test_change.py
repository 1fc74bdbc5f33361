"""Telemetry of a value that changed."""

from dataclasses import replace

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.payload.values import JSON
from harness.protocols.udmi.judging.episode import Episode
from harness.protocols.udmi.judging.telemetry.change import tells_of_changes
from harness.record.kinds import Provoked
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import APPLIED, HistoryBuilder, history

PROMPTLY = within(5)


def moved() -> HistoryBuilder:
    """Complete telemetry at 1 s, and the damper comes to show 30 at 4 s."""
    return history().asked("config").telemetry(at=1, damper=0.0, valve=2.0).moved("moved", 30.0, at=4)


def test_change_that_is_told_in_time_is_told() -> None:
    moved().part(at=9, damper=30.0).closed(at=20).move("moved").is_told(PROMPTLY)


def test_change_may_be_told_of_among_all_points() -> None:
    moved().telemetry(at=6, damper=30.0, valve=2.0).closed(at=20).move("moved").is_told(PROMPTLY)


def test_change_that_is_told_late_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match=r"became 30\.0, but did after 7\.0 s"):
        moved().telemetry(at=11, damper=30.0, valve=2.0).closed(at=20).move("moved").is_told(PROMPTLY)


def test_change_that_is_never_told_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match="but did not"):
        moved().closed(at=20).move("moved").is_told(PROMPTLY)


def test_change_that_was_not_watched_is_undecided() -> None:
    with pytest.raises(Undecided, match="not watched for 5 s"):
        moved().closed(at=8).move("moved").is_told(PROMPTLY)


def test_write_is_told_from_when_it_is_applied() -> None:
    told = history().asked("config").sent("write", at=1, damper=30.0).state(at=9, damper=APPLIED)
    episode = told.part(at=11, damper=30.0).closed(at=20)

    episode.written("write").is_told(PROMPTLY, since=episode.write("write").becomes(APPLIED, within(20)).stimulus)


def test_change_that_is_told_in_a_part_is_not_kept_waiting() -> None:
    told = moved().part(at=5, damper=30.0).telemetry(at=11, damper=30.0, valve=2.0)

    with pytest.raises(NotObserved, match=r"was after 1\.0 s"):
        told.closed(at=20).move("moved").is_not_told()


def test_part_that_may_have_left_before_the_change_is_not_held_against_it() -> None:
    told = history(allowance=1).asked("config").moved("moved", 30.0, at=4).part(at=4.5, damper=0.0)

    told.telemetry(at=11, damper=30.0, valve=2.0).closed(at=20).move("moved").is_not_told()


def test_change_that_comes_with_complete_telemetry_has_waited() -> None:
    moved().telemetry(at=5, damper=30.0, valve=2.0).closed(at=20).move("moved").is_not_told()


def test_part_of_other_points_tells_nothing_of_this_one() -> None:
    moved().part(at=5, valve=3.0).telemetry(at=6, damper=30.0, valve=3.0).closed(at=20).move("moved").is_not_told()


def test_change_before_complete_telemetry_has_come_is_undecided() -> None:
    with pytest.raises(Undecided, match="no complete telemetry followed"):
        moved().closed(at=20).move("moved").is_not_told()


def test_part_that_repeats_what_was_shown_tells_of_a_write_that_changed_nothing() -> None:
    told = history().telemetry(at=1, damper=30.0, valve=2.0).sent("again", at=2, damper=30.0).part(at=3, damper=30.0)

    with pytest.raises(NotObserved, match=r"showed 30\.0 already"):
        told.telemetry(at=9, damper=30.0, valve=2.0).closed(at=10).written("again").is_not_repeated()


def test_device_that_repeats_parts_all_the_time_does_not_do_it_for_the_change() -> None:
    told = history().asked("config").telemetry(at=1, damper=0.0, valve=2.0).part(at=2, damper=0.0)
    told.moved("moved", 30.0, at=4).part(at=5, damper=30.0).telemetry(at=11, damper=30.0, valve=2.0)

    with pytest.raises(NotApplicable, match="in parts though it has not changed"):
        told.closed(at=20).move("moved").is_not_told()


def test_part_that_shows_another_value_repeats_nothing() -> None:
    told = history().telemetry(at=1, damper=30.0, valve=2.0).sent("again", at=2, damper=30.0).part(at=3, damper=0.0)

    told.telemetry(at=9, damper=30.0, valve=2.0).closed(at=10).written("again").is_not_repeated()


def test_telemetry_that_was_held_back_shows_the_latest_value() -> None:
    told = moved().moved("again", 50.0, at=4.5).part(at=6, damper=50.0)

    told.closed(at=10).move("again").is_told_as_it_is()


def test_telemetry_that_was_held_back_and_shows_an_older_value_is_an_accusation() -> None:
    told = moved().moved("again", 50.0, at=4.5).part(at=6, damper=30.0).part(at=9, damper=50.0)

    with pytest.raises(NotObserved, match=r"50\.0, but shows 30\.0"):
        told.closed(at=10).move("again").is_told_as_it_is()


def test_change_after_the_limit_was_not_held_back() -> None:
    with pytest.raises(NotApplicable, match="within 3 s"):
        moved().closed(at=10).move("moved").was_held_back(3)


def test_change_within_the_limit_was_held_back() -> None:
    moved().closed(at=10).move("moved").was_held_back(4)


def test_device_that_tells_of_no_change_need_not_keep_any_to_itself() -> None:
    with pytest.raises(NotApplicable, match="tells of no change"):
        tells_of_changes(moved().closed(at=20).move("moved"), PROMPTLY)


def test_what_a_control_measures_stays_out_of_the_report() -> None:
    episode = moved().part(at=5, damper=30.0).closed(at=20)

    tells_of_changes(episode.move("moved"), PROMPTLY)

    assert episode.evidence.measured == []


@pytest.mark.parametrize("detail", [None, [], {}, [30.0]])
def test_move_that_names_no_value_could_not_be_tested(detail: JSON) -> None:
    told = history().asked("config").provoked("moved", at=4).closed(at=20).history
    records = [replace(one, detail=detail) if isinstance(one, Provoked) else one for one in told.records]

    with pytest.raises(CouldNotTest, match="brings no point to show a value by 'moved'"):
        Episode(replace(told, records=records)).move("moved")
