"""The counterpart of an echoing device: a caller, which calls and listens and never judges."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from echo_protocol.profile import EchoProfile, echo_profile
from harness.driving.counterparts import DriveContext, SubjectSession
from harness.driving.not_reached import NotReachedError
from harness.driving.playing.played_side import PlayedSide
from harness.driving.progress import Progress
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.mqtt.link import Link, connect
from harness.record.trace import Recorder

CALLER = "caller"  # what records call its connection
FIRST_WORD = 10.0  # seconds that a device may take to be heard at all


class Caller(PlayedSide):
    """Every call is recorded before it leaves, every answer when it comes."""

    def __init__(self, link: Link, profile: EchoProfile, recorder: Recorder, progress: Progress) -> None:
        super().__init__(link, CALLER, recorder, progress)
        self._profile, self._is_answered = profile, False

    async def call(self, words: str, label: str) -> None:
        """Call the device. Raises LinkError."""
        self._is_answered = False
        await self.publish(self._profile.inbox, words.encode(), label)

    async def until_answered(self, *, at_most: float) -> None:
        """Until something comes back; the scenario ends here if nothing does."""
        await self.until(lambda: self._is_answered, "an answer comes", at_most)

    async def attend(self) -> None:
        """Write down whatever the device says, until cancelled."""
        async for heard in self._link.deliveries():
            self.note(heard)
            self._is_answered |= heard.topic == self._profile.answer
            self.has_news()


class CallerSession(SubjectSession):
    """One stay of the caller on the device's broker."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def meet(self) -> str | None:
        """One call: why it makes no sense to go on, where nothing comes back."""
        await self._caller.call("anybody there?", "first contact")
        try:
            await self._caller.until_answered(at_most=FIRST_WORD)
        except NotReachedError:
            return f"the device answered nothing within {FIRST_WORD:g} s"
        return None

    def hands(self, _scenario: Scenario) -> Hands:
        """A scenario may ask for `caller`."""
        return {"caller": self._caller}


class EchoCounterparts:
    """The caller. It retains nothing, so it has nothing to put back."""

    def __init__(self, context: DriveContext) -> None:
        self._context = context

    @asynccontextmanager
    async def session(self, retained_config: RetainedConfig) -> AsyncIterator[CallerSession]:
        """As long as the block lasts. Raises LinkError."""
        retained_config.is_put_back = True
        context, profile = self._context, echo_profile(self._context.profile)
        async with connect(retained_config.endpoint, retained_config.client_id) as link, asyncio.TaskGroup() as tasks:
            caller = Caller(link, profile, context.recorder, context.progress)
            await link.subscribe(*profile.outboxes)
            attending = tasks.create_task(caller.attend())
            yield CallerSession(caller)
            attending.cancel()
