"""One run at a time: a run claims a device on a foreign broker by a retained message, which goes with the run.

The claim lies at `setpoint/runs/NAME`, by the name that the device has on a broker, and says who tests it since when.
The last will of a session of its own clears it if this process dies. What a broker says first is first for everybody,
so of two runs that start together one wins.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from harness.clock import utc
from harness.driving.shared_broker.owner import RUNS, owner, who
from harness.errors import LinkError, UsageError
from harness.mqtt.client_id import OURS
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, Link, connect
from harness.mqtt.packets import Will
from harness.payload.fields import read_object
from harness.payload.timestamps import rfc3339
from harness.target.declared import Declared

PATIENCE = 2.0  # seconds in which a broker that lets us claim has sent the claim back to us
GIVES_WAY = 5.0  # seconds that the run which is taken over has to leave the broker as it found it


class TakenOverError(LinkError):
    """Another run has the device now; this one has taken its leave."""


@dataclass
class Claim:
    """`tell`: says a line to the operator. `takes_over`: the run that has the device now is to leave it to us."""

    endpoint: Endpoint
    profile: Declared
    tell: Callable[[str], None]
    takes_over: bool = False
    is_certain: bool = True
    _lost_to: str | None = None
    _left: bytes = b""  # what is to lie there afterwards

    def __post_init__(self) -> None:
        self._id = f"{OURS}run-{secrets.token_hex(8)}"
        said = {"who": who(), "since": rfc3339(round(utc())), "run": self._id, "takes_over": self.takes_over}
        self._word = json.dumps(said).encode()

    @property
    def topic(self) -> str:
        """The topic of the claim."""
        return f"{RUNS}{self.profile.name_on_a_broker}"

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Hold the claim as long as the block lasts. Raises UsageError where another run has the device, LinkError.

        Where the broker lets us claim nothing, the block goes on, and the claim is not `is_certain`.
        """
        holder = asyncio.current_task()
        assert holder is not None  # noqa: S101 - a coroutine that runs has one
        settled = asyncio.Event()
        hold = asyncio.create_task(self._hold(settled, holder))
        hold.add_done_callback(lambda _: settled.set())
        try:
            await settled.wait()
            if hold.done():
                await hold
            yield
        except asyncio.CancelledError:
            if self._lost_to is None:
                raise
            raise TakenOverError(self.endpoint, f"{self._lost_to} has taken {self.profile.id} over") from None
        finally:
            hold.cancel()
            await asyncio.gather(hold, return_exceptions=True)

    def tell_doubt(self) -> None:
        """Say what cannot be known, if it cannot: once a broker has let us in, that is news."""
        if not self.is_certain:
            self.tell(
                f"this broker lets us claim nothing at {self.topic}, so nobody can tell whether another run tests "
                f"{self.profile.id} at the same time: see to it that none does"
            )

    async def _hold(self, settled: asyncio.Event, holder: "asyncio.Task[object]") -> None:
        """Claim, and hold it until cancelled; or until the link is lost, by which the claim is gone as well."""
        is_ours = False
        if self.endpoint.client_id is None:  # else the broker has a word in that, and may take one session alone
            with suppress(LinkError):
                async with connect(
                    self.endpoint, self._id, ConnectOptions(will=Will(self.topic, 1, retain=True))
                ) as link:
                    await link.subscribe(self.topic)
                    is_ours = await self._is_ours(link, link.deliveries(), settled)
        if self._lost_to:
            holder.cancel()
        self.is_certain = is_ours or settled.is_set()

    async def _is_ours(self, link: Link, deliveries: AsyncIterator[Delivery], settled: asyncio.Event) -> bool:
        """Whether the device could be claimed; if so, it returns when another run takes the device over."""
        try:
            await link.publish(self.topic, self._word, retain=True)
            try:
                async with asyncio.timeout(PATIENCE):
                    before = await self._said_before(deliveries)
            except TimeoutError:
                return False
            if before and not settled.is_set():
                await self._come_after(before)
            settled.set()
            await self._watch(link, deliveries)
        finally:  # a session that ends in order has no last will
            if self._lost_to is None:
                await link.publish(self.topic, self._left, retain=True)
        return True

    async def _said_before(self, deliveries: AsyncIterator[Delivery]) -> bytes:
        """The claim that lay there when ours came, as the broker tells it to everybody in the same order."""
        before = b""
        async for heard in deliveries:
            if heard.payload == self._word:
                break
            before = heard.payload
        return before

    async def _come_after(self, before: bytes) -> None:
        """Have the one before leave, or else leave it what it has. Raises UsageError."""
        if self.takes_over:
            self.tell(f"taking {self.profile.id} over from {owner(before)}, which has {GIVES_WAY:g} s to leave")
            await asyncio.sleep(GIVES_WAY)
            return
        self._left = before
        raise UsageError(
            f"{owner(before)} tests {self.profile.id} on {self.endpoint}: two at once would spoil each other's "
            "verdicts, and what lay on the broker would be lost. Wait until it is done; or give --take-over, and it "
            "ends"
        )

    async def _watch(self, link: Link, deliveries: AsyncIterator[Delivery]) -> None:
        """Wait until another run takes the device over. Where the run before clears its claim, ours is sent again."""
        async for heard in deliveries:
            if not heard.payload:
                await link.publish(self.topic, self._word, retain=True)
            elif heard.payload != self._word and read_object(heard.payload, []).flag("takes_over") is True:
                self._lost_to = owner(heard.payload)
                return
