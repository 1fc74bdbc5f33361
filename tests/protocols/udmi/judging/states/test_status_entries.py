"""Every status of an episode: its time, its level, its place."""

import pytest

from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.protocols.udmi.judging.states.status_entries import StatusEntries
from harness.protocols.udmi.words.messages import PointsetState, PointState, State, Status, SystemState
from harness.record.left_out import NotApplicable
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history, moment


def fault(*, since: float = 1, level: int = 500, category: str = "pointset.point.failure") -> Status:
    """Of the damper."""
    return Status("Point damper is broken", category, level, moment(since))


def told(*states: tuple[float, Status]) -> HistoryBuilder:
    """The damper has this status in the state of that time."""
    builder = history()
    for at, status in states:
        builder.point_list(at=at, damper=PointState(status=status))
    return builder


def status_entries(builder: HistoryBuilder) -> StatusEntries:
    """In a history that closes then."""
    return builder.closed(at=60).status_entries


def with_system(status: Status | None, *, damper: Status | None = None) -> StatusEntries:
    """Of one state, in which the device says that of itself, and that of the damper."""
    pointset = PointsetState("e", {"damper": PointState(status=damper)})
    return status_entries(
        history().message(State(moment(1), "1", SystemState(moment(0), status=status), pointset), at=1)
    )


def test_condition_that_lasts_keeps_its_time() -> None:
    status_entries(told((2, fault()), (9, fault()))).are_of_their_time()


def test_condition_may_be_updated() -> None:
    status_entries(told((2, fault()), (9, fault(since=8)))).are_of_their_time()


def test_condition_that_begins_after_its_state_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match="after its state was made"):
        status_entries(told((2, fault(since=3.5)))).are_of_their_time()


def test_condition_may_begin_in_the_second_of_its_state() -> None:
    status_entries(told((2, fault(since=2.9)))).are_of_their_time()


def test_condition_that_began_earlier_than_it_did_before_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match="which is earlier"):
        status_entries(told((9, fault(since=8)), (12, fault(since=2)))).are_of_their_time()


def test_another_condition_has_a_time_of_its_own() -> None:
    other = fault(since=2, category="pointset.point.invalid")

    status_entries(told((9, fault(since=8)), (12, other))).are_of_their_time()


def test_normal_level_of_a_category_is_kept() -> None:
    status_entries(told((2, fault()))).have_normal_levels({"pointset.point.failure": 500})


def test_other_level_than_the_normal_one_is_an_accusation() -> None:
    with pytest.raises(NotObserved, match="should have level 500, but has 300"):
        status_entries(told((2, fault(level=300)))).have_normal_levels({"pointset.point.failure": 500})


@pytest.mark.parametrize("level", [0, 900])
def test_what_is_no_level_is_not_asked_whether_it_is_the_normal_one(level: int) -> None:
    with pytest.raises(CouldNotTest, match="no status had a category"):
        status_entries(told((2, fault(level=level)))).have_normal_levels({"pointset.point.failure": 500})


def test_category_without_a_normal_level_says_nothing() -> None:
    with pytest.raises(CouldNotTest, match="no status had a category"):
        status_entries(told((2, fault(category="device.trouble")))).have_normal_levels({"pointset.point.failure": 500})


def test_level_between_two_names_is_noticed() -> None:
    with pytest.raises(NotObserved, match="but has 450"):
        status_entries(told((2, fault(level=450)))).have_round_levels()


@pytest.mark.parametrize("category", ["pointset.point.failure", "system.config.parse"])
def test_status_of_the_pointset_tells_of_no_point_and_no_device(category: str) -> None:
    pointset = PointsetState("e", {}, fault(category=category))

    with pytest.raises(NotObserved, match=r"pointset\.status has category"):
        status_entries(history().message(State(moment(1), pointset=pointset), at=1)).stand_where_they_belong()


def test_status_of_the_pointset_may_tell_that_all_is_well() -> None:
    pointset = PointsetState("e", {}, fault(category="pointset.point.nominal", level=200))

    status_entries(history().message(State(moment(1), pointset=pointset), at=1)).stand_where_they_belong()


def test_status_of_a_point_tells_of_no_device() -> None:
    with pytest.raises(NotObserved, match="The status of damper has category"):
        status_entries(told((2, fault(category="system.config.parse")))).stand_where_they_belong()


def test_status_of_the_device_may_tell_of_a_point() -> None:
    with_system(fault()).stand_where_they_belong()


def test_device_with_a_warning_is_not_well() -> None:
    with pytest.raises(NotObserved, match=r"system\.status has level 400"):
        with_system(fault(level=400)).leave_the_device_well()


def test_device_with_a_notice_is_well() -> None:
    with_system(fault(level=300)).leave_the_device_well()


def test_device_that_says_nothing_of_itself_is_not_known_to_be_well() -> None:
    with pytest.raises(Undecided, match="no state with a system block"):
        status_entries(history()).leave_the_device_well()


def test_device_that_is_as_grave_as_its_points_sums_up() -> None:
    with_system(fault(), damper=fault()).sum_up_at_the_device()


def test_device_that_says_nothing_of_its_points_does_not_sum_up() -> None:
    with pytest.raises(NotObserved, match=r"system\.status is absent"):
        with_system(None, damper=fault()).sum_up_at_the_device()


def test_device_without_a_status_has_none_to_judge() -> None:
    with pytest.raises(NotApplicable, match="never reported a status"):
        status_entries(history().state(at=1)).have_round_levels()


def test_device_without_a_state_is_undecided() -> None:
    with pytest.raises(Undecided, match="no state came"):
        status_entries(history()).have_round_levels()


@pytest.mark.parametrize("name", ["system", "pointset"])
def test_status_of_a_point_is_not_that_of_the_block_whose_name_it_has(name: str) -> None:
    pointset = PointsetState("e", {name: PointState(status=fault(level=400))})
    state = State(moment(1), "1", SystemState(moment(0)), pointset)
    entries = status_entries(history().message(state, at=1))

    entries.leave_the_device_well()
    entries.stand_where_they_belong()


def test_error_of_a_point_called_system_is_summed_up_at_the_device() -> None:
    pointset = PointsetState("e", {"system": PointState(status=fault())})
    state = State(moment(1), "1", SystemState(moment(0)), pointset)

    with pytest.raises(NotObserved, match=r"While system has a status of level 500, system\.status is absent"):
        status_entries(history().message(state, at=1)).sum_up_at_the_device()
