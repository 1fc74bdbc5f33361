"""Brokers of a few lines, each with what it says once it has read CONNECT."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from harness.clock import Clock, new_loop
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect

T = TypeVar("T")
Says = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

CONNACK = bytes([0x20, 2, 0, 0])
_OF_CONNECT = 15  # bytes, with a client id of one letter


def run(drive: Coroutine[Any, Any, T], clock: Clock = Clock.VIRTUAL) -> T:
    """The result that the drive brings home."""
    with asyncio.Runner(loop_factory=lambda: new_loop(clock)) as runner:
        return runner.run(drive)


@asynccontextmanager
async def scripted_broker(says: Says) -> AsyncIterator[Endpoint]:
    """Somebody at a port, with what he says once CONNECT was read; then he hangs up."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readexactly(_OF_CONNECT)
            await says(reader, writer)
        finally:
            writer.close()

    async with await asyncio.start_server(meet, "127.0.0.1", 0) as server:
        yield Endpoint("127.0.0.1", server.sockets[0].getsockname()[1])


async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(CONNACK)


async def accept_and_listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(CONNACK)
    await reader.read()


async def why(says: Says, *, publishes: bool = False) -> str:
    async with scripted_broker(says) as endpoint:
        try:
            async with connect(endpoint, "c") as link:
                if publishes:
                    await link.publish("t", b"x")
                async for _ in link.deliveries():
                    pass
        except LinkError as error:
            return str(error).partition(": ")[2]
    return "nothing"
