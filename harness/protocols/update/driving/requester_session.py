"""A stay of a requester opposite an agent, or a device: how scenarios come to one that is there, and at rest."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from harness.driving.counterparts import DriveContext, SubjectSession
from harness.driving.leaving import carried_out, is_interrupted
from harness.driving.not_reached import NotReachedError
from harness.driving.playing.contact_attempts import ContactAttempts
from harness.driving.playing.provoking import ProvokedDevice
from harness.driving.scenario import Hands, Scenario
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.errors import LinkError
from harness.protocols.update.driving.component_choice import ComponentChoice
from harness.protocols.update.driving.requester import Requester
from harness.text import printable

FIRST_WORD = 30.0  # seconds that an agent, or a device, may take to be heard at all
_TRIES = 2  # to bring it to rest


@dataclass(frozen=True, slots=True)
class Endings:
    """The ways in which a counterpart has the latest desired state end.

    `carry_through`: from its beginning on, with all that it asks for; `clear_away`: wherever it is.
    """

    carry_through: Callable[[], Awaitable[None]]
    clear_away: Callable[[], Awaitable[None]]


class RequesterSession(SubjectSession):
    """One stay on the broker. `under_test`: what stands opposite, in the word by which scenarios ask for it."""

    def __init__(self, context: DriveContext, requester: Requester, endings: Endings, under_test: str) -> None:
        self._context, self._requester, self._endings, self._under_test = context, requester, endings, under_test
        self._provoked: ProvokedDevice | None = None

    async def meet(self) -> str | None:
        """First contact: it is asked, or started, or cut off, until it says anything."""
        context, requester = self._context, self._requester
        attempts = ContactAttempts(context.running.provoker, context.recorder, context.link)
        for bring_about in (self._ask, attempts.restart, attempts.cut_off):
            if await bring_about() and await requester.goes_on(
                lambda: requester.heard > 0, f"the {self._under_test} says anything", FIRST_WORD
            ):
                return self._spoken_otherwise()
        return f"the {self._under_test} said nothing within {FIRST_WORD:g} s"

    async def rest(self, scenario: Scenario) -> str | None:
        """No desired state is under way, and every component has its first version, as far as that can be had."""
        del scenario
        for _ in range(_TRIES):
            if await self._is_at_rest():
                break
        return None if self._requester.progress.statuses else self._requester.why_not_whole

    async def leave(self, retained: RetainedConfig) -> None:
        """Every component has the version again that it had at first contact, and nothing of ours is retained.

        As far as that can be had; the operator is told where it cannot. It is taken to its end, after Ctrl-C too,
        unless one more comes.
        """
        await carried_out(self._put_back(retained, is_hurried=is_interrupted()))

    async def _put_back(self, retained: RetainedConfig, *, is_hurried: bool) -> None:
        requester = self._requester
        try:
            if requester.has_desired:
                if is_hurried:
                    await requester.asks("leave")  # a link that was lost says so now
                    self._context.progress.tell(
                        f"the {self._under_test} is brought back to what it was; Ctrl-C again leaves it as it is"
                    )
                await self._put_versions_back()
        finally:
            await requester.puts_back(retained)

    async def _put_versions_back(self) -> None:
        requester = self._requester
        if not requester.progress.is_over:
            with suppress(NotReachedError):
                await self._endings.clear_away()
        if await requester.knows_whether_it_is_as_found() or requester.why_not_whole:
            return
        with suppress(NotReachedError):
            await requester.desires_what_was_found()
            await self._endings.carry_through()
        if not await requester.knows_whether_it_is_as_found() and (told := requester.otherwise_than_found):
            self._context.progress.tell(f"the {self._under_test} is left otherwise than it was found: {told}")

    def hands(self, scenario: Scenario) -> Hands:
        """The requester, what is under test, and what the scenario demands of its profile."""
        context, choice = self._context, ComponentChoice(self._requester.profile)
        self._provoked = ProvokedDevice(context.running.provoker, context.recorder, context.link, scenario)
        demanded = {name: ask(choice) for name, ask in scenario.demands.items()}
        return {self._requester.connection: self._requester, self._under_test: self._provoked, **demanded}

    async def undo(self, *, is_interrupted: bool) -> None:
        """Nothing stays wrong."""
        del is_interrupted
        if self._provoked:
            await self._provoked.undo()

    async def _is_at_rest(self) -> bool:
        """Whether it was before; where not, one attempt is made to bring it there."""
        requester = self._requester
        try:
            if requester.progress.statuses and not requester.progress.is_over:
                with suppress(NotReachedError):  # one that answers nothing then may still take what is desired next
                    await self._endings.clear_away()
            await requester.asks_and_waits("rest")
            amiss = requester.otherwise_than_at_rest
            if not amiss:
                return True
            if requester.why_not_whole:
                return False
            if not requester.has_desired:
                told = ", ".join(f"{name} from {before or 'nothing'} to {after}" for name, before, after in amiss)
                self._context.progress.tell(f"brought to the first versions of the profile: {printable(told)}")
            await requester.desires({}, "rest")
            await self._endings.carry_through()
        except NotReachedError:
            return False
        return False

    def _spoken_otherwise(self) -> str | None:
        """Why it makes no sense to go on: messages have the other form. It is said once, and accuses nobody."""
        requester = self._requester
        if not requester.is_otherwise:
            return None
        said = "have no envelope" if requester.profile.envelope else "have an envelope"
        wanted = str(not requester.profile.envelope).lower()
        return f"the {self._under_test}'s messages {said}: the profile needs the line envelope = {wanted}"

    async def _ask(self) -> bool:
        await self._requester.asks("first contact")
        return True


@asynccontextmanager
async def left_at_the_end(session: RequesterSession, retained: RetainedConfig) -> AsyncIterator[None]:
    """Leave is taken behind the block, after Ctrl-C too; where the link was lost, there is nobody to take it of."""
    try:
        yield
    except LinkError:
        raise
    except BaseException:
        with suppress(LinkError):
            await session.leave(retained)
        raise
    else:
        await session.leave(retained)
