"""A listening socket that keeps its port, though it may be closed for a while, or show another certificate."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable

from harness.broker.listener import Listener
from harness.broker.server.untrusted_certificate import stranger
from harness.mqtt.host import is_socket

Attend = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class ListeningSocket:
    """`attend` has every connection that comes in; `fooled` is told of whoever meets the stranger instead of us."""

    def __init__(
        self, listener: Listener, tls: ssl.SSLContext | None, attend: Attend, fooled: Callable[[], None]
    ) -> None:
        self._listener, self._tls, self._attend, self._fooled = listener, tls, attend, fooled
        self.port = listener.port

    async def open(self, *, as_a_stranger: bool = False) -> asyncio.Server:
        """A listening socket that asyncio has made itself: only then do accepted ones come with TCP_NODELAY."""
        if is_socket(self._listener.host):
            return await asyncio.start_unix_server(self._attend, self._listener.host)  # where the former lay
        tls = stranger(self._listener.at_home, self._fooled) if as_a_stranger else self._tls
        server = await asyncio.start_server(
            self._attend,
            self._listener.host,
            self.port,
            reuse_address=True,
            ssl=tls,
            ssl_handshake_timeout=CONNECT_WITHIN if tls else None,
            ssl_shutdown_timeout=_FAREWELL if tls else None,
        )
        self.port = server.sockets[0].getsockname()[1]
        return server


CONNECT_WITHIN = 10.0  # seconds
_FAREWELL = 1.0  # seconds that a peer has for its side of TLS's end
