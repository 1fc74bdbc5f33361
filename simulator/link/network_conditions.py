"""Network conditions between a device and its link: messages may be rewritten, sent twice, or take their time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import TypeAlias, TypeVar

from harness.clock import utc
from harness.machine.effects import Publish
from harness.machine.shell import MachineLink
from harness.mqtt.link import Delivery

T = TypeVar("T")
Network: TypeAlias = Callable[[MachineLink], AbstractAsyncContextManager[MachineLink]]


@asynccontextmanager
async def straight(line: MachineLink) -> AsyncIterator[MachineLink]:
    """Nothing at all."""
    yield line


def rewritten(write: Callable[[bytes], bytes]) -> Network:
    """Every payload is rewritten before it leaves."""

    @asynccontextmanager
    async def network(line: MachineLink) -> AsyncIterator[MachineLink]:
        yield _Rewritten(line, write)

    return network


def repeated(*topics: str, times: int = 2) -> Network:
    """Messages on topics that end so are sent twice, as where a PUBACK of QoS 1 was lost; or more often."""

    @asynccontextmanager
    async def network(line: MachineLink) -> AsyncIterator[MachineLink]:
        yield _Repeated(line, topics, times)

    return network


def slow(there: Iterable[float], back: Iterable[float]) -> Network:
    """Messages from the device take so many seconds, and those to it: one after the other, and over again.

    None overtakes another; and the device goes on meanwhile.
    """

    @asynccontextmanager
    async def network(line: MachineLink) -> AsyncIterator[MachineLink]:
        async with asyncio.TaskGroup() as tasks:
            delayed = _Slow(line, _Lane(cycle(there)), _Lane(cycle(back)))
            driving = [tasks.create_task(delayed.drive()), tasks.create_task(delayed.listen())]
            yield delayed
            for task in driving:
                task.cancel()

    return network


def one_after_the_other(first: Network, second: Network) -> Network:
    """Messages pass the first network, and then the second."""

    @asynccontextmanager
    async def network(line: MachineLink) -> AsyncIterator[MachineLink]:
        async with second(line) as farther, first(farther) as nearer:
            yield nearer

    return network


@dataclass(frozen=True, slots=True)
class _Rewritten:
    line: MachineLink
    write: Callable[[bytes], bytes]

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        await self.line.publish(topic, self.write(payload), retain=retain, qos=qos)

    def deliveries(self) -> AsyncIterator[Delivery]:
        return self.line.deliveries()

    async def rejoin(self) -> None:
        await self.line.rejoin()


@dataclass(frozen=True, slots=True)
class _Repeated:
    line: MachineLink
    topics: tuple[str, ...]
    times: int

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        for _ in range(self.times if topic.endswith(self.topics) else 1):
            await self.line.publish(topic, payload, retain=retain, qos=qos)

    def deliveries(self) -> AsyncIterator[Delivery]:
        return self.line.deliveries()

    async def rejoin(self) -> None:
        await self.line.rejoin()


class _Slow:
    def __init__(self, line: MachineLink, there: "_Lane[Publish]", back: "_Lane[Delivery]") -> None:
        self._line, self._there, self._back = line, there, back

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        self._there.enter(Publish(topic, payload, retain, qos))

    def deliveries(self) -> AsyncIterator[Delivery]:
        return self._back.leaving()

    async def rejoin(self) -> None:
        await self._line.rejoin()

    async def drive(self) -> None:
        async for sent in self._there.leaving():
            await self._line.publish(sent.topic, sent.payload, retain=sent.retain, qos=sent.qos)

    async def listen(self) -> None:
        async for delivery in self._line.deliveries():
            self._back.enter(delivery)


class _Lane(asyncio.Queue[tuple[float, T]]):
    """A queue with a delay: messages leave in their order, once their time has passed."""

    def __init__(self, seconds: Iterator[float]) -> None:
        super().__init__()
        self._seconds = seconds

    def enter(self, what: T) -> None:
        self.put_nowait((utc() + next(self._seconds), what))

    async def leaving(self) -> AsyncIterator[T]:
        while True:
            due, what = await self.get()
            await asyncio.sleep(max(0.0, due - utc()))
            yield what
