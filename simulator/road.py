"""What lies between a device and its link: messages may be spelt anew on it, be sent twice, or take their time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import TypeAlias, TypeVar

from harness.clock import utc
from harness.shell import Line
from harness.wire.link import Delivery

T = TypeVar("T")
Road: TypeAlias = Callable[[Line], AbstractAsyncContextManager[Line]]


@asynccontextmanager
async def straight(line: Line) -> AsyncIterator[Line]:
    """Nothing at all."""
    yield line


def rewritten(write: Callable[[bytes], bytes]) -> Road:
    """What the device sends is put so before it leaves."""

    @asynccontextmanager
    async def road(line: Line) -> AsyncIterator[Line]:
        yield _Rewritten(line, write)

    return road


def repeated(*topics: str) -> Road:
    """What the device sends on topics that end so is sent twice, as where a PUBACK of QoS 1 was lost."""

    @asynccontextmanager
    async def road(line: Line) -> AsyncIterator[Line]:
        yield _Repeated(line, topics)

    return road


def slow(there: Iterable[float], back: Iterable[float]) -> Road:
    """Messages from the device take so many seconds, and those to it: one after the other, and over again.

    None overtakes another; and the device goes on meanwhile.
    """

    @asynccontextmanager
    async def road(line: Line) -> AsyncIterator[Line]:
        async with asyncio.TaskGroup() as tasks:
            delayed = _Slow(line, _Lane(cycle(there)), _Lane(cycle(back)))
            driving = [tasks.create_task(delayed.drive()), tasks.create_task(delayed.listen())]
            yield delayed
            for task in driving:
                task.cancel()

    return road


def one_after_the_other(first: Road, second: Road) -> Road:
    """What the device sends passes the first, and then the second."""

    @asynccontextmanager
    async def road(line: Line) -> AsyncIterator[Line]:
        async with second(line) as farther, first(farther) as nearer:
            yield nearer

    return road


@dataclass(frozen=True, slots=True)
class _Rewritten:
    line: Line
    write: Callable[[bytes], bytes]

    async def publish(self, topic: str, payload: bytes) -> None:
        await self.line.publish(topic, self.write(payload))

    def deliveries(self) -> AsyncIterator[Delivery]:
        return self.line.deliveries()

    async def rejoin(self) -> None:
        await self.line.rejoin()


@dataclass(frozen=True, slots=True)
class _Repeated:
    line: Line
    topics: tuple[str, ...]

    async def publish(self, topic: str, payload: bytes) -> None:
        await self.line.publish(topic, payload)
        if topic.endswith(self.topics):
            await self.line.publish(topic, payload)

    def deliveries(self) -> AsyncIterator[Delivery]:
        return self.line.deliveries()

    async def rejoin(self) -> None:
        await self.line.rejoin()


class _Slow:
    def __init__(self, line: Line, there: "_Lane[tuple[str, bytes]]", back: "_Lane[Delivery]") -> None:
        self._line, self._there, self._back = line, there, back

    async def publish(self, topic: str, payload: bytes) -> None:
        self._there.enter((topic, payload))

    def deliveries(self) -> AsyncIterator[Delivery]:
        return self._back.leaving()

    async def rejoin(self) -> None:
        await self._line.rejoin()

    async def drive(self) -> None:
        async for topic, payload in self._there.leaving():
            await self._line.publish(topic, payload)

    async def listen(self) -> None:
        async for delivery in self._line.deliveries():
            self._back.enter(delivery)


class _Lane(asyncio.Queue[tuple[float, T]]):
    """What enters first leaves first, once its time has passed."""

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
