"""A stay of the update manager opposite an agent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from harness.driving.counterparts import DriveContext
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.mqtt.link import connect
from harness.protocols.update.driving.agent.manager import Manager
from harness.protocols.update.driving.heard_filters import heard_filters
from harness.protocols.update.driving.knowledge import UpdateKnowledge
from harness.protocols.update.driving.requester import Links
from harness.protocols.update.driving.requester_session import Endings, RequesterSession, left_at_the_end
from harness.protocols.update.profile import Role, update_profile


class AgentCounterparts:
    """The manager. Its knowledge outlasts a lost link."""

    def __init__(self, context: DriveContext) -> None:
        self._context = context
        self._known = UpdateKnowledge(update_profile(context.profile, Role.AGENT))

    @asynccontextmanager
    async def session(self, retained: RetainedConfig) -> AsyncIterator[RequesterSession]:
        """As long as the block lasts; it hears what comes at another domain's topic as well. Raises LinkError."""
        context = self._context
        retained.is_put_back = True
        async with connect(retained.endpoint, retained.client_id) as link, asyncio.TaskGroup() as tasks:
            manager = Manager(Links(link, retained.endpoint), self._known, context.recorder, context.progress)
            await link.subscribe(*heard_filters(self._known.profile))
            attending = tasks.create_task(manager.attend())
            session = RequesterSession(context, manager, Endings(manager.carries_through, manager.cleans_up), "agent")
            try:
                async with left_at_the_end(session, retained):
                    yield session
            finally:
                attending.cancel()
