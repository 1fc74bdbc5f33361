"""The counterpart of an echoing device: a caller, which calls and listens and never judges."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from echo_protocol.profile import EchoProfile, echo_profile
from harness.clock import utc
from harness.driving.counterparts import DriveContext, SubjectSession
from harness.driving.not_reached import NotReachedError
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.mqtt.link import Link, connect
from harness.record.kinds import Done, Received, Sent
from harness.record.trace import Recorder

CALLER = "caller"  # what records call its connection
FIRST_WORD = 10.0  # seconds that a device may take to be heard at all


class Caller:
    """Every call is recorded before it leaves, every answer when it comes."""

    def __init__(self, link: Link, profile: EchoProfile, recorder: Recorder) -> None:
        self._link, self._profile, self._recorder = link, profile, recorder
        self._answer, self._heard = profile.answer, asyncio.Event()

    async def call(self, words: str, label: str) -> None:
        """Call the device. Raises LinkError."""
        self._heard.clear()
        place = self._recorder.append(Sent(utc(), self._profile.inbox, words.encode(), label, connection=CALLER))
        await self._link.publish(self._profile.inbox, words.encode())
        self._recorder.append(Done(utc(), place))

    async def listen(self, seconds: float) -> None:
        """Watch for so long."""
        await asyncio.sleep(seconds)

    async def until_answered(self, *, at_most: float) -> None:
        """Until something comes back; the scenario ends here if nothing does."""
        try:
            async with asyncio.timeout(at_most):
                await self._heard.wait()
        except TimeoutError:
            raise NotReachedError(f"waited {at_most:g} s until an answer comes, in vain") from None

    async def attend(self) -> None:
        """Write down whatever the device says, until cancelled."""
        async for heard in self._link.deliveries():
            self._recorder.append(Received(heard.time, heard.topic, heard.payload, heard.retain, CALLER))
            if heard.topic == self._answer:
                self._heard.set()


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
        async with present(retained_config, echo_profile(self._context.profile), self._context.recorder) as caller:
            yield CallerSession(caller)


@asynccontextmanager
async def present(retained_config: RetainedConfig, profile: EchoProfile, recorder: Recorder) -> AsyncIterator[Caller]:
    """A caller on the broker, who hears all that the device says."""
    async with connect(retained_config.endpoint, retained_config.client_id) as link, asyncio.TaskGroup() as tasks:
        caller = Caller(link, profile, recorder)
        await link.subscribe(*profile.outboxes)
        attending = tasks.create_task(caller.attend())
        yield caller
        attending.cancel()
