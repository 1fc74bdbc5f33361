"""Devices that are gone, or deaf, in the middle of a run: one wait, one cause; and a restart where there is a way."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache

import pytest

import suites.udmi.conftest  # noqa: F401 - it makes the scenarios known
from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.protocols.udmi.profile import Profile, udmi_profile
from harness.provocations.provocation import CannotProvoke, Provocation, Provoker
from harness.record.kinds import Closed, Ended, Opened, Provoked, Received, Record
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget, Target
from simulator.udmi.target import SimTarget

AHU = SimTarget.from_option("")
NO_WAY = "the profile has no [provocations.restart]"


@dataclass(frozen=True)
class Otherwise:
    """A target whose conditions are brought about in another way."""

    target: Target
    way: Callable[[Provoker], Provoker]
    is_ours: bool = True  # the broker

    @property
    def name(self) -> str:
        """As it is called."""
        return self.target.name

    @property
    def clock(self) -> Clock:
        """Its time."""
        return self.target.clock

    @property
    def profile(self) -> Profile:
        """The profile that it declares."""
        return udmi_profile(self.target.profile)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device, on a stand that lacks one way."""
        async with self.target.open(services) as running:
            yield RunningTarget(
                running.endpoint, self.way(running.provoker), network=running.network if self.is_ours else None
            )


@dataclass(frozen=True)
class Unable:
    """All that the other can, but for a restart."""

    other: Provoker

    async def provoke(self, provocation: Provocation) -> None:
        """Raises CannotProvoke for a restart."""
        if provocation.name == "restart":
            raise CannotProvoke(provocation, NO_WAY)
        await self.other.provoke(provocation)


@dataclass(frozen=True)
class ToNoAvail:
    """All that the other can, but for a restart, which changes nothing."""

    other: Provoker

    async def provoke(self, provocation: Provocation) -> None:
        """Does not tell the device of a restart."""
        if provocation.name != "restart":
            await self.other.provoke(provocation)


class Told(Unseen):
    """The lines that the operator is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.driven: list[str] = []

    def scenario(self, name: str) -> None:
        """Noted."""
        self.driven.append(name)

    def tell(self, line: str) -> None:
        """Noted."""
        self.lines.append(line)


@dataclass(frozen=True)
class Driven:
    """A whole run."""

    records: Sequence[Record]
    told: Told

    @property
    def causes(self) -> list[str]:
        """Why scenarios were not driven to their ends, each once, in order; but for the one that needs a restart."""
        reasons = [record.cut_short for record in self.records if isinstance(record, Closed) and record.cut_short]
        return [reason for reason in dict.fromkeys(reasons) if reason != f"cannot restart the device: {NO_WAY}"]

    def left_after(self, scenario: str) -> float:
        """Virtual seconds from the device's last word in that scenario to the end of the run."""
        opened = next(n for n, r in enumerate(self.records) if isinstance(r, Opened) and r.scenario == scenario)
        closed = next(n for n, r in enumerate(self.records) if isinstance(r, Closed) and n > opened)
        words = [record.time for record in self.records[:closed] if isinstance(record, Received)]
        [ended] = [record.time for record in self.records if isinstance(record, Ended)]
        return ended - words[-1]


@cache
def run(variant: str, *, way: Callable[[Provoker], Provoker] | None = None, is_ours: bool = True) -> Driven:
    """Every scenario on that device, in the order of a whole run."""
    told, recorder = Told(), Recorder()
    device = AHU.varied(variant)
    target: Target = Otherwise(device, way, is_ours) if way else device
    own = [one for one in SCENARIOS.values() if one.drive.__module__.startswith("suites.udmi.")]
    scenarios = sorted(own, key=lambda scenario: scenario.needs is not None)
    drive_target(RunPlan(target, scenarios, Clock.VIRTUAL), recorder, told)
    return Driven(list(recorder.records), told)


GONE = ("ends-at-a-pointset-that-is-text", "hangs-at-a-pointset-that-is-text")


@pytest.mark.parametrize("variant", GONE)
def test_device_that_is_gone_costs_one_wait_and_is_one_cause(variant: str) -> None:
    driven = run(variant, way=Unable)

    in_vain, nobody = driven.causes
    assert in_vain == "waited 10 s until the device says anything at all after 'a pointset that is text', in vain"
    assert nobody.startswith("nobody is there: the device was last heard at 2026-01-01T00:0")
    assert nobody.endswith(f"cannot restart the device: {NO_WAY}")
    assert driven.left_after("unknown_fields") < 80
    assert driven.told.driven[-2:] == ["unknown_fields", "idle_configs"]


@pytest.mark.parametrize("variant", GONE)
def test_operator_is_told_of_it_once(variant: str) -> None:
    [in_vain] = run(variant, way=Unable).told.lines

    assert in_vain.endswith(f"{NO_WAY}: nothing more is driven")


def test_broker_of_ours_tells_whether_the_connection_went_too() -> None:
    ended, hangs = (run(variant, way=Unable).causes[-1] for variant in GONE)

    assert "and its connection is lost" in ended
    assert "connection" not in hangs


def test_device_that_is_gone_behind_somebody_elses_broker_is_one_cause_too() -> None:
    driven = run("ends-at-a-pointset-that-is-text", way=Unable, is_ours=False)

    _, nobody = driven.causes
    assert nobody.startswith("nobody is there")
    assert "connection" not in nobody
    assert driven.left_after("unknown_fields") < 80


@pytest.mark.parametrize("variant", GONE)
def test_device_that_can_be_restarted_is_and_the_run_goes_on(variant: str) -> None:
    driven = run(variant)

    assert len(driven.causes) == 1
    assert [r.label for r in driven.records if isinstance(r, Provoked) and r.name == "restart"].count(
        "brought back"
    ) == 1
    assert len(driven.told.lines) == 1
    assert driven.told.driven[-1] == "idle_link"


def test_device_that_gives_up_on_a_refused_link_is_nobody_and_no_fault_of_the_profile() -> None:
    driven = run("never-comes-back", way=Unable)

    in_vain, nobody = driven.causes
    assert in_vain == "waited 310 s until the device is connected again, in vain"
    assert nobody.startswith("nobody is there")
    assert not any("its kind is another" in cause for cause in driven.causes)
    assert driven.told.driven[-2:] == ["refused_link", "lost_link"]


def test_device_that_gives_up_on_a_refused_link_is_restarted() -> None:
    driven = run("never-comes-back")

    assert driven.told.driven[-1] == "idle_link"
    assert all("connected again" in cause for cause in driven.causes)


def test_device_that_does_not_subscribe_again_is_deaf_at_once() -> None:
    driven = run("subscribes-once", way=Unable)

    [deaf] = driven.causes
    assert deaf == (
        "nobody hears: the device has connected again and subscribed to nothing, so no config reaches it; "
        f"cannot restart the device: {NO_WAY}"
    )
    assert driven.told.driven[-2:] == ["refused_link", "lost_link"]
    assert driven.left_after("refused_link") < 40


def test_device_that_comes_back_with_a_restart_is_driven_after_every_loss() -> None:
    driven = run("subscribes-once")

    assert driven.told.driven[-1] == "idle_link"
    assert not any("nobody" in cause for cause in driven.causes)


def test_device_that_never_spoke_is_not_restarted() -> None:
    driven = run("silent")

    assert not any(isinstance(record, Provoked) for record in driven.records)


def test_device_that_does_not_come_back_from_its_restart_is_given_up() -> None:
    driven = run("ends-at-a-pointset-that-is-text", way=ToNoAvail)

    assert driven.causes[-1].endswith("it was restarted, and said nothing in 120 s")
    assert driven.left_after("unknown_fields") < 80 + 120
