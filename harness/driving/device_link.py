"""The device's connection as a scenario knows it: what goes wrong with it is recorded like a provocation."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from harness.broker.faults import Fault, Network
from harness.clock import Clock, utc
from harness.driving.connection_tracker import ConnectionTracker
from harness.driving.not_reached import NotReachedError
from harness.driving.progress import Progress
from harness.record.kinds import Done, Provoked
from harness.record.trace import Recorder


class Needs(StrEnum):
    """The target that a scenario takes, where not every one will do."""

    OUR_BROKER = "listen://"
    OUR_TLS = "listens://"


@dataclass(frozen=True)
class DeviceLink:
    """The device's connection, to be broken. Every fault ends with the scenario. `config`: the topic of configs."""

    network: Network
    tracker: ConnectionTracker
    config: str
    record: Recorder
    progress: Progress
    clock: Clock

    @property
    def shows(self) -> frozenset[Needs]:
        """The needs of scenarios that it meets."""
        return frozenset(Needs) if self.network.has_tls else frozenset({Needs.OUR_BROKER})

    async def suffers(self, fault: Fault, label: str) -> None:
        """Something goes wrong, or is put right; when this returns, it has come about."""
        place = self.record.append(Provoked(utc(), label, str(fault)))
        await self.network.suffer(fault, self.config)
        self.record.append(Done(utc(), place))

    async def until_back(self, *, at_most: float) -> None:
        """Wait for the device to be connected; the scenario ends here if it is not."""
        await self._until(self.tracker.until_up(), "the device is connected again", at_most=at_most)

    async def allow_acknowledgements(self, *, at_most: float) -> None:
        """For the PUBACK of every config that has reached the device: MQTT sets no time for it."""
        if self.tracker.owes_acknowledgements:
            self.progress.waits("every config is acknowledged", at_most)
            await self.tracker.until_acknowledged(at_most=at_most)

    async def until_tried(self, *, at_most: float) -> None:
        """Wait for somebody to meet the stranger; the scenario ends here if nobody does."""
        await self._until(self.tracker.until_tried(), "the device tries to connect", at_most=at_most)

    async def settles(self) -> None:
        """Wait until a device has forgotten the fault, where waiting costs nothing."""
        if self.clock is Clock.VIRTUAL:
            await asyncio.sleep(_A_MINUTE)

    async def refused_for_long(self) -> None:
        """For an hour where time costs nothing; else until the device has tried a few times, or for some minutes."""
        if self.clock is Clock.VIRTUAL:
            self.progress.waits("an hour passes", _AN_HOUR)
            await asyncio.sleep(_AN_HOUR)
            return
        self.progress.waits(f"the device has tried {_TRIES} times", _MINUTES)
        with suppress(TimeoutError):
            async with asyncio.timeout(_MINUTES):
                await self.tracker.until_refused(_TRIES)

    async def silence(self) -> None:
        """Long enough for the device's keep-alive to run out; not at all where that is too long, or is never."""
        seconds = _TWICE * self.tracker.keep_alive
        if seconds > (_AN_HOUR if self.clock is Clock.VIRTUAL else _A_WHILE):
            return
        self.progress.waits("the stretch to watch is over", seconds)
        await asyncio.sleep(seconds)

    async def mend(self) -> None:
        """Nothing is wrong any more."""
        await self.network.recover()

    async def _until(self, come: Coroutine[None, None, None], fact: str, *, at_most: float) -> None:
        self.progress.waits(fact, at_most)
        try:
            async with asyncio.timeout(at_most):
                await come
        except TimeoutError:
            raise NotReachedError(f"waited {at_most:g} s until {fact}, in vain") from None


_AN_HOUR, _A_MINUTE, _A_WHILE = 3600.0, 61.0, 10.0  # seconds
_MINUTES = 250.0  # seconds: two of the longest gaps fit into them
_TRIES = 4
_TWICE = 2  # keep-alives; one and a half of them is what a broker waits
