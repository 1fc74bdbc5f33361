"""A link that comes back. It never holds the machine up: sending waits for the broker in a task of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from harness.clock import utc
from harness.errors import HarnessError, LinkError
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, Link, connect
from harness.mqtt.topic_filter import brings
from simulator.link.backoff import Backoff
from simulator.link.link_rules import DeliveryContext, LinkRules
from simulator.link.outbox import Letter, LinkTopics, Outbox
from simulator.link.passing_message import Observe, PassingMessage, nobody

_PATIENCE = 6.0  # seconds that a farewell may take at the end, and that a rejoin waits for the link
_IN_TIME = 0.8  # of the keep-alive: when a ping is sent

Changed = Callable[[str | None], None]  # why it is down; None: it is up


class ReconnectingLink:
    """A device's session with its broker, made again whenever it is lost. `observe`: is told of all that passes."""

    def __init__(
        self,
        endpoint: Endpoint,
        client_id: str,
        changed: Changed,
        rules: LinkRules,
        topics: LinkTopics,
        *,
        observe: Observe = nobody,
    ) -> None:
        self._endpoint, self._client_id, self._changed, self._rules = endpoint, client_id, changed, rules
        self._topics, self._observe = topics, observe
        self._backoff = Backoff(rules)
        self._outbox = Outbox(self._topics, rules.stored)
        self._filled = asyncio.Event()
        self._inbox = asyncio.Queue[Delivery]()
        self._handed = asyncio.Queue[Delivery]()  # past the broker
        self._asked: tuple[str, ...] = ()  # filters, on this connection
        self._up = asyncio.Event()
        self._stir = asyncio.Event()  # someone wants the connection to end, or the pause
        self._tried = asyncio.get_running_loop().create_future()
        self._down_until = 0.0
        self._over = False
        self._heard = 0  # configs
        self._has_ended = False  # the process, and not only its connection
        self.is_up = False

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int | None = None) -> None:
        """Send as soon as what came before is sent; while the link is down, keep what is to be kept."""
        self._outbox.put(Letter(topic, payload, retain, qos), is_up=self.is_up)
        self._filled.set()

    async def deliveries(self) -> AsyncIterator[Delivery]:
        """Every message of every session that the device heeds."""
        while True:
            yield await self._inbox.get()

    async def rejoin(self) -> None:
        """Go down, and come back at once: what is said next waits for that, for a while."""
        if self._has_ended:
            self._outbox.forget()
        self._has_ended = False
        self.drop(0)
        self._backoff.start_anew()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._up.wait()

    def drop(self, seconds: float) -> None:
        """Go down now, and do not come back before so many seconds have passed."""
        self._down_until = utc() + seconds
        self._set_down(f"dropped for {seconds:g} s" if seconds else "dropped")
        self._stir.set()

    @property
    def filters(self) -> tuple[str, ...]:
        """The topic filters that the device has asked for on this connection; none while the link is down."""
        return self._asked if self.is_up else ()

    def hand(self, topic: str, payload: bytes) -> bool:
        """A message reaches the device as if the broker had brought it, which never sees it.

        False: the broker would not bring it, as the device has not asked for the topic, or the link is down.
        """
        would_come = any(brings(one, topic) for one in self.filters)
        if would_come:
            self._handed.put_nowait(Delivery(utc(), topic, payload, retain=False))
        return would_come

    async def first_try(self) -> HarnessError | None:
        """The outcome of the first try to connect."""
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
        while not self._over:
            problem = await self._session()
            if problem and not (wait or self._backoff.was_up):
                return
            pause = self._backoff.next_try(utc(), failed=problem is not None)
            pause = None if self._has_ended else pause
            if problem and not self._over:
                self._set_down(f"{problem}; {f'next try in {pause:g} s' if pause is not None else 'no more tries'}")
                await self._rest(pause)
            while not self._over and (seconds := self._down_until - utc()) > 0:
                await self._rest(seconds)

    async def _session(self) -> HarnessError | None:
        """One connection, from beginning to end. What ended it; None if we did."""
        try:
            self._asked = ()
            async with connect(self._endpoint, self._client_id, self._rules.connect_options) as link:
                if not self._over and self._down_until <= utc():
                    if not self._rules.subscribes_after:
                        await self._subscribe(link)
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
        self._handed = asyncio.Queue[Delivery]()
        work = [
            self._send(link),
            self._hear(link),
            self._hear_handed(),
            self._ping(link),
            self._leave(),
            self._until_stirred(),
        ]
        if self._rules.subscribes_after:
            work.append(self._subscribe_late(link))
        tasks = [asyncio.create_task(each) for each in work]
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.is_up = False
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in ended:
            task.result()

    async def _subscribe(self, link: Link) -> None:
        if self._rules.subscribes(self._backoff.losses):
            filters = self._rules.filters(self._topics.inbox)
            await link.subscribe(*filters)
            self._asked = filters

    async def _subscribe_late(self, link: Link) -> None:
        await asyncio.sleep(self._rules.subscribes_after)
        await self._subscribe(link)
        await asyncio.Event().wait()

    async def _send(self, link: Link) -> None:
        while True:
            while letter := self._outbox.first:
                self._observe(PassingMessage(utc(), letter.topic, letter.payload, retain=letter.retain, is_sent=True))
                await link.publish(letter.topic, letter.payload, retain=letter.retain, qos=letter.qos)
                self._outbox.arrived(letter)
            self._filled.clear()
            await self._filled.wait()

    async def _hear(self, link: Link) -> None:
        before, after_duplicate = 0, False
        async for delivery in link.deliveries():
            self._acknowledge(link, delivery)
            self._observe(PassingMessage(delivery.time, delivery.topic, delivery.payload, retain=delivery.retain))
            if not self._rules.reads(self._topics.inbox, delivery.topic):  # it may have asked for more
                continue
            after_duplicate = after_duplicate or delivery.packet_id == before != 0
            before = delivery.packet_id
            self._take(delivery, after_duplicate=after_duplicate)

    async def _hear_handed(self) -> None:
        while True:
            delivery = await self._handed.get()
            self._observe(PassingMessage(delivery.time, delivery.topic, delivery.payload, is_handed=True))
            if self._rules.reads(self._topics.inbox, delivery.topic):
                self._take(delivery, after_duplicate=False)

    def _take(self, delivery: Delivery, *, after_duplicate: bool) -> None:
        """Raises LinkError where the process ends of it."""
        if self._rules.ends_at(delivery.payload):
            self._has_ended = True
            raise LinkError(str(self._endpoint), "the process ended")
        up_for = self._backoff.up_for(delivery.time)
        if self._rules.heeds(DeliveryContext(delivery.retain, self._backoff.losses, after_duplicate, up_for)):
            self._inbox.put_nowait(delivery)

    def _acknowledge(self, link: Link, delivery: Delivery) -> None:
        """Acknowledge a message where the client does not do so by itself: after a while, or never."""
        if self._rules.acknowledges_after is None or not delivery.packet_id:
            return
        seconds = self._rules.acknowledges_after(self._heard)
        self._heard += 1
        if seconds is not None:
            asyncio.get_running_loop().call_later(seconds, link.acknowledge, delivery.packet_id)

    async def _ping(self, link: Link) -> None:
        """Once in each keep-alive, whatever else is sent."""
        keep_alive = self._rules.connect_options.keep_alive
        while keep_alive and self._rules.pings:
            await asyncio.sleep(_IN_TIME * keep_alive)
            link.ping()
        await asyncio.Event().wait()

    async def _leave(self) -> None:
        if self._rules.leaves_after is None:
            await asyncio.Event().wait()
        else:
            await asyncio.sleep(self._rules.leaves_after)

    async def _until_stirred(self) -> None:
        await self._stir.wait()
        self._stir.clear()

    async def _rest(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(None if seconds is None else max(0.0, seconds)):
                await self._until_stirred()
        except TimeoutError:
            return

    def _set_up(self) -> None:
        self._outbox.keep_what_lasts()
        self._stir.clear()
        self._backoff.is_up(utc())
        self.is_up = True
        self._up.set()
        self._met(None)
        self._changed(None)

    def _set_down(self, why: str) -> None:
        self.is_up = False
        self._up.clear()
        self._changed(why)

    def _met(self, problem: HarnessError | None) -> None:
        if not self._tried.done():
            self._tried.set_result(problem)
