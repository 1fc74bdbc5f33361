"""Writes to the simulated device: what becomes of them, and what takes their place."""

import pytest

from harness.protocols.udmi.words.device_events import Break, DeviceEvent, Mend, Override, Release
from harness.protocols.udmi.words.messages import Mode, Status, ValueState
from simulator.udmi.declared.points import (
    Behaviour,
    Faulty,
    Overridden,
    ReadOnly,
    SimulatedPoint,
    Slow,
    Stuck,
    Writable,
)
from tests.simulator.udmi.stepped import (
    APPLIED,
    FAILURE,
    INVALID,
    OVERRIDDEN,
    UPDATING,
    SteppedPoints,
    config,
    moment,
    stepped,
    two_points,
)


def test_good_value_is_applied_and_shown() -> None:
    device = stepped().write(at=5, point=30.0).run(10)

    assert (device.course(), device.shown()) == ([(5, APPLIED)], [0.0, 30.0])


def test_one_bad_write_does_not_stop_the_others() -> None:
    device = SteppedPoints(SimulatedPoint("point", 0.0, Writable()), SimulatedPoint("fixed", 0.0, ReadOnly()))

    device.write(at=5, fixed=30.0, point=30.0)

    assert (device.point("fixed").value_state, device.point("point").value_state) == (INVALID, APPLIED)


def test_config_with_a_bad_write_is_taken_up() -> None:
    assert stepped(ReadOnly()).write(at=5, point=30.0).state.last_config == moment(5)


@pytest.mark.parametrize(
    ("behaviour", "category", "level"),
    [
        (ReadOnly(), "pointset.point.invalid", 500),
        (Overridden("fire panel"), "pointset.point.overridden", 400),
        (Faulty("is on fire"), "pointset.point.failure", 500),
    ],
)
def test_error_state_carries_a_status_of_its_category(behaviour: Behaviour, category: str, level: int) -> None:
    status = stepped(behaviour).write(at=5, point=30.0).point().status

    assert isinstance(status, Status)
    assert (status.category, status.level, status.timestamp) == (category, level, moment(5))


def test_slow_write_is_updating_and_then_applied() -> None:
    device = stepped(Slow(4)).write(at=1, point=30.0).run(20)

    assert (device.course(), device.shown()) == ([(3, UPDATING), (5, APPLIED)], [0.0, 30.0])


def test_device_flags_that_it_is_updating_as_long_as_it_is() -> None:
    device = stepped(Slow(4)).write(at=1, point=30.0).run(20)

    modes = [said.message.system.mode for said in device.states if said.message.system]

    assert modes == [Mode.INITIAL, Mode.INITIAL, Mode.UPDATING, Mode.INITIAL]


def test_slow_write_says_so_before_the_telemetry_that_comes_first() -> None:
    device = stepped(Slow(4)).write(at=9, point=30.0).run(10)

    assert (device.course(), device.telemetry[-1].at) == ([(10, UPDATING)], 10)
    assert device.states[-1].place < device.telemetry[-1].place


def test_stuck_write_fails_after_a_minute_and_says_why() -> None:
    device = stepped(Stuck()).write(at=1, point=30.0).run(100)

    assert (device.course(), device.shown()) == ([(3, UPDATING), (61, FAILURE)], [0.0])
    assert device.point().status is not None


def test_stuck_write_is_never_given_up() -> None:
    device = stepped(Stuck()).write(at=1, point=30.0).tell(Mend("point"), at=200).run(210)

    assert (device.course()[-1], device.reading(), device.point().status) == ((200, APPLIED), 30.0, None)


@pytest.mark.parametrize(
    ("behaviour", "remedy"), [(Overridden(), Release("point")), (Faulty(), Mend("point")), (Slow(90), Mend("point"))]
)
def test_write_is_applied_once_its_obstacle_is_gone(behaviour: Behaviour, remedy: DeviceEvent) -> None:
    device = stepped(behaviour).write(at=1, point=30.0).tell(remedy, at=70).run(80)

    assert (device.course()[-1], device.reading(), device.point().status) == ((70, APPLIED), 30.0, None)


@pytest.mark.parametrize(("obstacle", "error"), [(Override("point"), OVERRIDDEN), (Break("point"), FAILURE)])
def test_obstacle_to_an_applied_write_is_reported_without_a_config(obstacle: DeviceEvent, error: ValueState) -> None:
    device = stepped().write(at=1, point=30.0).tell(obstacle, at=5).run(10)

    assert (device.course(), device.reading()) == ([(1, APPLIED), (5, error)], 0.0)
    assert device.state.last_config == moment(1)


def test_obstacle_to_a_point_that_nobody_writes_is_met_by_the_next_write() -> None:
    device = stepped().tell(Override("point"), at=1).write(at=5, point=30.0)

    assert device.course() == [(5, OVERRIDDEN)]


def test_what_happens_to_a_point_that_the_device_does_not_have_changes_nothing() -> None:
    device = stepped().write(at=1, point=30.0).tell(Override("ghost"), at=5).run(9)

    assert [said.at for said in device.states] == [0, 1]


def test_new_value_supersedes_one_that_is_applied() -> None:
    device = stepped().write(at=1, point=30.0).run(12).write(at=15, point=50.0).run(30)

    assert device.shown() == [0.0, 30.0, 50.0]


def test_new_value_supersedes_one_that_is_still_on_its_way() -> None:
    device = stepped(Slow(4)).write(at=1, point=30.0).write(at=4, point=50.0).run(30)

    assert (device.course(), device.shown()) == (
        [(3, UPDATING), (4, None), (6, UPDATING), (8, APPLIED)],
        [0.0, 50.0],
    )


def test_pending_write_that_the_new_config_lacks_is_over() -> None:
    device = stepped(Slow(4)).write(at=1, point=30.0).write(at=4, point=None).run(30)

    assert (device.course(), device.shown()) == ([(3, UPDATING), (4, None)], [0.0])


def test_pending_write_that_the_new_config_repeats_goes_on() -> None:
    device = stepped(Slow(4)).write(at=1, point=30.0).write(at=4, point=30.0).run(30)

    assert device.course() == [(3, UPDATING), (5, APPLIED)]


def test_failure_after_a_minute_is_counted_from_the_first_of_equal_writes() -> None:
    device = stepped(Stuck()).write(at=1, point=30.0).write(at=40, point=30.0).run(100)

    assert device.course()[-1] == (61, FAILURE)


def test_released_point_has_no_value_state_and_shows_its_own_value() -> None:
    device = stepped().write(at=1, point=30.0).run(12).write(at=15, point=None).run(30)

    assert (device.course(), device.shown()) == ([(1, APPLIED), (15, None)], [0.0, 30.0, 0.0])


def test_write_to_a_point_that_the_next_config_does_not_list_is_over() -> None:
    device = two_points().write(at=1, point=30.0).write(at=4, other=None).write(at=7, point=None, other=None).run(30)

    assert (device.point().value_state, device.reading()) == (None, 0.0)


def test_same_config_delivered_again_is_answered_and_changes_nothing() -> None:
    device = stepped()
    again = config(at=5, etag=device.state.etag, point=30.0)

    device.tell(again, at=5).tell(again, at=8).run(20)

    assert (device.course(), device.states[-1].at, device.reading()) == ([(5, APPLIED)], 8, 30.0)
