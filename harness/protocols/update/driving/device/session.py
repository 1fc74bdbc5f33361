"""A stay of backend, agents and owner opposite a device: how scenarios come to a device that is there, and at rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from harness.broker.faults import Fault
from harness.clock import utc
from harness.driving.counterparts import DriveContext, SubjectSession
from harness.driving.not_reached import NotReachedError
from harness.driving.playing.provoking import ProvokedDevice
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.errors import LinkError
from harness.mqtt.link import Link, connect
from harness.protocols.update.driving.component_choice import ComponentChoice, base
from harness.protocols.update.driving.device.agents import Agents
from harness.protocols.update.driving.device.backend import Backend
from harness.protocols.update.driving.heard_filters import heard_filters
from harness.protocols.update.driving.knowledge import UpdateKnowledge
from harness.protocols.update.driving.requester import Links
from harness.protocols.update.profile import Role, update_profile
from harness.provocations.provocation import CannotProvoke
from harness.record.kinds import Lacked

FIRST_WORD = 30.0  # seconds that a device may take to be heard at all
_TRIES = 2  # to bring the device to rest


class UpdateDeviceSession(SubjectSession):
    """One stay on the device's broker."""

    def __init__(self, context: DriveContext, backend: Backend, agents: Agents) -> None:
        self._context, self._backend, self._agents = context, backend, agents
        self._device: ProvokedDevice | None = None

    async def meet(self) -> str | None:
        """First contact: the device is asked, or started, or cut off, until it says anything."""
        backend = self._backend
        await self._agents.show_themselves()
        for bring_about in (self._ask, self._restart, self._cut_off):
            if await bring_about() and await backend.goes_on(
                lambda: backend.heard > 0, "the device says anything", FIRST_WORD
            ):
                return self._spoken_otherwise()
        return f"the device said nothing within {FIRST_WORD:g} s"

    async def rest(self, scenario: Scenario) -> str | None:
        """No desired state is under way, and every component has its first version, as far as the device does it."""
        del scenario
        await self._agents.recover()
        for _ in range(_TRIES):
            if await self._is_at_rest():
                break
        return None if self._backend.progress.statuses else self._backend.why_not_whole

    async def leave(self) -> None:
        """Every component has the version again that it had at first contact, as far as the device does it."""
        backend = self._backend
        if not backend.is_as_found:
            with suppress(NotReachedError):
                await backend.desires_what_was_found()
                await backend.until_ended()

    def hands(self, scenario: Scenario) -> Hands:
        """Backend, agents, the device, and what the scenario demands of its profile."""
        context, choice = self._context, ComponentChoice(self._backend.profile)
        self._device = ProvokedDevice(context.running.provoker, context.recorder, context.link, scenario)
        demanded = {name: ask(choice) for name, ask in scenario.demands.items()}
        return {"backend": self._backend, "agents": self._agents, "device": self._device, **demanded}

    async def undo(self, *, is_interrupted: bool) -> None:
        """Nothing stays wrong."""
        del is_interrupted
        self._agents.stop()
        await self._agents.recover()
        if self._device:
            await self._device.undo()

    async def _is_at_rest(self) -> bool:
        """Whether it was before; where not, one attempt is made to bring it there."""
        backend = self._backend
        try:
            if backend.progress.statuses and not backend.progress.is_over:
                await backend.until_ended()
            await backend.asks_and_waits("rest")
            wanted = {one.id: base(one) for one in backend.profile.components}
            if all(backend.versions.get(name) == version for name, version in wanted.items()):
                return True
            if backend.why_not_whole:
                return False
            await backend.desires({}, "rest")
            await backend.until_ended()
        except NotReachedError:
            return False
        return False

    def _spoken_otherwise(self) -> str | None:
        """Why it makes no sense to go on: messages have the other form. It is said once, and accuses nobody."""
        if not self._backend.is_otherwise:
            return None
        said = "have no envelope" if self._backend.profile.envelope else "have an envelope"
        wanted = str(not self._backend.profile.envelope).lower()
        return f"the device's messages {said}: the profile needs the line envelope = {wanted}"

    async def _ask(self) -> bool:
        await self._backend.asks("first contact")
        return True

    async def _restart(self) -> bool:
        try:
            await ProvokedDevice(self._context.running.provoker, self._context.recorder).restarts("first contact")
        except CannotProvoke as lack:
            self._context.recorder.append(Lacked(utc(), "first contact", str(lack), provocation=True))
            return False
        return True

    async def _cut_off(self) -> bool:
        if self._context.link is None:
            return False
        await self._context.link.suffers(Fault.DROP, "first contact")
        return True


class UpdateDeviceCounterparts:
    """Backend, agents and owner. What the backend knows outlasts a lost link."""

    def __init__(self, context: DriveContext) -> None:
        self._context = context
        self._known = UpdateKnowledge(update_profile(context.profile, Role.DEVICE))

    @asynccontextmanager
    async def session(self, retained: RetainedConfig) -> AsyncIterator[UpdateDeviceSession]:
        """As long as the block lasts. Raises LinkError."""
        context, profile = self._context, self._known.profile
        retained.is_put_back = True
        async with connect(retained.endpoint, retained.client_id) as link, asyncio.TaskGroup() as tasks:
            backend = Backend(Links(link, retained.endpoint), self._known, context.recorder, context.progress)
            agents = Agents(link, profile, context.recorder)
            await link.subscribe(*heard_filters(profile), *agents.filters)
            attending = tasks.create_task(_attend(link, backend, agents))
            try:
                session = UpdateDeviceSession(context, backend, agents)
                yield session
                await session.leave()
                await backend.puts_back(retained)
            finally:
                with suppress(LinkError):
                    await agents.leave()
                agents.stop()
                attending.cancel()


async def _attend(link: Link, backend: Backend, agents: Agents) -> None:
    async for heard in link.deliveries():
        if not await agents.hear(heard):
            backend.hear(heard)
