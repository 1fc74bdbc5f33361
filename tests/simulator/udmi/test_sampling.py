"""When the simulated device sends telemetry, and of what: rates, limits, changes."""

import pytest

from harness.payload.values import Value
from harness.protocols.udmi.words.device_events import Move
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig
from simulator.udmi.declared.points import ReadOnly, SimulatedPoint, Writable
from simulator.udmi.rules import KEPT, kept_but
from simulator.udmi.sampling import Sampling
from tests.simulator.udmi.stepped import SteppedPoints, config, moment
from tests.udmi_1_5 import VERSION

SENSOR, SETPOINT = SimulatedPoint("sensor", 20.0, ReadOnly()), SimulatedPoint("setpoint", 50.0, Writable())


def asking(*, at: float, rate: float | None = 10, limit: float | None = None, **increments: float | None) -> Config:
    """A config that asks for this pace, and to be told of these points."""
    points = {name: PointConfig(cov_increment=increments.get(name)) for name in ("sensor", "setpoint")}
    return Config(moment(at), VERSION, PointsetConfig(sample_rate_sec=rate, sample_limit_sec=limit, points=points))


def sampled(asked: Config, sampling: Sampling | None = None, *points: SimulatedPoint) -> SteppedPoints:
    """A device that was asked so at 5 s, and has just sent a complete telemetry at 10 s."""
    rules = kept_but(sampling) if sampling else KEPT
    return SteppedPoints(*(points or (SENSOR, SETPOINT)), rules=rules).tell(asked, at=5).run(10)


def told(stepped: SteppedPoints, since: float = 10) -> list[tuple[float, object, bool]]:
    """When the sensor was told of after that, with what, and whether alone."""
    return [
        (said.at, said.message.readings["sensor"], said.message.partial is True)
        for said in stepped.telemetry
        if said.at > since and "sensor" in said.message.readings
    ]


def test_rate_below_zero_wants_no_telemetry() -> None:
    stepped = SteppedPoints(SENSOR, SETPOINT).tell(asking(at=5, rate=-1), at=5).run(1000)

    assert [said.at for said in stepped.telemetry] == [0]


def test_rate_above_zero_wants_telemetry_again() -> None:
    stepped = (
        SteppedPoints(SENSOR, SETPOINT).tell(asking(at=5, rate=-1), at=5).tell(asking(at=50, rate=2), at=50).run(54)
    )

    assert [said.at for said in stepped.telemetry] == [0, 52, 54]


def test_limit_holds_back_what_is_due_too_soon() -> None:
    stepped = SteppedPoints(SENSOR, SETPOINT).tell(asking(at=1, rate=2, limit=5), at=1).run(12)

    assert [said.at for said in stepped.telemetry] == [0, 5, 10]


def test_change_of_an_increment_is_told_at_once() -> None:
    stepped = sampled(asking(at=5, sensor=0.5)).tell(Move("sensor", 20.5, 20.0), at=12).run(14)

    assert told(stepped) == [(12, 20.5, True)]


def test_smaller_change_waits_for_the_next_complete_telemetry() -> None:
    stepped = sampled(asking(at=5, sensor=0.5)).tell(Move("sensor", 20.4, 20.0), at=12).run(25)

    assert told(stepped) == [(20, 20.4, False)]


def test_small_changes_add_up_to_one_that_is_told() -> None:
    stepped = sampled(asking(at=5, sensor=0.5))

    stepped.tell(Move("sensor", 20.3, 20.0), at=12).tell(Move("sensor", 20.6, 20.3), at=13).run(15)

    assert told(stepped) == [(13, 20.6, True)]


def test_change_without_an_increment_waits_for_the_next_complete_telemetry() -> None:
    stepped = sampled(asking(at=5, setpoint=0.5)).tell(Move("sensor", 99.0, 20.0), at=12).run(25)

    assert told(stepped) == [(20, 99.0, False)]


@pytest.mark.parametrize(("base", "other"), [(False, True), ("auto", "hand")])
def test_switches_and_words_have_no_increment(base: Value, other: Value) -> None:
    stepped = sampled(asking(at=5, sensor=0), None, SimulatedPoint("sensor", base, ReadOnly()), SETPOINT)

    stepped.tell(Move("sensor", other, base), at=12).run(25)

    assert told(stepped) == [(20, other, False)]


def test_changes_within_the_limit_are_told_once_with_the_latest_value() -> None:
    stepped = sampled(asking(at=5, limit=3, sensor=0.5)).tell(Move("sensor", 21.0, 20.0), at=13)

    stepped.tell(Move("sensor", 22.0, 21.0), at=14).tell(Move("sensor", 23.0, 22.0), at=15).run(18)

    assert told(stepped) == [(13, 21.0, True), (16, 23.0, True)]


def test_change_that_is_taken_back_within_the_limit_is_not_told() -> None:
    stepped = sampled(asking(at=5, limit=3, sensor=0.5))

    stepped.tell(Move("sensor", 22.0, 20.0), at=11).tell(Move("sensor", 20.0, 22.0), at=12).run(18)

    assert told(stepped) == []


def test_complete_telemetry_keeps_its_time_whatever_is_told_between() -> None:
    stepped = sampled(asking(at=5, limit=3, sensor=0.5)).tell(Move("sensor", 21.0, 20.0), at=13).run(25)

    assert told(stepped) == [(13, 21.0, True), (20, 21.0, False)]


def test_change_shortly_before_a_complete_telemetry_brings_that_forward() -> None:
    stepped = sampled(asking(at=5, limit=3, sensor=0.5)).tell(Move("sensor", 21.0, 20.0), at=18).run(35)

    assert told(stepped) == [(18, 21.0, False), (28, 21.0, False)]


def test_write_that_changes_a_point_is_told() -> None:
    points = {"sensor": PointConfig(), "setpoint": PointConfig(set_value=60.0, cov_increment=0.5)}

    stepped = SteppedPoints(SENSOR, SETPOINT).run(3).tell(config(at=4, points=points), at=4).run(8)

    assert [said.at for said in stepped.telemetry if said.message.readings == {"setpoint": 60.0}] == [4]


def test_write_of_what_a_point_shows_is_not_told() -> None:
    points = {"sensor": PointConfig(), "setpoint": PointConfig(set_value=50.0, cov_increment=0.5)}

    stepped = SteppedPoints(SENSOR, SETPOINT).run(3).tell(config(at=4, points=points), at=4).run(8)

    assert [said.at for said in stepped.telemetry] == [0]


def test_config_without_a_pointset_leaves_the_pace_to_the_device() -> None:
    stepped = sampled(asking(at=5, rate=60, sensor=0.5)).tell(Config(moment(12), VERSION), at=12).run(45)

    assert [said.at for said in stepped.telemetry] == [0, 10, 22, 32, 42]
