"""The embedded broker, on a free loopback port."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from amqtt.broker import Broker

from harness.wire.endpoint import Endpoint

_CONFIG = {
    "listeners": {"default": {"type": "tcp", "bind": "127.0.0.1:0"}},
    "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
}
_SHUTDOWN = 5.0  # seconds
logging.getLogger("amqtt").setLevel(logging.ERROR)
logging.getLogger("transitions").setLevel(logging.ERROR)


@asynccontextmanager
async def embedded_broker() -> AsyncIterator[Endpoint]:
    """A broker as long as the block lasts."""
    broker = Broker(_CONFIG)
    await broker.start()
    try:
        # amqtt 0.12 has no public way to ask which port it was given.
        listener = broker._servers["default"].instance  # noqa: SLF001 - see above
        yield Endpoint("127.0.0.1", listener.sockets[0].getsockname()[1])
    finally:
        with suppress(TimeoutError):
            # From Python 3.12 on a server waits for the last connection, and amqtt may have forgotten to close one.
            async with asyncio.timeout(_SHUTDOWN):
                await broker.shutdown()
