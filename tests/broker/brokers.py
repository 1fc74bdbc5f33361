"""The brokers under test, each in the time that suits it, and clients that are closed when the check is over."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TypeVar

from harness.broker import Listener
from harness.clock import Clock, new_loop
from harness.mqtt.endpoint import Endpoint, Login
from harness.target import StartBroker
from tests.broker.packets import Message
from tests.broker.raw_client import RawClient

T = TypeVar("T")


class Meeting:
    """The means by which a check acts."""

    def __init__(self, endpoint: Endpoint, stack: AsyncExitStack) -> None:
        self.endpoint, self._stack = endpoint, stack

    async def stranger(self, tls: ssl.SSLContext | None = None, *, acknowledges: bool = True) -> RawClient:
        """A connection on which nothing was said yet."""
        client = await RawClient.open(self.endpoint, tls, acknowledges=acknowledges)
        self._stack.push_async_callback(client.close)
        return client

    async def client(
        self,
        client_id: str,
        *,
        clean: bool = True,
        keep_alive: int = 0,
        will: Message | None = None,
        login: Login | None = None,
        acknowledges: bool = True,
    ) -> RawClient:
        """One that has heard CONNACK."""
        client = await self.stranger(acknowledges=acknowledges)
        await client.connect(client_id, clean=clean, keep_alive=keep_alive, will=will, login=login)
        return client


@dataclass(frozen=True)
class BrokerUnderTest:
    """A broker, and its time."""

    start: StartBroker
    clock: Clock

    def run(self, check: Callable[[Meeting], Awaitable[T]], listener: Listener | None = None) -> T:
        """The result that the check brings home."""

        async def main() -> T:
            async with self.start(listener or Listener()) as endpoint, AsyncExitStack() as stack:
                return await check(Meeting(endpoint, stack))

        with asyncio.Runner(loop_factory=lambda: new_loop(self.clock)) as runner:
            return runner.run(main())
