"""A stay of the update manager opposite an agent: how scenarios come to an agent that is there, and at rest."""

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
from harness.mqtt.link import connect
from harness.protocols.update.driving.agent.manager import TO_THE_END, Manager
from harness.protocols.update.driving.component_choice import ComponentChoice, base
from harness.protocols.update.driving.heard_filters import heard_filters
from harness.protocols.update.driving.knowledge import UpdateKnowledge
from harness.protocols.update.driving.requester import Links
from harness.protocols.update.profile import Role, update_profile
from harness.protocols.update.words.status import PhaseCommand
from harness.provocations.provocation import CannotProvoke
from harness.record.kinds import Lacked
from harness.record.trace import Recorder

FIRST_WORD = 30.0  # seconds that an agent may take to be heard at all
_TRIES = 2  # to bring the agent to rest


class AgentSession(SubjectSession):
    """One stay of the manager on the agent's broker."""

    def __init__(self, context: DriveContext, manager: Manager) -> None:
        self._context, self._manager = context, manager
        self._agent: ProvokedDevice | None = None

    async def meet(self) -> str | None:
        """First contact: the agent is asked, or started, or cut off, until it says anything."""
        manager = self._manager
        for bring_about in (self._ask, self._restart, self._cut_off):
            if await bring_about() and await manager.goes_on(
                lambda: manager.heard > 0, "the agent says anything", FIRST_WORD
            ):
                return self._spoken_otherwise()
        return f"the agent said nothing within {FIRST_WORD:g} s"

    async def rest(self, scenario: Scenario) -> str | None:
        """No desired state is under way, and every component has its first version, as far as the agent does it."""
        del scenario
        for _ in range(_TRIES):
            if await self._is_at_rest():
                break
        return None if self._manager.progress.statuses else self._manager.why_not_whole

    async def leave(self) -> None:
        """Every component has the version again that it had at first contact, as far as the agent does it."""
        manager = self._manager
        if not manager.is_as_found:
            with suppress(NotReachedError):
                await manager.desires_what_was_found()
                await manager.until_identified()
                await manager.commands_through(*TO_THE_END)

    def hands(self, scenario: Scenario) -> Hands:
        """The manager, the agent, and what the scenario demands of its profile."""
        context, choice = self._context, ComponentChoice(self._manager.profile)
        self._agent = ProvokedDevice(context.running.provoker, context.recorder, context.link, scenario)
        demanded = {name: ask(choice) for name, ask in scenario.demands.items()}
        return {"manager": self._manager, "agent": self._agent, **demanded}

    async def undo(self, *, is_interrupted: bool) -> None:
        """Nothing stays wrong."""
        del is_interrupted
        if self._agent:
            await self._agent.undo()

    async def _is_at_rest(self) -> bool:
        """Whether it was before; where not, one attempt is made to bring it there."""
        manager = self._manager
        try:
            if manager.progress.statuses and not manager.progress.is_over:
                await manager.commands_and_waits(PhaseCommand.CLEANUP, "rest")
            await manager.asks_and_waits("rest")
            wanted = {one.id: base(one) for one in manager.profile.components}
            if all(manager.versions.get(name) == version for name, version in wanted.items()):
                return True
            if manager.why_not_whole:
                return False
            await manager.desires({}, "rest")
            await manager.until_identified()
            await manager.commands_through(*TO_THE_END)
        except NotReachedError:
            return False
        return False

    def _spoken_otherwise(self) -> str | None:
        """Why it makes no sense to go on: messages have the other form. It is said once, and accuses nobody."""
        if not self._manager.is_otherwise:
            return None
        said = "have no envelope" if self._manager.profile.envelope else "have an envelope"
        wanted = str(not self._manager.profile.envelope).lower()
        return f"the agent's messages {said}: the profile needs the line envelope = {wanted}"

    async def _ask(self) -> bool:
        await self._manager.asks("first contact")
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


class AgentCounterparts:
    """The manager. Its knowledge outlasts a lost link."""

    def __init__(self, context: DriveContext) -> None:
        self._context = context
        self._played = UpdateKnowledge(update_profile(context.profile, Role.AGENT))

    @asynccontextmanager
    async def session(self, retained: RetainedConfig) -> AsyncIterator[AgentSession]:
        """As long as the block lasts. Raises LinkError."""
        context = self._context
        retained.is_put_back = True
        async with attended_manager(retained, self._played, context.recorder, context) as manager:
            session = AgentSession(context, manager)
            yield session
            await session.leave()
            await manager.puts_back(retained)


@asynccontextmanager
async def attended_manager(
    retained: RetainedConfig, played: UpdateKnowledge, recorder: Recorder, context: DriveContext
) -> AsyncIterator[Manager]:
    """A manager that hears every domain's feedback, so that what comes at another topic is seen as well."""
    async with connect(retained.endpoint, retained.client_id) as link, asyncio.TaskGroup() as tasks:
        manager = Manager(Links(link, retained.endpoint), played, recorder, context.progress)
        await link.subscribe(*heard_filters(played.profile))
        attending = tasks.create_task(manager.attend())
        try:
            yield manager
        finally:
            attending.cancel()
