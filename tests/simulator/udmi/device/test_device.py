"""The simulated device, config by config: what it answers, what it says and shows, and when."""

import pytest

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.device_events import Override, Release, Restart
from harness.protocols.udmi.words.messages import Config, Mode, PointConfig, PointsetConfig, Status
from tests.simulator.udmi.stepped import (
    APPLIED,
    CELSIUS,
    FAHRENHEIT,
    OVERRIDDEN,
    SteppedPoints,
    config,
    moment,
    stepped,
    two_points,
)


def test_device_introduces_itself_by_a_state_and_then_telemetry() -> None:
    device = stepped()

    [state], [telemetry] = device.states, device.telemetry

    assert (state.at, telemetry.at) == (0, 0)
    assert state.place < telemetry.place


def test_config_is_answered_by_a_state_that_names_it() -> None:
    device = stepped().tell(config(at=-60), at=5)

    assert (device.states[-1].at, device.state.last_config) == (5, moment(-60))


def test_config_that_changes_nothing_is_answered_all_the_same() -> None:
    device = stepped().write(at=5, point=30.0).write(at=8, point=30.0)

    assert (device.states[-1].at, device.state.last_config) == (8, moment(8))


def test_state_lists_make_and_mode_and_every_point() -> None:
    state = two_points().state

    assert state.system is not None
    assert (state.system.make, state.system.operational, state.system.mode) == ("Setpoint", True, Mode.INITIAL)
    assert list(state.points) == ["point", "other"]


def test_burst_of_configs_is_answered_once_a_second_later() -> None:
    device = stepped().run(4.5)

    device.write(at=5).write(at=5.1).write(at=5.2).write(at=5.3).write(at=5.4).run(8)

    assert [(said.at, said.message.last_config) for said in device.states[1:]] == [(5, moment(5)), (6, moment(5.4))]


@pytest.mark.parametrize("timestamp", [None, IllTyped("yesterday")])
def test_config_without_a_timestamp_is_no_config(timestamp: IllTyped | None) -> None:
    device = stepped().write(at=5, point=30.0)

    device.tell(Config(timestamp, pointset=PointsetConfig(points={"point": PointConfig()})), at=8).run(20)

    assert (device.state.last_config, device.course(), device.reading()) == (moment(5), [(5, APPLIED)], 30.0)


def test_points_that_the_config_does_not_list_are_not_reported() -> None:
    device = two_points().write(at=5, other=None).run(10)

    assert (list(device.state.points), list(device.telemetry[-1].message.readings)) == (["other"], ["other"])


def test_config_without_points_leaves_it_to_the_device_what_it_reports() -> None:
    device = two_points().write(at=5, other=None)

    device.tell(Config(moment(8), "1.5.7"), at=8)

    assert list(device.state.points) == ["point", "other"]


def test_unknown_point_is_reported_as_invalid() -> None:
    status = stepped().write(at=5, point=None, ghost=30.0).point("ghost").status

    assert isinstance(status, Status)
    assert (status.category, status.level) == ("pointset.point.invalid", 500)
    assert str(status.message).startswith("Point ghost")


def test_unknown_point_is_not_in_telemetry() -> None:
    device = stepped().write(at=5, point=None, ghost=30.0).run(10)

    assert list(device.telemetry[-1].message.readings) == ["point"]


def test_unknown_point_is_gone_with_the_config_that_lists_it() -> None:
    device = stepped().write(at=5, point=None, ghost=30.0).write(at=8, point=None)

    assert list(device.state.points) == ["point"]


def test_unknown_point_does_not_stop_the_others() -> None:
    assert stepped().write(at=5, ghost=1.0, point=30.0).point().value_state is APPLIED


def test_field_that_no_specification_knows_is_ignored() -> None:
    misspelt = {"point": PointConfig(others={"ste_value": 30.0})}

    device = stepped().write(at=5, points=misspelt).run(20)

    assert (device.point().value_state, device.shown()) == (None, [0.0])


def test_odd_set_value_is_ignored() -> None:
    device = stepped().write(at=5, points={"point": PointConfig(set_value=IllTyped([30.0]))}).run(20)

    assert (device.point().value_state, device.shown()) == (None, [0.0])


def test_change_within_a_second_of_the_last_state_waits_until_it_is_over() -> None:
    device = stepped().write(at=5, point=30.0).tell(Override("point"), at=5.3).run(8)

    assert device.course() == [(5, APPLIED), (6, OVERRIDDEN)]


def test_changes_within_a_second_are_said_in_one_state() -> None:
    device = stepped().write(at=5, point=30.0).tell(Override("point"), at=5.3).tell(Release("point"), at=5.6).run(8)

    assert [said.at for said in device.states] == [0, 5, 6]


def test_telemetry_waits_for_the_state_that_it_would_contradict() -> None:
    device = stepped().run(9.5).write(at=9.5, point=None).write(at=9.8, point=30.0).run(15)

    assert (device.course(), device.telemetry[-1].at, device.reading()) == ([(10.5, APPLIED)], 10.5, 30.0)
    assert device.states[-1].place < device.telemetry[-1].place


def test_telemetry_waits_though_something_else_happens_when_it_is_due() -> None:
    device = stepped().run(9.5).write(at=9.5, point=None).write(at=9.8, point=30.0).tell(Override("ghost"), at=10.2)

    assert [said.at for said in device.run(15).telemetry] == [0, 10.5]


def test_telemetry_does_not_wait_for_an_answer_that_changes_nothing() -> None:
    device = stepped().run(9.5).write(at=9.5, point=None).write(at=9.8, point=None).run(15)

    assert (device.telemetry[-1].at, device.states[-1].at) == (10, 10.5)


def test_telemetry_comes_every_ten_seconds_until_a_config_says_otherwise() -> None:
    assert [said.at for said in stepped().run(35).telemetry] == [0, 10, 20, 30]


def test_sample_rate_counts_from_the_config_that_brings_it() -> None:
    assert [said.at for said in stepped().write(at=5, rate=2).run(10).telemetry] == [0, 7, 9]


def test_slower_sample_rate_counts_from_the_telemetry_that_is_due() -> None:
    assert [said.at for said in stepped().write(at=5, rate=60).run(80).telemetry] == [0, 10, 70]


@pytest.mark.parametrize("rate", [None, 0])
def test_sample_rate_that_is_left_open_is_five_minutes(rate: float | None) -> None:
    assert [said.at for said in stepped().write(at=5, rate=rate).run(400).telemetry] == [0, 10, 310]


def test_change_of_units_is_reported_without_a_config() -> None:
    device = SteppedPoints(CELSIUS).tell(FAHRENHEIT, at=5)

    assert (device.states[-1].at, device.point().units) == (5, "Degrees-Fahrenheit")
    assert device.states[0].message.etag != device.state.etag


def test_telemetry_is_in_the_units_that_the_state_names() -> None:
    assert SteppedPoints(CELSIUS).tell(FAHRENHEIT, at=5).run(10).reading() == 68.0


def test_write_is_taken_in_the_units_of_the_device() -> None:
    device = SteppedPoints(CELSIUS).tell(FAHRENHEIT, at=5).write(at=8, point=77.0).run(10)

    assert (device.course(), device.reading()) == ([(8, APPLIED)], 77.0)


def test_config_may_ask_for_other_units() -> None:
    device = SteppedPoints(CELSIUS).write(at=5, points={"point": PointConfig(units="Degrees-Fahrenheit")}).run(15)

    assert (device.point().units, device.reading()) == ("Degrees-Fahrenheit", 68.0)


def test_units_that_a_config_asked_for_go_with_it() -> None:
    asked = SteppedPoints(CELSIUS).write(at=5, points={"point": PointConfig(units="Degrees-Fahrenheit")})

    device = asked.write(at=8, point=None).run(15)

    assert (device.point().units, device.reading()) == ("Degrees-Celsius", 20.0)


def test_write_is_taken_in_the_units_of_its_config() -> None:
    wanted = PointConfig(set_value=77.0, units="Degrees-Fahrenheit")

    device = SteppedPoints(CELSIUS).write(at=5, points={"point": wanted}).run(10)

    assert (device.course(), device.reading()) == ([(5, APPLIED)], 77.0)


def test_units_that_nobody_knows_are_told_to_be_wrong() -> None:
    device = SteppedPoints(CELSIUS).write(at=5, points={"point": PointConfig(units="Furlongs")}).run(10)

    status = device.point().status
    assert isinstance(status, Status)
    assert (device.point().units, status.category) == ("Degrees-Celsius", "pointset.point.invalid")


def test_units_of_the_device_are_its_own_again_once_it_has_started_anew() -> None:
    asked = SteppedPoints(CELSIUS).write(at=5, points={"point": PointConfig(units="Degrees-Fahrenheit")})

    assert asked.tell(Restart(), at=8).run(10).point().units == "Degrees-Celsius"
