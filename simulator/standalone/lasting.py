"""A link that comes back: what cannot be sent is dropped, as the device says its state anew once it can.

It never holds the machine up: sending waits for the broker in a task of its own.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from harness.clock import utc
from harness.errors import HarnessError
from harness.wire.endpoint import Endpoint
from harness.wire.link import Delivery, Link, connect
from simulator.standalone.gaps import gaps

_STEADY = 30.0  # seconds after which a connection counts as one, and the next gap is short again
_PATIENCE = 6.0  # seconds that a connection which is being made has left at the end: a thread cannot be broken off

Changed = Callable[[bool, str], None]  # whether it is up, and why


class LastingLink:
    """A device's session with its broker, made again whenever it is lost."""

    def __init__(self, endpoint: Endpoint, client_id: str, topic: str, changed: Changed) -> None:
        self._endpoint, self._client_id, self._topic, self._changed = endpoint, client_id, topic, changed
        self._outbox = asyncio.Queue[tuple[str, bytes]]()
        self._inbox = asyncio.Queue[Delivery]()
        self._up = asyncio.Event()
        self._stir = asyncio.Event()  # someone wants the connection to end, or the pause
        self._tried = asyncio.get_running_loop().create_future()
        self._down_until = 0.0
        self._up_since = math.inf
        self._was_up = False
        self._over = False
        self.is_up = False

    async def publish(self, topic: str, payload: bytes) -> None:
        """Send as soon as what came before is sent; nothing while the link is down."""
        if self.is_up:
            self._outbox.put_nowait((topic, payload))

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """Every message of every session."""
        while True:
            yield await self._inbox.get()

    async def rejoin(self) -> None:
        """Go down, and come back at once: what is said next waits for that, for a while."""
        self.drop(0)
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._up.wait()

    def drop(self, seconds: float) -> None:
        """Go down now, and do not come back before so many seconds have passed."""
        self._down_until = utc() + seconds
        self._set_down(f"dropped for {seconds:g} s" if seconds else "dropped")
        self._stir.set()

    async def first_try(self) -> HarnessError | None:
        """What came of the first try to connect."""
        problem: HarnessError | None = await self._tried
        return problem

    @asynccontextmanager
    async def kept(self, *, wait: bool) -> AsyncIterator[None]:
        """Keep it up as long as the block lasts; without `wait`, give up if the first try fails."""
        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(self._keep(wait=wait))
            try:
                yield
            finally:
                self._over = True
                self._stir.set()
                await asyncio.wait([keeping], timeout=_PATIENCE)
                keeping.cancel()

    async def _keep(self, *, wait: bool) -> None:
        waits = gaps()
        while not self._over:
            problem = await self._session()
            if problem and not (wait or self._was_up):
                return
            if utc() - self._up_since >= _STEADY:
                waits = gaps()
            if problem and not self._over:
                pause = next(waits)
                self._set_down(f"{problem}; next try in {pause:g} s")
                await self._rest(pause)
            while not self._over and (seconds := self._down_until - utc()) > 0:
                await self._rest(seconds)

    async def _session(self) -> HarnessError | None:
        """One connection, from beginning to end. What ended it; None if we did."""
        self._up_since = math.inf
        try:
            async with connect(self._endpoint, self._client_id) as link:
                await link.subscribe(self._topic)
                if not self._over and self._down_until <= utc():
                    self._set_up()
                    await self._carry(link)
        except HarnessError as error:
            self._met(error)
            return error
        finally:
            self.is_up = False
        return None

    async def _carry(self, link: Link) -> None:
        """Until the link is lost, or we want no more."""
        tasks = [asyncio.create_task(work) for work in (self._send(link), self._hear(link), self._until_stirred())]
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.is_up = False
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in ended:
            task.result()

    async def _send(self, link: Link) -> None:
        while self.is_up:
            topic, payload = await self._outbox.get()
            await link.publish(topic, payload)

    async def _hear(self, link: Link) -> None:
        async for delivery in link.deliveries():
            self._inbox.put_nowait(delivery)

    async def _until_stirred(self) -> None:
        await self._stir.wait()
        self._stir.clear()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._until_stirred()
        except TimeoutError:
            return

    def _set_up(self) -> None:
        self._outbox = asyncio.Queue()
        self._stir.clear()
        self._up_since = utc()
        self._was_up = self.is_up = True
        self._up.set()
        self._met(None)
        self._changed(True, str(self._endpoint))  # noqa: FBT003 - what a change is about

    def _set_down(self, why: str) -> None:
        self.is_up = False
        self._up.clear()
        self._changed(False, why)  # noqa: FBT003 - likewise

    def _met(self, problem: HarnessError | None) -> None:
        if not self._tried.done():
            self._tried.set_result(problem)
