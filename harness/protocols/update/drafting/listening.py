"""Asks for current states on a broker, for the draft of a profile. At the edge; decides nothing."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

from harness.broker.embedded import embedded_broker
from harness.clock import utc
from harness.driving.shared_broker.claim import Claim
from harness.errors import HarnessError, LinkError, first_of
from harness.mqtt.client_id import OURS
from harness.mqtt.link import Link, connect
from harness.protocols.update.drafting.shown_state import MANAGERS, ShownStates, shown_in
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.topics import MessageKind, every_domain, topic_of
from harness.record.kinds import Received
from harness.target import HostServices, RunningTarget, Target

_MOST = 2_000  # messages that are kept
_MOST_ASKED = 50  # domains that are asked


@dataclass
class StateListening:
    """`seconds`: how long. `is_silent`: send nothing at all. `takes_over`: a run that has the device now is to end."""

    target: Target
    seconds: float
    tell: Callable[[str], None]
    is_silent: bool = False
    takes_over: bool = False
    _heard: list[Received] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)

    async def hear(self) -> ShownStates:
        """All that is shown. Raises HarnessError where the broker lets us down, or nothing is."""
        trouble: HarnessError | None = None
        try:
            async with AsyncExitStack() as stack:
                running = await stack.enter_async_context(
                    self.target.open(HostServices(embedded_broker, _nobody, self.tell))
                )
                if running.is_shared and not self.is_silent:
                    claim = Claim(running.endpoint, self.target.profile, self.tell, self.takes_over)
                    await stack.enter_async_context(claim.held())
                await self._listen(running)
        except* HarnessError as group:
            trouble = first_of(group)
        if trouble:
            raise trouble
        found = shown_in(self._heard)
        if not found.states:
            raise LinkError(self.target.name, self._why_none(found))
        return found

    async def _listen(self, running: RunningTarget) -> None:
        filters = every_domain(MessageKind.CURRENT_STATE)
        self.tell(f"listening at {filters} for {self.seconds:g} s")
        async with connect(running.endpoint, f"{OURS}profile-{self.target.profile.name_on_a_broker}") as link:
            await link.subscribe(filters)
            await self._ask(link, topic_of(MANAGERS, MessageKind.CURRENT_STATE))
            with suppress(TimeoutError):
                async with asyncio.timeout(self.seconds):
                    async for heard in link.deliveries():
                        if len(self._heard) < _MOST:
                            self._heard.append(Received(heard.time, heard.topic, heard.payload, heard.retain))
                        await self._ask(link, heard.topic)

    async def _ask(self, link: Link, topic: str) -> None:
        """The one that speaks at a topic is asked once: what lies there may be of long ago."""
        if not self.is_silent and topic not in self._asked and len(self._asked) < _MOST_ASKED:
            self._asked.add(topic)
            question = encoded(None, activity=f"{OURS}profile", now=utc(), enveloped=True)
            await link.publish(f"{topic}/get", question)

    def _why_none(self, found: ShownStates) -> str:
        if found.unread:
            return f"what came at {found.unread[0]} within {self.seconds:g} s is no current state"
        nothing = f"there was nothing within {self.seconds:g} s at {every_domain(MessageKind.CURRENT_STATE)}"
        mend = "restart it meanwhile, as it shows its current state when it connects, and give it --seconds 60"
        return f"{nothing}; is it connected to this broker? If so, {mend}"


async def _nobody(_question: str) -> bool:
    """Nothing is provoked, so there is nothing to ask."""
    return False
