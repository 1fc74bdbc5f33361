"""A network that swallows everything from some moment on: both ends are up, and neither hears of the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from harness.mqtt.endpoint import Endpoint


@dataclass
class Hole:
    """A proxy before a broker. Once `swallows` is set, it reads nothing more, and closes nothing either."""

    endpoint: Endpoint
    swallows: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def black_hole(broker: Endpoint) -> AsyncIterator[Hole]:
    """As long as the block lasts."""
    ways: list[asyncio.Task[None]] = []
    writers: list[asyncio.StreamWriter] = []

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            if hole.swallows.is_set():
                return
            writer.write(data)

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(broker.host, broker.port)
        writers.extend([writer, back])
        ways.extend([asyncio.create_task(carry(reader, back)), asyncio.create_task(carry(there, writer))])

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    hole = Hole(Endpoint("127.0.0.1", server.sockets[0].getsockname()[1]))
    try:
        yield hole
    finally:
        server.close()
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        for writer in writers:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for writer in writers), return_exceptions=True)
