"""Gives a machine a link and a clock, and carries out its effects in order. One inbox, one task."""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol, TypeVar

from harness.clock import utc
from harness.machine.effects import Effect, Machine, Publish, Rejoin, WakeAt
from harness.mqtt.link import Delivery

E = TypeVar("E")
Tell = Callable[[E], None]


class MachineLink(Protocol):
    """The part of a link that the shell needs."""

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        """Send. `qos` None: as the link's connect options have it."""

    def deliveries(self) -> AsyncIterator[Delivery]:
        """Every message that arrives."""

    async def rejoin(self) -> None:
        """Come to the broker anew."""


@asynccontextmanager
async def alive(machine: Machine[E], link: MachineLink, read: Callable[[Delivery], E | None]) -> AsyncIterator[Tell[E]]:
    """Let the machine live on the link; `read` makes an event of a delivery.

    Yields a way to tell it of others.
    """
    inbox = asyncio.Queue[E]()
    async with asyncio.TaskGroup() as tasks:
        hearing = tasks.create_task(_hear(link, read, inbox))
        living = tasks.create_task(_live(machine, link, inbox))
        yield inbox.put_nowait
        hearing.cancel()
        living.cancel()


async def _hear(link: MachineLink, read: Callable[[Delivery], E | None], inbox: asyncio.Queue[E]) -> None:
    async for delivery in link.deliveries():
        event = read(delivery)
        if event is not None:
            inbox.put_nowait(event)


async def _live(machine: Machine[E], link: MachineLink, inbox: asyncio.Queue[E]) -> None:
    """One thing after the other: an event or the alarm, then its effects. So no two publishes can overtake."""
    alarm = utc()
    while True:
        try:
            async with asyncio.timeout(None if alarm == math.inf else max(0.0, alarm - utc())):
                event = await inbox.get()
        except TimeoutError:
            alarm = math.inf  # it has rung; the machine says when it wants the next
            effects = machine.wake(utc())
        else:
            effects = machine.receive(event, utc())
        alarm = await _carry_out(effects, link, alarm)


async def _carry_out(effects: Sequence[Effect], link: MachineLink, alarm: float) -> float:
    for effect in effects:
        match effect:
            case WakeAt(time):
                alarm = time
            case Publish(topic, payload, retain, qos):
                await link.publish(topic, payload, retain=retain, qos=qos)
            case Rejoin():
                await link.rejoin()
    return alarm
