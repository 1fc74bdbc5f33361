"""Writes to the simulated device have a time to live."""

import pytest

from harness.payload.values import IllTyped
from simulator.udmi.declared.points import Stuck
from tests.simulator.udmi.stepped import APPLIED, INVALID, UPDATING, config, moment, stepped, two_points


@pytest.mark.parametrize("expiry", [None, IllTyped("tomorrow"), 5.0, 4.0])
def test_write_without_a_sensible_expiry_is_invalid(expiry: float | IllTyped | None) -> None:
    device = stepped().write(at=5, expiry=expiry, point=30.0).run(20)

    assert (device.course(), device.shown()) == ([(5, INVALID)], [0.0])
    assert "expiry" in str(device.point().status)


def test_missing_expiry_matters_only_to_a_config_that_writes() -> None:
    assert stepped().write(at=5, expiry=None, point=None).course() == []


def test_config_that_comes_too_late_is_answered_and_changes_nothing() -> None:
    device = two_points().write(at=5, point=30.0, other=None)

    device.tell(config(at=-90, expiry=-1, other=50.0), at=9).run(20)

    assert (device.states[-1].at, device.state.last_config) == (9, moment(-90))
    assert (device.point("point").value_state, device.point("other").value_state) == (APPLIED, None)
    assert (device.reading("point"), device.reading("other")) == (30.0, 0.0)


def test_expiry_ends_the_write_and_the_device_says_so() -> None:
    device = stepped().write(at=5, expiry=15, point=30.0).run(30)

    assert (device.course(), device.shown()) == ([(5, APPLIED), (15, None)], [0.0, 30.0, 0.0])


def test_expiry_ends_every_write_of_the_config() -> None:
    device = two_points().write(at=5, expiry=8, point=30.0, other=30.0).run(9)

    assert (device.course("point")[-1], device.course("other")[-1]) == ((8, None), (8, None))


def test_expiry_ends_a_pending_write() -> None:
    device = stepped(Stuck()).write(at=1, expiry=8, point=30.0).run(100)

    assert device.course() == [(3, UPDATING), (8, None)]


def test_expiry_ends_a_refused_write() -> None:
    device = stepped().write(at=1, etag="stale", expiry=8, point=30.0).run(9)

    assert (device.course(), device.point().status) == ([(1, INVALID), (8, None)], None)


@pytest.mark.parametrize("expiry", [12.0, 7.0])
def test_later_config_brings_its_own_expiry(expiry: float) -> None:
    device = stepped().write(at=5, expiry=9, point=30.0).write(at=6, expiry=expiry, point=30.0).run(30)

    assert device.course() == [(5, APPLIED), (expiry, None)]


def test_expiry_of_a_write_that_was_taken_back_changes_nothing() -> None:
    device = stepped().write(at=5, expiry=20, point=30.0).write(at=8, point=None).run(30)

    assert [said.at for said in device.states] == [0, 5, 8]


def test_expiry_of_a_write_that_was_taken_back_does_not_end_a_later_one() -> None:
    device = stepped().write(at=5, expiry=20, point=30.0).write(at=8, point=None).write(at=11, point=50.0).run(30)

    assert device.course()[-1] == (11, APPLIED)


def test_same_config_delivered_again_after_its_expiry_begins_nothing() -> None:
    spent = config(at=5, expiry=8, point=30.0)

    device = stepped().tell(spent, at=5).tell(spent, at=20).run(30)

    assert (device.course(), device.states[-1].at) == ([(5, APPLIED), (8, None)], 20)
