"""An HTTP server of ours, whatever it serves: what strangers may cost it is bounded before anything is looked at.

Each connection serves one request, has its time from first to last byte, and a newcomer displaces the oldest one where
there are too many: whoever says nothing, or one byte now and then, has had its time.
"""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import hdrs, web

REQUEST_WITHIN = 30.0  # seconds that a connection may take for its request and our answer
CONNECTIONS = 100
_SHARE = 4  # of the descriptors that this process may have, one in so many is for strangers
_GOODBYE = 1.0  # seconds that a request which is being answered has left at the end


@asynccontextmanager
async def served(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """The application, as long as the block lasts; yields its port. Raises OSError where it cannot listen."""
    app.on_response_prepare.append(_one_request)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GOODBYE)
    await runner.setup()
    try:
        handlers, connections = runner.server, _Connections(_most())
        assert handlers is not None, "a runner that was set up has its server"  # noqa: S101 - aiohttp says so
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(handlers(), connections), host, port)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
    finally:
        await runner.cleanup()


async def _one_request(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers[hdrs.CONNECTION] = "close"
    response.force_close()


def _most() -> int:
    """Connections at once. Where descriptors are few, most of them are for what this process is there for."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(1, min(CONNECTIONS, allowed // _SHARE))


class _Connections:
    """Those that are open, the oldest first."""

    def __init__(self, most: int) -> None:
        self._most, self._open = most, dict["_Connection", None]()

    def enter(self, connection: "_Connection") -> None:
        """One more; the oldest makes room for it if need be."""
        if len(self._open) >= self._most:
            next(iter(self._open)).end()
        self._open[connection] = None

    def leave(self, connection: "_Connection") -> None:
        """It is closed, or as good as."""
        self._open.pop(connection, None)


class _Connection(asyncio.Protocol):
    """Passes all that happens on to the protocol that speaks HTTP, until its time is over."""

    _transport: asyncio.Transport
    _timer: asyncio.TimerHandle

    def __init__(self, http: asyncio.Protocol, others: _Connections) -> None:
        self._http, self._others = http, others

    def end(self) -> None:
        """Without another word."""
        self._others.leave(self)
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - of a stream it is one
        self._transport = transport
        self._timer = asyncio.get_running_loop().call_later(REQUEST_WITHIN, self.end)
        self._others.enter(self)
        self._http.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        self._others.leave(self)
        self._http.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._http.data_received(data)

    def eof_received(self) -> bool | None:
        return self._http.eof_received()

    def pause_writing(self) -> None:
        self._http.pause_writing()

    def resume_writing(self) -> None:
        self._http.resume_writing()
