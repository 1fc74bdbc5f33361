"""The events of a device beside configs: its own values, its power, its network."""

import pytest

from harness.payload.values import Value
from harness.protocols.udmi.words.device_events import Move, Override, Release, Restart
from simulator.udmi.declared.points import SimulatedPoint, Writable
from simulator.udmi.events import Reconnected
from simulator.udmi.rules import Cause, EventRules, kept_but
from tests.simulator.udmi.stepped import (
    APPLIED,
    CELSIUS,
    FAHRENHEIT,
    OVERRIDDEN,
    SteppedPoints,
    config,
    moment,
    stepped,
)


def test_own_value_is_shown_by_the_next_telemetry() -> None:
    device = stepped().tell(Move("point", 7.0, 0.0), at=5).run(10)

    assert (device.shown(), device.telemetry[-1].at) == ([0.0, 7.0], 10)


def test_own_value_changes_nothing_that_a_state_says() -> None:
    device = stepped().tell(Move("point", 7.0, 0.0), at=5).run(20)

    assert [said.at for said in device.states] == [0]


def test_own_value_is_hidden_by_a_write_until_it_is_released() -> None:
    device = stepped().write(at=5, point=30.0).tell(Move("point", 7.0, 0.0), at=8).run(15)
    assert device.reading() == 30.0

    device.write(at=16, point=None).run(25)

    assert device.reading() == 7.0


def test_own_value_of_an_overridden_point_is_shown() -> None:
    device = stepped().write(at=5, point=30.0).tell(Override("point"), at=8).tell(Move("point", 7.0, 0.0), at=9).run(15)

    assert (device.point().value_state, device.reading()) == (OVERRIDDEN, 7.0)


def test_own_value_is_taken_in_the_units_of_the_moment() -> None:
    device = SteppedPoints(CELSIUS).tell(FAHRENHEIT, at=5).tell(Move("point", 77.0, 0.0), at=6).run(10)

    assert device.reading() == 77.0


@pytest.mark.parametrize("value", [True, "auto"])
def test_own_value_may_be_of_any_type(value: Value) -> None:
    device = SteppedPoints(SimulatedPoint("point", value, Writable())).tell(Move("point", value, 0.0), at=5).run(10)

    assert device.reading() is value


def test_own_value_of_an_unknown_point_is_ignored() -> None:
    assert stepped().tell(Move("ghost", 7.0, 0.0), at=5).run(10).shown() == [0.0]


def test_restart_forgets_what_was_written() -> None:
    device = stepped().write(at=5, point=30.0).tell(Restart(), at=8).run(20)

    assert (device.point().value_state, device.reading()) == (None, 0.0)


def test_restart_forgets_the_config() -> None:
    device = stepped().write(at=5, rate=2, point=30.0).tell(Restart(), at=8).run(30)

    assert device.state.last_config == 0
    assert [said.at for said in device.telemetry[-3:]] == [8, 18, 28]


def test_restart_is_introduced_by_a_state_and_then_telemetry() -> None:
    device = stepped().write(at=5, point=30.0).tell(Restart(), at=8)

    assert (device.states[-1].at, device.telemetry[-1].at) == (8, 8)
    assert device.states[-1].place < device.telemetry[-1].place


def test_restart_forgets_when_the_writes_were_to_end() -> None:
    device = stepped().write(at=5, expiry=12.0, point=30.0).tell(Restart(), at=8).run(30)

    assert [said.at for said in device.states] == [0, 5, 8]


def test_restart_takes_the_same_config_anew() -> None:
    again = config(at=5, point=30.0)

    device = stepped().tell(again, at=5).tell(Restart(), at=8).tell(again, at=10).run(20)

    assert (device.point().value_state, device.reading()) == (APPLIED, 30.0)


def test_restart_does_not_release_who_holds_a_point() -> None:
    device = stepped().tell(Override("point"), at=2).tell(Restart(), at=5).write(at=8, point=30.0)

    assert device.point().value_state is OVERRIDDEN
    assert device.tell(Release("point"), at=10).point().value_state is APPLIED


def test_restart_keeps_units_and_own_values() -> None:
    device = (
        SteppedPoints(CELSIUS).tell(FAHRENHEIT, at=2).tell(Move("point", 77.0, 0.0), at=3).tell(Restart(), at=5).run(6)
    )

    assert (device.point().units, device.reading()) == ("Degrees-Fahrenheit", 77.0)


def test_device_that_is_back_on_the_network_says_its_state_anew() -> None:
    device = stepped().write(at=5, point=30.0).tell(Reconnected(), at=8)

    assert (device.states[-1].at, device.state.last_config) == (8, moment(5))
    assert device.states[-1].message.etag == device.states[-2].message.etag


def test_device_that_is_back_within_a_second_of_its_last_state_waits_until_that_is_over() -> None:
    device = stepped().write(at=5, point=30.0).tell(Reconnected(), at=5.4).run(10)

    assert [said.at for said in device.states] == [0, 5, 6]


def test_it_is_a_rule_whether_a_device_speaks_up_when_it_is_back() -> None:
    def deaf(cause: Cause) -> bool:
        return not isinstance(cause, Reconnected)

    device = SteppedPoints(CELSIUS, rules=kept_but(EventRules(speaks_up=deaf))).tell(Reconnected(), at=5).run(20)

    assert [said.at for said in device.states] == [0]
