"""A device with its link to a broker: a plug says what it is made of, and it lives as long as a block lasts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from harness.machine.effects import Machine
from harness.machine.shell import Tell, alive
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery
from simulator.base.variation import Variation
from simulator.link.clock_offset import OffsetMachine
from simulator.link.link_rules import LinkRules
from simulator.link.outbox import LinkTopics
from simulator.link.passing_message import Observe, nobody
from simulator.link.reconnecting_link import ReconnectingLink

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class LinkedDevice(Generic[E]):
    """`id`: its client id. `machine`: pure, and by its own clock. `read`: makes an event of a message.

    `connected` is the event that its connection is there, and `restarted` that its power goes and comes.
    `hears_of_the_first`: whether it is told of its first connection, too, or takes that for granted.
    """

    id: str
    machine: Machine[E]
    read: Callable[[Delivery], E | None]
    connected: E
    restarted: E
    topics: LinkTopics
    rules: LinkRules
    variation: Variation[Any, Any]
    hears_of_the_first: bool = True

    @property
    def by_our_clock(self) -> Machine[E]:
        """The machine, for whoever goes by the time that is right."""
        return OffsetMachine(self.machine, self.variation.ahead)


class DeviceLife(Generic[E]):
    """A device and its link. `noted` is told whenever the link comes about, or why it is down.

    `observe` is told of all messages that pass.
    """

    def __init__(
        self,
        device: LinkedDevice[E],
        endpoint: Endpoint,
        noted: Callable[[str | None], None] | None = None,
        observe: Observe = nobody,
    ) -> None:
        self._device, self._endpoint, self._noted = device, endpoint, noted
        self._tell: Tell[E] | None = None  # nobody is there yet
        rules, topics = device.rules, device.topics
        self.link = ReconnectingLink(endpoint, device.id, self._changed, rules, topics, observe=observe)

    @asynccontextmanager
    async def lived(self, *, wait: bool = False) -> AsyncIterator[Tell[E]]:
        """As long as the block lasts; yields the way to tell it of events.

        Without `wait` the first try to connect must succeed. Raises what came of it where it does not.
        """
        async with self.link.kept(wait=wait):
            problem = await self.link.first_try()
            if wait or not problem:
                problem = None
                async with (
                    self._namesake(),
                    self._device.variation.network(self.link) as network,
                    alive(self._device.by_our_clock, network, self._device.read) as tell,
                ):
                    self._tell = tell
                    if self._device.hears_of_the_first and self.link.is_up:
                        tell(self._device.connected)
                    yield tell
        if problem:
            raise problem

    @asynccontextmanager
    async def _namesake(self) -> AsyncIterator[None]:
        """Somebody else under the device's id, if the variation has one."""
        device, namesake = self._device, self._device.variation.namesake
        async with asyncio.TaskGroup() as tasks:
            visiting = namesake and tasks.create_task(namesake.join(self._endpoint, device.id, device.topics.inbox))
            try:
                yield
            finally:
                if visiting:
                    visiting.cancel()

    def _changed(self, problem: str | None) -> None:
        if self._noted:
            self._noted(problem)
        if problem is None and self._tell:
            self._tell(self._device.connected)
