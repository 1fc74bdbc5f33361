"""A stay of backend, agents and owner opposite a device."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from harness.driving.counterparts import DriveContext, SubjectSession
from harness.driving.leaving import carried_out
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.errors import LinkError
from harness.mqtt.link import Link, connect
from harness.protocols.update.driving.device.agents import Agents
from harness.protocols.update.driving.device.backend import Backend
from harness.protocols.update.driving.heard_filters import heard_filters
from harness.protocols.update.driving.knowledge import UpdateKnowledge
from harness.protocols.update.driving.requester import Links
from harness.protocols.update.driving.requester_session import Endings, RequesterSession, left_at_the_end
from harness.protocols.update.profile import Role, update_profile


class UpdateDeviceSession(SubjectSession):
    """A backend's stay, with agents and an owner beside it."""

    def __init__(self, requesting: RequesterSession, agents: Agents) -> None:
        self._requesting, self._agents = requesting, agents

    async def meet(self) -> str | None:
        """First contact, once the agents have shown themselves."""
        await self._agents.show_themselves()
        return await self._requesting.meet()

    async def rest(self, scenario: Scenario) -> str | None:
        """Nothing is wrong with the agents, and the device is at rest."""
        await self._agents.recover()
        return await self._requesting.rest(scenario)

    def hands(self, scenario: Scenario) -> Hands:
        """Backend, agents, the device, and what the scenario demands of its profile."""
        return {"agents": self._agents, **self._requesting.hands(scenario)}

    async def undo(self, *, is_interrupted: bool) -> None:
        """Nothing stays wrong."""
        self._agents.stop()
        await self._agents.recover()
        await self._requesting.undo(is_interrupted=is_interrupted)


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
            endings = Endings(backend.until_ended, backend.until_ended)
            requesting = RequesterSession(context, backend, endings, "device")
            try:
                async with left_at_the_end(requesting, retained):
                    yield UpdateDeviceSession(requesting, agents)
            finally:
                with suppress(LinkError):
                    await carried_out(agents.leave(retained.endpoint))
                agents.stop()
                attending.cancel()


async def _attend(link: Link, backend: Backend, agents: Agents) -> None:
    async for heard in link.deliveries():
        if not await agents.hear(heard):
            backend.hear(heard)
