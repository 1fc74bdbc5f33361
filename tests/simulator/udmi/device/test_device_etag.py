"""The simulated device and its etag: which writes it takes for stale."""

import pytest

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.device_events import Mend
from simulator.udmi.declared.points import Slow
from tests.simulator.udmi.stepped import (
    APPLIED,
    CELSIUS,
    FAHRENHEIT,
    INVALID,
    SteppedPoints,
    moment,
    stepped,
    two_points,
)


def test_write_with_the_etag_of_the_latest_state_is_taken() -> None:
    device = stepped()

    device.write(at=5, etag=device.state.etag, point=30.0)

    assert device.course() == [(5, APPLIED)]


@pytest.mark.parametrize("etag", ["of another time", "", IllTyped(17)])
def test_write_with_another_etag_is_invalid_and_changes_nothing(etag: str | IllTyped) -> None:
    device = stepped().write(at=5, etag=etag, point=30.0).run(20)

    assert (device.course(), device.shown()) == ([(5, INVALID)], [0.0])
    assert "etag" in str(device.point().status)


def test_write_without_an_etag_is_taken() -> None:
    assert stepped().write(at=5, etag=None, point=30.0).course() == [(5, APPLIED)]


def test_stale_etag_refuses_every_write_of_the_config() -> None:
    device = two_points().write(at=5, etag="stale", point=30.0, other=30.0)

    assert {state.value_state for state in device.state.points.values()} == {INVALID}


def test_stale_etag_does_not_touch_the_points_that_are_not_written() -> None:
    device = two_points().write(at=5, etag="stale", point=30.0, other=None)

    assert device.point("other").value_state is None


def test_stale_etag_matters_only_to_a_config_that_writes() -> None:
    device = stepped().write(at=5, etag="stale", point=None)

    assert (device.course(), device.state.last_config) == ([], moment(5))


def test_write_on_the_latest_state_is_taken_after_a_stale_one() -> None:
    device = stepped().write(at=5, etag="stale", point=30.0)

    device.write(at=8, etag=device.state.etag, point=30.0)

    assert (device.course(), device.point().status) == ([(5, INVALID), (8, APPLIED)], None)


def test_write_that_crosses_a_local_change_is_stale() -> None:
    device = SteppedPoints(CELSIUS)
    known = device.state.etag

    device.tell(FAHRENHEIT, at=5).write(at=5, etag=known, point=30.0).run(20)

    assert (device.course(), device.reading()) == ([(6, INVALID)], 68.0)


def test_write_that_crosses_a_change_which_is_not_said_yet_is_stale() -> None:
    device = stepped(Slow(4)).write(at=1, point=30.0).run(4.9)
    known = device.state.etag

    device.tell(Mend("point"), at=4.9).write(at=4.95, etag=known, point=50.0).run(20)

    assert device.course()[-1][1] is INVALID


def test_etag_comes_back_with_the_state_that_it_names() -> None:
    device = stepped().write(at=5, point=30.0).write(at=8, point=None)

    first, written, released = [said.message.etag for said in device.states]

    assert first == released != written


def test_etag_stays_while_nothing_changes() -> None:
    device = stepped().write(at=5, point=30.0).write(at=8, point=30.0).write(at=11, point=30.0)

    assert len({said.message.etag for said in device.states[1:]}) == 1
