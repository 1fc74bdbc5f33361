"""A device without points, a gateway say: met, driven, and asked for nothing that it does not have. In virtual time."""

from dataclasses import replace

import pytest

from harness.driving.progress import Unseen
from harness.judging.verdicts.verdict import CouldNotTest
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.device import Device
from harness.protocols.udmi.profile import Profile
from harness.record.kinds import Closed
from harness.record.left_out import NotApplicable
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.rules import KEPT, Rules, StateRules, kept_but
from simulator.udmi.target import SimTarget
from simulator.udmi.variations.variation import HEALTHY
from tests.protocols.udmi.driving.playing import play


class Waits(Unseen):
    """The waits of a scenario."""

    def __init__(self) -> None:
        self.facts: list[str] = []

    def waits(self, fact: str, at_most: float) -> None:
        """Noted."""
        del at_most
        self.facts.append(fact)


def pointless(rules: Rules = KEPT) -> SimTarget:
    """A gateway, say, that has nothing but itself to tell of."""
    file = DeviceFile(DeviceIdentity("GAT-1"), (), Profile("GAT-1", {}, network_allowance=0.0))
    return SimTarget("sim", file, replace(HEALTHY, rules=rules))


async def says_again(cloud: Cloud, device: Device) -> None:
    """One config, then telemetry is waited for, and hoped for."""
    device.lacks_points(["in a point"])
    await cloud.say_again("again")
    await cloud.until_answered(at_most=5)
    await cloud.until_telemetry(at_most=5)
    await cloud.until_sampled(at_most=5)
    assert not await cloud.allow_telemetry(at_most=5)
    assert not await cloud.allow_sampled(at_most=5)


def test_device_without_points_is_met_by_its_state_and_nobody_waits_for_its_telemetry() -> None:
    told = Waits()
    played = play(says_again, target=pointless(), progress=told)

    [closed] = played.of(Closed)
    assert closed.cut_short is closed.our_fault is None
    assert not [fact for fact in told.facts if "telemetry" in fact]
    with pytest.raises(NotApplicable, match="the profile has no points"):
        played.episode.config("in a point")


def test_device_without_points_that_says_nothing_is_told_so() -> None:
    [closed] = play(says_again, target=pointless(kept_but(StateRules(say=lambda _state, _said: None)))).of(Closed)

    assert closed.cut_short is not None
    assert closed.cut_short.startswith("the device sent no state within 30 s, though asked for it every 2 s")


async def needs_points(device: Device) -> None:
    """A scenario that is about points alone."""
    device.needs_points()


def test_scenario_about_points_does_not_concern_a_device_without_any() -> None:
    [closed] = play(needs_points, target=pointless()).of(Closed)

    assert closed.not_applicable == "the profile has no points: if the device has any, add them as [points.*]"


def test_device_whose_lack_of_points_is_a_guess_is_not_known_to_have_none() -> None:
    sure = pointless()
    target = replace(sure, file=replace(sure.file, profile=replace(sure.profile, guessed=("points",))))
    guess = "that it has no points is a draft's guess"

    played = play(says_again, target=target)
    [closed] = play(needs_points, target=target).of(Closed)

    with pytest.raises(CouldNotTest, match=guess):
        played.episode.config("in a point")
    assert closed.cut_short is not None
    assert closed.cut_short.startswith(guess)
