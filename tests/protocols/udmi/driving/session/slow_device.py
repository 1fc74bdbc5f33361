"""A device that is as slow as it may be: every wait for it, and every provocation, takes all the time that it is given.

It is the simulated one, which does everything at once: what is slow is how long the scenarios think that they waited.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from harness.broker.faults import Fault
from harness.clock import utc
from harness.driving.device_link import DeviceLink
from harness.driving.scenario import Hands, Scenario
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.driving.counterpart import Fresh, In, Lifetime, Manner
from harness.protocols.udmi.driving.latest_messages import LatestMessages
from harness.protocols.udmi.driving.waits import Waits
from harness.protocols.udmi.words.messages import Config
from harness.provocations.provocation import Provocation, Provoker
from harness.target import HostServices, RunningTarget
from simulator.udmi.target import SimTarget
from tests.udmi_1_5 import decode_config

_ENDED_BY = {Fault.REFUSE: Fault.ADMIT, Fault.GO_AWAY: Fault.COME_BACK, Fault.FREEZE: Fault.THAW}
_FAR_OFF = 20.0  # seconds


@dataclass
class StandingWrite:
    """A config that writes, and until when its scenario relied on it. `chosen`: the scenario chose the expiry."""

    sent: float
    expiry: float
    chosen: bool
    until: float = math.inf

    @property
    def lives(self) -> float:
        """Seconds for which the cloud has given it."""
        return self.expiry - self.sent

    @property
    def needed(self) -> float:
        """Seconds for which it was relied on."""
        return self.until - self.sent


@dataclass
class Watch:
    """The writes of each scenario.

    A config is relied on until the device has the next one that is sound: not while it is cut off, nor where the next
    rests on an older etag, or has no expiry, or one that is over. The last one is, until the scenario is over.

    `period`: seconds from one telemetry to the next, as the cloud sees them. `ahead`: by which the device's clock is.
    """

    period: float
    ahead: float
    writes: dict[str, list[StandingWrite]] = field(default_factory=dict)
    _scenario: str = ""
    _standing: list[StandingWrite] = field(default_factory=list)
    _outdated: list[StandingWrite] = field(default_factory=list)  # but for a device that has not heard of it yet
    _faults: set[Fault] = field(default_factory=set)
    _is_away: bool = False

    def begins(self, scenario: str) -> None:
        """Nothing is written yet."""
        self._scenario, self.writes[scenario] = scenario, []

    def sent(self, payload: bytes, manner: Manner) -> None:
        """A config left, and it is none that is broken on purpose."""
        if _is_sound(manner):
            self._outdated += self._standing
            self._standing = []
            self._told()
        pointset = decode_config(payload).pointset
        expiry = pointset.set_value_expiry if pointset else None
        if isinstance(expiry, int | float):
            write = StandingWrite(utc(), expiry, manner.expiry is not Lifetime.NEEDED)
            self._standing.append(write)
            self.writes[self._scenario].append(write)

    @property
    def is_hurried(self) -> bool:
        """A short write has much time left: the sooner the device tells, the longer is what comes after it watched."""
        return any(
            write.chosen and write.expiry - self.ahead - utc() > _FAR_OFF
            for write in self.writes.get(self._scenario, ())
        )

    def suffers(self, fault: Fault) -> None:
        """The device is cut off, or no more."""
        if fault in _ENDED_BY:
            self._faults.add(_ENDED_BY[fault])
            self._is_away = True
        self._faults.discard(fault)
        self._told()

    def is_back(self) -> None:
        """It was waited for."""
        self._is_away = False
        self._told()

    def ends(self) -> None:
        """Nobody looks any more."""
        self._outdated += self._standing
        self._standing, self._faults, self._is_away = [], set(), False
        self._told()

    def _told(self) -> None:
        if not self._faults and not self._is_away:
            for write in self._outdated:
                write.until = utc()
            self._outdated = []


def _is_sound(manner: Manner) -> bool:
    """Whether a device that has the config wants nothing any more of those before it."""
    match manner.expiry:
        case In(seconds):
            lasts = seconds > 0
        case expiry:
            lasts = expiry is Lifetime.NEEDED
    return lasts and manner.etag is Fresh.ETAG


def watched(monkeypatch: pytest.MonkeyPatch, *, period: float, ahead: float) -> Watch:
    """A scenario that is driven from now on meets a slow device, and is watched."""
    watch = Watch(period, ahead)
    _waits_are_long(monkeypatch, watch)
    run, send, suffers = Scenario.run, Cloud._send, DeviceLink.suffers  # noqa: SLF001 - the seam where each config leaves

    async def spied_run(scenario: Scenario, hands: Hands) -> None:
        watch.begins(scenario.name)
        try:
            await run(scenario, hands)
        finally:
            watch.ends()

    async def spied_send(cloud: Cloud, manner: Manner, *rest: Any, **more: Any) -> None:  # noqa: ANN401 - handed through
        compose = cloud._counterpart.compose  # noqa: SLF001 - likewise

        def composed(now: float, how: Manner) -> Config:
            config = compose(now, how)
            watch.sent(cloud._codec.encode(config), manner)  # noqa: SLF001 - likewise
            return config

        with monkeypatch.context() as patched:
            patched.setattr(cloud._counterpart, "compose", composed)  # noqa: SLF001 - likewise
            await send(cloud, manner, *rest, **more)

    async def spied_suffers(link: DeviceLink, fault: Fault, label: str) -> None:
        await suffers(link, fault, label)
        watch.suffers(fault)

    monkeypatch.setattr(Scenario, "run", spied_run)
    monkeypatch.setattr(Cloud, "_send", spied_send)
    monkeypatch.setattr(DeviceLink, "suffers", spied_suffers)
    return watch


def _waits_are_long(monkeypatch: pytest.MonkeyPatch, watch: Watch) -> None:
    until, link_until, until_back = Waits._until, DeviceLink._until, DeviceLink.until_back  # noqa: SLF001 - all waits end here
    acknowledgements = DeviceLink.allow_acknowledgements

    async def long_until(waits: Waits, true: Callable[[], bool], fact: str, *, at_most: float) -> None:
        waiting = until(waits, true, fact, at_most=at_most)
        await (waiting if watch.is_hurried else _all_of(at_most, waiting))

    async def long_link_until(link: DeviceLink, come: Any, fact: str, *, at_most: float) -> None:  # noqa: ANN401 - handed through
        await _all_of(at_most, link_until(link, come, fact, at_most=at_most))

    async def long_acknowledgements(link: DeviceLink, *, at_most: float) -> None:
        await _all_of(at_most, acknowledgements(link, at_most=at_most))

    async def long_until_back(link: DeviceLink, *, at_most: float) -> None:
        await until_back(link, at_most=at_most)
        watch.is_back()

    monkeypatch.setattr(Waits, "_until", long_until)
    monkeypatch.setattr(LatestMessages, "period", property(lambda _: watch.period, lambda *_: None), raising=False)
    monkeypatch.setattr(DeviceLink, "_until", long_link_until)
    monkeypatch.setattr(DeviceLink, "allow_acknowledgements", long_acknowledgements)
    monkeypatch.setattr(DeviceLink, "until_back", long_until_back)


async def _all_of(seconds: float, waiting: Awaitable[None]) -> None:
    over = utc() + seconds
    await waiting
    await asyncio.sleep(max(0.0, over - utc()))


@dataclass(frozen=True)
class _SlowHand:
    provoker: Provoker
    seconds: float

    async def provoke(self, provocation: Provocation) -> None:
        """Done at once, and told late."""
        await self.provoker.provoke(provocation)
        await asyncio.sleep(self.seconds)


@dataclass(frozen=True)
class ByHand(SimTarget):
    """The simulated device, whose provocations take a person so many seconds."""

    provokes_within: float = 0.0

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device, alive on a broker of its own."""
        async with super().open(services) as running:
            hand = _SlowHand(running.provoker, self.provokes_within)
            yield replace(running, provoker=hand, provokes_within=self.provokes_within)
