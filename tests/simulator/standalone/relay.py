"""A road to the broker that can be cut: a relay of TCP connections."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from harness.mqtt.endpoint import Endpoint


class Relay:
    """Leads to the broker from a port of its own, as long as it is open."""

    def __init__(self, to: Endpoint) -> None:
        self._to = to
        self._server: asyncio.Server | None = None
        self._lanes: set[asyncio.Task[None]] = set()
        self.begin = Endpoint("127.0.0.1", 0)

    async def open(self) -> None:
        """Let connections pass; always at the same port."""
        self._server = await asyncio.start_server(self._pass, self.begin.host, self.begin.port)
        self.begin = Endpoint(self.begin.host, self._server.sockets[0].getsockname()[1])

    async def cut(self) -> None:
        """Break off every connection, and refuse new ones."""
        if self._server:
            self._server.close()
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._lanes.add(task)
        there, back = await asyncio.open_connection(self._to.host, self._to.port)
        try:
            with suppress(asyncio.CancelledError):  # it is how a road is cut
                await asyncio.gather(_carry(reader, back), _carry(there, writer))
        finally:
            for end in (writer, back):
                end.close()
                with suppress(OSError):
                    await end.wait_closed()
            self._lanes.discard(task)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()


@asynccontextmanager
async def relay(to: Endpoint) -> AsyncIterator[Relay]:
    """Open at first, and cut in the end."""
    way = Relay(to)
    await way.open()
    yield way
    await way.cut()
