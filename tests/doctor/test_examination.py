"""Visits to simulated devices behind a broker that was there before, in virtual time."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from harness.broker.embedded import embedded_broker
from harness.clock import VIRTUAL_BIRTHDAY, Clock, utc
from harness.doctor import examination
from harness.doctor.case import Case
from harness.doctor.diagnosis import diagnose
from harness.doctor.examination import LONGEST, Examination
from harness.driving.shared_broker.claim import Claim
from harness.driving.shared_broker.retained_config import retained_message
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.udmi.doctor.case import Case as DeviceCase
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig, State, SystemState
from harness.provocations.carrying_out import Ways
from harness.target import HostServices, RunningTarget
from tests.protocols.udmi.driving.playing import PROFILE, small_device
from tests.udmi_1_5 import encode

CONFIG, STATE = "/devices/DEV-1/config", "/devices/DEV-1/state"
WRITES = encode(Config(0, pointset=PointsetConfig(points={"damper": PointConfig(30.0)})))


async def nothing(endpoint: Endpoint) -> None:
    """Nobody else is there."""


@dataclass
class Site:
    """Somebody's broker, with a device or without. `meanwhile` happens beside the visit; `left` lay there after it."""

    meanwhile: Callable[[Endpoint], Awaitable[None]] = nothing
    profile: Profile = PROFILE
    lies: bytes = b""
    is_on: bool = True
    left: bytes | None = None
    lasted: float = 0.0
    clock: Clock = Clock.VIRTUAL
    name: str = "mqtt://127.0.0.1"
    _told: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The broker outlives the visit by a look at what was left on it."""
        async with embedded_broker() as endpoint:

            @asynccontextmanager
            async def here(_listener: object) -> AsyncIterator[Endpoint]:
                yield endpoint

            if self.lies:
                async with connect(endpoint, "before") as link:
                    await link.publish(CONFIG, self.lies, retain=True)
            there = small_device() if self.is_on else None
            beside = asyncio.ensure_future(self.meanwhile(endpoint))
            try:
                if there:
                    async with there.open(replace(services, start_broker=here)):
                        yield RunningTarget(endpoint, Ways("DEV-1", {}, services.ask), is_shared=True)
                else:
                    yield RunningTarget(endpoint, Ways("DEV-1", {}, services.ask), is_shared=True)
            finally:
                self.lasted = utc() - VIRTUAL_BIRTHDAY
                beside.cancel()
                await asyncio.wait([beside])
                self.left = await retained_message(endpoint, "after", CONFIG)

    def visited(self) -> Case:
        """The result of an examination."""
        return Examination(self, self._told.append).make()


def _whats(case: Case) -> list[str]:
    return [problem.what for problem in diagnose(case).problems]


def test_healthy_device_has_nothing_amiss_and_nothing_is_left_behind() -> None:
    site = Site()

    assert _whats(site.visited()) == []
    assert site.left is None


def test_target_with_a_broker_of_its_own_is_visited_too() -> None:
    assert _whats(Examination(small_device(), lambda _line: None).make()) == []


def test_retained_writes_are_told_and_put_back() -> None:
    site = Site(lies=WRITES)

    [what] = _whats(site.visited())

    assert "that writes damper = 30.0" in what
    assert site.left == WRITES


def test_after_ctrl_c_it_is_put_back_as_well() -> None:
    async def interrupts(_endpoint: Endpoint) -> None:
        await asyncio.sleep(3)
        signal.raise_signal(signal.SIGINT)

    site = Site(interrupts, lies=WRITES)

    with pytest.raises(KeyboardInterrupt):
        site.visited()

    assert site.left == WRITES


def test_device_that_a_run_has_is_not_visited_meanwhile() -> None:
    async def has_it(endpoint: Endpoint) -> None:
        async with Claim(endpoint, PROFILE, print).held():
            await asyncio.sleep(3600)

    site = Site(has_it, lies=WRITES, is_on=False)

    with pytest.raises(UsageError, match="tests DEV-1 on"):
        site.visited()

    assert site.left == WRITES


def test_silent_device_costs_forty_seconds_at_most() -> None:
    site = Site(is_on=False)

    [what] = _whats(site.visited())

    assert "nothing was heard at /devices/DEV-1" in what
    assert site.lasted <= LONGEST


def test_device_of_nearly_the_same_id_is_found() -> None:
    async def speaks(endpoint: Endpoint) -> None:
        async with connect(endpoint, "other") as link:
            while True:
                await link.publish("/devices/dev-1/state", b"{}")
                await asyncio.sleep(5)

    site = Site(speaks, is_on=False)
    [problem] = diagnose(site.visited()).problems

    assert problem.mend.endswith('id = "dev-1"')
    assert site.lasted < 20


def test_second_device_is_found() -> None:
    async def speaks(endpoint: Endpoint) -> None:
        async with connect(endpoint, "other") as link:
            for serial in ("A", "B", "A"):
                await asyncio.sleep(2)
                await link.publish(STATE, encode(State(utc(), system=SystemState(serial_no=serial))))

    [what] = _whats(Site(speaks).visited())

    assert "serial_no is now 0, now B" in what


def test_session_that_is_taken_over_is_told_and_the_visit_goes_on() -> None:
    async def takes(endpoint: Endpoint) -> None:
        await asyncio.sleep(4)
        async with connect(endpoint, "setpoint-cloud-DEV-1"):
            await asyncio.sleep(60)

    site = Site(takes, lies=WRITES)
    whats = _whats(site.visited())

    assert ["let us in under another name" in what for what in whats] == [True, False]
    assert site.left == WRITES


def test_session_that_is_taken_over_at_once_is_told_too() -> None:
    async def takes(endpoint: Endpoint) -> None:
        await asyncio.sleep(1.5)
        async with connect(endpoint, "setpoint-cloud-DEV-1"):
            await asyncio.sleep(60)

    [what] = _whats(Site(takes).visited())

    assert "let us in under another name" in what


def test_visit_has_one_session_at_a_time_where_the_broker_would_end_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    async def no(*_of: object) -> bool:
        return False

    monkeypatch.setattr(examination, "are_kept_apart", no)
    examined = Site().visited()

    assert isinstance(examined, DeviceCase)
    assert examined.beside
    assert (examined.beside.configs, examined.beside.lost) == (None, [])
    assert examined.live_states
    [what] = _whats(examined)
    assert "for the client id" in what


def test_misspelt_point_is_found_among_all_that_the_device_has() -> None:
    points = {name.replace("setpoint", "set_point"): point for name, point in PROFILE.points.items()}
    points = {name: replace(point, name=name) for name, point in points.items()}

    mends = [problem.mend for problem in diagnose(Site(profile=replace(PROFILE, points=points)).visited()).problems]

    assert "In the profile, write [points.setpoint] in place of [points.set_point]" in mends
