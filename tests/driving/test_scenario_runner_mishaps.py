"""Scenarios that do not go all the way, and runs that break off: recorded, cleaned up, and nobody else's fault."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from io import StringIO

import pytest

from harness.broker import Listener, embedded_broker
from harness.clock import VIRTUAL_BIRTHDAY, Clock, new_loop, utc
from harness.driving.progress import Unseen
from harness.driving.run_plan import is_back
from harness.errors import LinkError
from harness.judging.timing.window import within
from harness.judging.verdicts.verdict import Level, Verdict, verdict_of
from harness.mqtt.endpoint import Endpoint
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.device import Device
from harness.record.kinds import Closed, Done, Ended, LinkLost, Opened, Provoked, Sent
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget
from simulator.udmi.rules import StateRules, TelemetryRules, kept_but
from simulator.udmi.target import SimTarget
from tests.protocols.udmi.driving.playing import (
    APPLIED,
    FREE,
    SETPOINT,
    Played,
    idle,
    loses_the_link,
    play,
    small_device,
    waits_in_vain,
    writes,
)

SILENT = kept_but(StateRules(say=lambda _state, _said: None), TelemetryRules(tell=lambda _telemetry: None))
WITHOUT_STATE = kept_but(StateRules(say=lambda _state, _said: None))


async def falls_over(cloud: Cloud, device: Device) -> None:
    """A scenario with a fault of its own, in the middle of a provocation."""
    await device.override("setpoint", "taken")
    await cloud.write(SETPOINT.to(21.5, "write"))
    raise ZeroDivisionError("of ours")


async def asks_for_what_is_not_there(cloud: Cloud, device: Device) -> None:
    """A kind of point that the profile does not have."""
    await cloud.write(device.point("slow").to(30.0, "write"))


async def is_interrupted(cloud: Cloud, device: Device) -> None:
    """The operator has seen enough."""
    await writes(cloud, device)
    await device.mend("damper", "mended")
    signal.raise_signal(signal.SIGINT)
    await cloud.listen(60)


@pytest.fixture(scope="module")
def interrupted() -> Played:
    """The record of a run that the operator broke off."""
    recorder = Recorder(StringIO())
    with pytest.raises(KeyboardInterrupt):
        play(is_interrupted, idle, recorder=recorder)
    return Played(recorder.records)


@dataclass(frozen=True)
class OutOfReach(SimTarget):
    """A device that is said to be where nobody listens."""

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """There is none."""
        async with super().open(services) as running:
            yield replace(running, endpoint=Endpoint("127.0.0.1", 1))


def test_wait_in_vain_ends_the_scenario_and_says_what_it_hoped_for() -> None:
    [closed] = play(waits_in_vain).closed

    assert closed.cut_short == (
        "waited 7 s until damper becomes applied, in vain: "
        "if it never takes 30.0 on this bench, its kind is another, or the value"
    )


def test_scenario_that_waits_in_vain_does_not_stop_the_next_one() -> None:
    _, second = play(waits_in_vain, writes).closed

    assert second.cut_short is None


def test_scenario_with_a_fault_of_its_own_is_ours() -> None:
    [closed] = play(falls_over).closed

    assert closed.our_fault == "ZeroDivisionError in scenario falls_over: of ours"


def test_judgement_of_what_a_broken_scenario_did_not_come_to_is_a_harness_error() -> None:
    episode = play(falls_over).episode

    with pytest.raises(Exception, match="ZeroDivisionError") as broken:
        episode.write("never made")

    assert verdict_of(broken.value, Level.MUST) is Verdict.HARNESS_ERROR


def test_scenario_with_a_fault_does_not_stop_the_next_one() -> None:
    played = play(falls_over, writes)

    assert played.closed[1] == Closed(played.closed[1].time)


def test_scenario_that_lacks_a_point_is_not_applicable() -> None:
    [closed] = play(asks_for_what_is_not_there).closed

    assert closed.cut_short is None
    assert "no point is slow" in (closed.not_applicable or "")


def test_device_that_says_nothing_is_waited_for_once() -> None:
    first, second = play(idle, writes, target=small_device(SILENT)).closed

    assert first.time == second.time == 30
    assert first.cut_short == second.cut_short
    assert "30 s" in (first.cut_short or "")


def test_scenarios_that_a_silent_device_is_spared_are_not_shown_as_driven() -> None:
    shown: list[str] = []

    class Telling(Unseen):
        def scenario(self, name: str) -> None:
            shown.append(name)

        def tell(self, line: str) -> None:
            shown.append(line)

    play(idle, writes, target=small_device(SILENT), progress=Telling())

    assert shown == [
        "the device sent no state and no telemetry within 30 s, though asked for it every 2 s: nothing more is driven"
    ]


def test_device_that_sends_telemetry_and_no_state_is_waited_for_once() -> None:
    first, second = play(writes, waits_in_vain, target=small_device(WITHOUT_STATE)).closed

    assert first.cut_short == second.cut_short == "the device reported no state within 20 s of a write"
    assert first.time == second.time


def test_what_was_provoked_is_undone_latest_first() -> None:
    async def provokes(device: Device) -> None:
        await device.override("setpoint", "taken")
        await device.mend("damper", "mended")
        await device.change_units(SETPOINT, "Fahrenheit", "units changed")

    assert play(provokes).provoked == [
        ("taken", "override", "setpoint"),
        ("mended", "mend", "damper"),
        ("units changed", "change units", "setpoint"),
        ("undo", "change units", "setpoint"),
        ("undo", "break", "damper"),
        ("undo", "release", "setpoint"),
    ]


def test_units_go_back_to_those_of_the_profile() -> None:
    async def converts(device: Device) -> None:
        point, units, _ = device.convertible("writable")
        await device.change_units(point, units, "units changed")

    assert [record.detail for record in play(converts).of(Provoked)] == ["Fahrenheit", "Celsius"]


def test_provocation_of_a_scenario_that_fell_over_is_undone() -> None:
    assert play(falls_over).provoked == [("taken", "override", "setpoint"), ("undo", "release", "setpoint")]


def test_provocation_is_undone_behind_the_episode() -> None:
    records = play(falls_over, idle).records

    kinds = [type(record) for record in records if isinstance(record, Opened | Closed | Provoked)]

    assert kinds == [Opened, Provoked, Closed, Provoked, Opened, Closed]


def test_next_scenario_finds_the_device_as_it_was() -> None:
    _, second = play(falls_over, writes).closed

    assert second.cut_short is None


def test_interruption_releases_every_point(interrupted: Played) -> None:
    assert interrupted.of(Sent)[-1].label == "farewell"
    assert interrupted.wanted("farewell") == FREE


def test_interruption_releases_every_point_before_anything_is_undone(interrupted: Played) -> None:
    order = [record.label for record in interrupted.records if isinstance(record, Sent | Provoked)]

    assert order.index("interrupted") < order.index("undo")
    assert interrupted.wanted("interrupted") == FREE


def test_farewell_of_an_interrupted_run_reaches_the_broker(interrupted: Played) -> None:
    farewell = interrupted.records.index(interrupted.of(Sent)[-1])

    assert interrupted.of(Done)[-1].of == farewell


def test_interruption_undoes_what_was_provoked(interrupted: Played) -> None:
    assert interrupted.provoked == [("mended", "mend", "damper"), ("undo", "break", "damper")]


def test_interrupted_run_says_so(interrupted: Played) -> None:
    assert interrupted.records[-1] == Ended(interrupted.records[-1].time, "interrupted")


def test_interrupted_scenario_is_judged_on_what_was_seen(interrupted: Played) -> None:
    assert interrupted.episode.write("write").becomes(APPLIED, within(20)).value_state is APPLIED


def test_scenario_after_the_interruption_is_not_driven(interrupted: Played) -> None:
    assert [opened.scenario for opened in interrupted.of(Opened)] == ["is_interrupted"]


def test_link_that_is_lost_and_comes_back_costs_one_scenario() -> None:
    lost, following = play(loses_the_link, idle).closed

    assert lost.cut_short == "the link was lost: mqtt://broker:1883: is gone"
    assert following.cut_short is None


def test_every_loss_of_our_session_is_recorded() -> None:
    [lost] = play(loses_the_link, idle).of(LinkLost)

    assert lost.why == "mqtt://broker:1883: is gone"


def test_broker_that_stays_away_is_tried_for_a_minute() -> None:
    async def tries() -> tuple[bool, float]:
        return await is_back(Endpoint("127.0.0.1", 1), "client", Unseen(), LinkError("it", "is gone")), utc()

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        back, until = runner.run(tries())

    assert not back
    assert until == VIRTUAL_BIRTHDAY + 60


def test_broker_that_is_not_there_is_named() -> None:
    out_of_reach = OutOfReach("sim", small_device().file)

    with pytest.raises(LinkError, match=r"mqtt://127\.0\.0\.1:1: "):
        play(idle, target=out_of_reach)


def test_broker_that_was_there_all_along_may_have_let_in_somebody_of_our_name() -> None:
    told: list[str] = []

    class Noted(Unseen):
        def tell(self, line: str) -> None:
            told.append(line)

    async def tries() -> bool:
        async with embedded_broker(Listener()) as endpoint:
            return await is_back(endpoint, "setpoint-cloud-X", Noted(), LinkError("it", "is gone"))

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        assert runner.run(tries())

    assert told[1:] == ["let in again at once; where that goes on, somebody else connects as setpoint-cloud-X"]
