"""A write that a config drops on its way: a device that finishes it all the same is watched until it would show."""

import pytest

import suites.udmi.scenarios.writes  # noqa: F401 - makes the scenarios known
from harness.driving.scenario import known_scenario
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.record.kinds import Closed, Sent
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import SimulatedPoint, Slow
from simulator.udmi.target import SimTarget
from simulator.udmi.variations.variation import HEALTHY
from tests.protocols.udmi.driving.playing import play

_PROFILE = Profile("DEV-1", {"valve": Point("valve", PointKind.SLOW, (40.0, 60.0))}, network_allowance=0.0)


@pytest.mark.parametrize("seconds", [8.0, 30.0])
def test_dropped_write_is_watched_for_as_long_as_its_point_was_seen_to_take(seconds: float) -> None:
    points = (SimulatedPoint("valve", 0.0, Slow(seconds)),)
    target = SimTarget("sim", DeviceFile(DeviceIdentity("DEV-1"), points, _PROFILE), HEALTHY)

    scenarios = [known_scenario(name) for name in ("superseded_write", "abandoned_write")]
    played = play(*scenarios, target=target)

    began, over = (
        next(sent.time for sent in played.of(Sent) if name in sent.desired) for name in ("pending", "dropped")
    )
    assert began < over
    assert played.of(Closed)[-1].time > began + seconds
