"""An HTTP server of ours, whatever it serves: what strangers may cost it is bounded before anything is looked at.

Each connection serves one request, has its time from first to last byte, and a newcomer displaces the oldest one where
there are too many: whoever says nothing, or one byte now and then, has had its time. A request that has come whole is
answered; where too many are being answered already, with 429.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler, Middleware

from harness.descriptors import for_strangers

REQUEST_WITHIN = 30.0  # seconds that a connection may take for its request and our answer
CONNECTIONS = 100
_AT_ONCE, _WAITING = 20, 1_000  # connections that are accepted before others are read, and that the system keeps for us
_GOODBYE = 1.0  # seconds that a request which is being answered has left at the end


_log = logging.getLogger(__name__)


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether an error is one of ours. A request that is no HTTP is not, and its headers may hold a secret."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


_log.addFilter(_is_ours)


@asynccontextmanager
async def served(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """The application, as long as the block lasts; yields its port. Raises OSError where it cannot listen."""
    app.on_response_prepare.append(_one_request)
    connections = _Connections(for_strangers(CONNECTIONS))
    app.middlewares.append(_answering(connections))  # the last: strangers are sent away before it
    runner = web.AppRunner(app, access_log=None, logger=_log, shutdown_timeout=_GOODBYE)
    await runner.setup()
    try:
        handlers = runner.server
        assert handlers is not None, "a runner that was set up has its server"  # noqa: S101 - aiohttp says so
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(handlers(), connections), host, port, backlog=_AT_ONCE)
        for one in server.sockets:
            _let_wait(one.fileno())
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
    finally:
        await runner.cleanup()


def _let_wait(listener: int) -> None:
    """Asyncio accepts as many at once as it lets wait; a crowd of whole requests shall wait, and none be displaced."""
    with socket.fromfd(listener, socket.AF_INET, socket.SOCK_STREAM) as same:
        same.listen(_WAITING)


async def _one_request(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers[hdrs.CONNECTION] = "close"
    response.force_close()


def _answering(connections: "_Connections") -> Middleware:
    """Keeps the connection of a request that has come whole, until it is answered; one too many is refused at once."""

    @web.middleware
    async def answered(request: web.Request, handler: Handler) -> web.StreamResponse:
        await request.read()
        if not connections.keep(request.transport):
            return web.json_response({"code": 429, "message": "Too many requests"}, status=429)
        return await handler(request)

    return answered


class _Connections:
    """Those that are open, the oldest first: those on which a request is awaited, and those on which one has come."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._awaited = dict[asyncio.BaseTransport | None, "_Connection"]()
        self._answered = dict[asyncio.BaseTransport | None, "_Connection"]()

    def enter(self, connection: "_Connection") -> None:
        """One more; the oldest makes room for it if need be."""
        if len(self._awaited) >= self._most:
            next(iter(self._awaited.values())).end()
        self._awaited[connection.transport] = connection

    def leave(self, connection: "_Connection") -> None:
        """It is closed, or as good as."""
        self._awaited.pop(connection.transport, None)
        self._answered.pop(connection.transport, None)

    def keep(self, transport: asyncio.BaseTransport | None) -> bool:
        """Displace this one no more, as its request has come. False: as many requests are being answered as may be."""
        if len(self._answered) >= self._most or transport not in self._awaited:
            return False
        self._answered[transport] = self._awaited.pop(transport)
        return True


class _Connection(asyncio.Protocol):
    """Passes all that happens on to the protocol that speaks HTTP, until its time is over."""

    transport: asyncio.Transport
    _timer: asyncio.TimerHandle

    def __init__(self, http: asyncio.Protocol, others: _Connections) -> None:
        self._http, self._others = http, others

    def end(self) -> None:
        """Without another word."""
        self._others.leave(self)
        self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - of a stream it is one
        self.transport = transport
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
