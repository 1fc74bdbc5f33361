"""Whether what is reported goes by the list of a config."""

import pytest

from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.judging.configs.point_list import PointList
from harness.protocols.udmi.words.messages import PointState, Status
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history

IN_TIME = within(10)
FREE = PointState()
ERROR = PointState(status=Status("Point ghost is not known", "pointset.point.invalid", 500, 0.0))
NOTICE = PointState(status=Status("Point ghost is not known", "pointset.point.invalid", 300, 0.0))


def few(told: HistoryBuilder, *, until: float = 30, cut_short: str | None = None) -> PointList:
    """The config that lists the damper alone."""
    return told.closed(at=until, cut_short=cut_short).point_list("few")


def asked_for_few() -> HistoryBuilder:
    """A config that lists the damper alone."""
    return history().asked("few", points=["damper"])


def asked_for_ghost() -> HistoryBuilder:
    """A config that lists a point which nobody knows."""
    return history().asked("few", points=["damper", "ghost"])


def test_state_that_lists_the_points_of_the_config_keeps_to_it() -> None:
    few(asked_for_few().point_list(at=1, damper=FREE)).is_kept_by_states(IN_TIME)


def test_state_may_be_wrong_as_long_as_there_is_time() -> None:
    few(asked_for_few().point_list(at=9).point_list(at=11, damper=FREE)).is_kept_by_states(IN_TIME)


def test_state_that_is_still_wrong_when_time_is_over_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match=r"within 10 s, but one lacks damper after 11\.0 s"):
        few(asked_for_few().point_list(at=11).point_list(at=12, damper=FREE)).is_kept_by_states(IN_TIME)


def test_last_state_stands_for_all_the_time_after_it() -> None:
    with pytest.raises(NotObserved, match="lacks damper"):
        few(asked_for_few().point_list(at=1)).is_kept_by_states(IN_TIME)


def test_last_state_of_a_short_time_is_undecided() -> None:
    with pytest.raises(Undecided, match=r"watched for 5\.0 s only"):
        few(asked_for_few().point_list(at=1), until=5).is_kept_by_states(IN_TIME)


def test_no_state_at_all_is_undecided() -> None:
    with pytest.raises(Undecided, match="nothing followed"):
        few(asked_for_few()).is_kept_by_states(IN_TIME)


def test_no_state_of_a_scenario_that_was_cut_short_could_not_be_tested() -> None:
    with pytest.raises(CouldNotTest, match="in vain"):
        few(asked_for_few(), cut_short="in vain").is_kept_by_states(IN_TIME)


def test_state_with_another_point_goes_beyond_the_list() -> None:
    with pytest.raises(NotObserved, match="lists valve"):
        few(asked_for_few().point_list(at=1, damper=FREE, valve=FREE)).bounds_states(IN_TIME)


def test_telemetry_with_another_point_goes_beyond_the_list() -> None:
    with pytest.raises(NotObserved, match="shows valve"):
        few(asked_for_few().telemetry(at=2, damper=1, valve=2)).bounds_telemetry(IN_TIME)


def test_telemetry_in_flight_may_show_what_was_listed_before() -> None:
    told = asked_for_few().telemetry(at=0.5, damper=1, valve=2).telemetry(at=2, damper=1)

    few(told).bounds_telemetry(IN_TIME)


def test_telemetry_without_a_listed_point_lacks_it() -> None:
    with pytest.raises(NotObserved, match="lacks damper"):
        few(asked_for_few().telemetry(at=2)).is_kept_by_telemetry(IN_TIME)


def test_part_need_not_show_every_point() -> None:
    few(asked_for_few().telemetry(at=2, damper=1).part(at=3, valve=2)).is_kept_by_telemetry(IN_TIME)


def test_whole_that_says_that_it_is_a_part_shows_every_point() -> None:
    few(asked_for_few().part(at=2, damper=1)).is_kept_by_telemetry(IN_TIME)


def test_unknown_point_with_an_error_is_found() -> None:
    report = few(asked_for_ghost().point_list(at=1, damper=FREE, ghost=ERROR)).finds("ghost", IN_TIME)

    report.has_category("pointset.point.invalid")


def test_unknown_point_without_an_error_is_not_found() -> None:
    with pytest.raises(NotObserved, match="one of level 300"):
        few(asked_for_ghost().point_list(at=1, damper=FREE, ghost=NOTICE)).finds("ghost", IN_TIME)


def test_unknown_point_that_is_not_listed_is_not_found() -> None:
    with pytest.raises(NotObserved, match="is not listed"):
        few(asked_for_ghost().point_list(at=1, damper=FREE)).finds("ghost", IN_TIME)


def test_unknown_point_that_is_found_late_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match=r"not after 11\.0 s"):
        few(asked_for_ghost().point_list(at=11, damper=FREE, ghost=ERROR)).finds("ghost", IN_TIME)


def test_unknown_point_in_telemetry_is_shown_though_empty() -> None:
    with pytest.raises(NotObserved, match="should not stand in telemetry"):
        few(asked_for_ghost().telemetry(at=2, damper=1, ghost=None)).is_not_shown("ghost")


def test_telemetry_without_the_unknown_point_does_not_show_it() -> None:
    few(asked_for_ghost().telemetry(at=2, damper=1)).is_not_shown("ghost")


def test_no_telemetry_proves_nothing_of_the_unknown_point() -> None:
    with pytest.raises(Undecided, match="no telemetry followed"):
        few(asked_for_ghost()).is_not_shown("ghost")


def test_unknown_point_that_stays_is_not_forgotten() -> None:
    with pytest.raises(NotObserved, match="still has ghost"):
        few(asked_for_few().point_list(at=1, damper=FREE, ghost=ERROR)).forgets("ghost", IN_TIME)


def test_dropped_points_are_those_that_neither_state_nor_telemetry_has() -> None:
    told = asked_for_few().point_list(at=1, damper=FREE).telemetry(at=2, damper=1)

    assert few(told).dropped(IN_TIME) == ["valve"]


def test_where_all_points_are_listed_none_is_dropped() -> None:
    with pytest.raises(NotApplicable, match="a single point"):
        history().asked("few").closed(at=9).point_list("few").dropped(IN_TIME)
