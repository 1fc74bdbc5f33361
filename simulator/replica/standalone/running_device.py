"""A device behind a replica on its own: machine, link and log together, from power-on until it is told to end."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.clock import utc
from harness.errors import HarnessError
from harness.machine.effects import Effect, Publish
from harness.machine.shell import Tell, alive
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery
from simulator.link.clock_offset import OffsetMachine
from simulator.link.reconnecting_link import ReconnectingLink
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.device import ReplicaDevice
from simulator.replica.device.events import Connected, DeviceEvent, Restarted
from simulator.replica.device.link_topics import link_topics
from simulator.replica.device_variations.variation import DeviceVariation
from simulator.replica.standalone import message_lines
from simulator.replica.targets.device import heard, link_rules
from simulator.standalone.log_lines import line, of_link


@dataclass(frozen=True, slots=True)
class _Told:
    """An event, and who waits until the machine has taken it."""

    event: DeviceEvent
    taken: "asyncio.Future[None] | None" = None


class RunningReplicaDevice:
    """The device, and the ways to reach it."""

    def __init__(
        self, file: DeviceFile, variation: DeviceVariation, endpoint: Endpoint, log: Callable[[str], None]
    ) -> None:
        profile = file.profile
        self.id, self.endpoint = profile.id, endpoint
        self.machine = ReplicaDevice(profile.id, file.properties, variation.rules, profile.scheme)
        self._log, self._variation = log, variation
        self._born = asyncio.Event()
        self._tell: Tell[_Told] = lambda _told: None  # nobody is there yet
        self._link = ReconnectingLink(
            endpoint, self.id, self._changed, link_rules(variation, profile), link_topics(profile)
        )

    @property
    def is_up(self) -> bool:
        """Whether it is connected to its broker."""
        return self._link.is_up

    async def live(self, over: asyncio.Event, *, wait: bool) -> HarnessError | None:
        """Until it is over; without `wait` the first try to connect must succeed, or what came of it is returned."""
        async with self._link.kept(wait=wait):
            problem = await self._link.first_try()
            if problem and not wait:
                return problem
            async with (
                self._variation.network(self._link) as network,
                alive(OffsetMachine(self, self._variation.ahead), network, _told) as tell,
            ):
                self._tell = tell
                if self.is_up:
                    tell(_Told(Connected()))
                self._born.set()
                await over.wait()
        return None

    async def born(self) -> None:
        """When this returns, the device lives."""
        await self._born.wait()

    async def meet(self, event: DeviceEvent) -> None:
        """Something happens to the device; when this returns, it has taken it."""
        await self.born()
        taken = asyncio.get_running_loop().create_future()
        self._tell(_Told(event, taken))
        await taken

    def drop(self, seconds: float) -> None:
        """Its network is gone for so long."""
        self._link.drop(seconds)

    async def restart(self) -> None:
        """Its power goes and comes, and the connection with it."""
        await self.meet(Restarted())

    def receive(self, told: _Told, now: float) -> Sequence[Effect]:
        """The machine's turn, written down."""
        if said := message_lines.of_event(told.event):
            self._write(now, said)
        effects = self.machine.receive(told.event, now)
        if told.taken and not told.taken.done():
            told.taken.set_result(None)
        return self._noted(effects, now)

    def wake(self, now: float) -> Sequence[Effect]:
        """Likewise."""
        return self._noted(self.machine.wake(now), now)

    def _noted(self, effects: Sequence[Effect], now: float) -> Sequence[Effect]:
        for effect in effects:
            if isinstance(effect, Publish):
                self._write(now, message_lines.of_request(effect.topic, effect.payload, sent=self.is_up))
        return effects

    def _changed(self, problem: str | None) -> None:
        self._write(utc(), of_link(self.endpoint, problem))
        if problem is None:
            self._tell(_Told(Connected()))

    def _write(self, now: float, what: str) -> None:
        self._log(line(now, self.id, what))


def _told(delivery: Delivery) -> _Told:
    return _Told(heard(delivery))
