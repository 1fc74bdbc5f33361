"""Clients that log in as somebody: as a device, as another one, as a component, and as one that goes where it may not.

What is refused to one of them may end its connection, as some brokers have it: that is a refusal as good as any.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from harness.driving.not_reached import NotReachedError
from harness.errors import LinkError
from harness.mqtt.client_id import OURS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Link, connect
from harness.protocols.replica.driving.component import Component
from harness.protocols.replica.driving.service_demands import NoLogin
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.topics import ReplicaId
from harness.target import Identity

TRESPASSER = "trespasser"  # the connection of one that tries what it may not


@dataclass(frozen=True)
class Identities:
    """`known`: with their secrets, by the names in the profile. `makes`: a client of a connection's name."""

    endpoint: Endpoint
    profile: ServiceProfile
    known: Mapping[str, Identity]
    makes: Callable[[str, Link], Component]

    def replica_of(self, name: str) -> ReplicaId:
        """The replica of the device that logs in so."""
        return ReplicaId(self.profile.logins[name].id)

    def token_of(self, name: str) -> str:
        """The token that it has for REST. Raises NoLogin where the place is empty at which it should stand."""
        known = self.known.get(name)
        if known is None or known.token is None:
            raise NoLogin(name, f"nothing stands where [service.logins.{name}] says that its token is")
        return known.token

    @asynccontextmanager
    async def become(self, name: str) -> AsyncIterator[Component]:
        """As long as the block lasts. Raises NoLogin where nobody can come so, and NotReachedError where it ends early.

        Neither is a loss of our own link: what has no need of that client goes on.
        """
        is_in = False
        try:
            async with self._joined(name, f"as-{name}") as client:
                is_in = True
                yield client
        except ExceptionGroup as group:
            raise _ending(name, group.exceptions[0]) from None
        except LinkError as lost:
            raise (_ending(name, lost) if is_in else NoLogin(name, str(lost))) from None

    async def trespass(self, name: str, tries: Callable[[Component], Awaitable[None]]) -> None:
        """On a connection of its own, as that client, try it."""
        try:
            async with self._joined(name, TRESPASSER) as client:
                await tries(client)
        except* LinkError:
            pass

    async def eavesdrop(self, name: str, of: ReplicaId, meanwhile: Callable[[], Awaitable[None]]) -> None:
        """As that client, hear what is said of a replica that is another's, as far as it is let, while that goes on."""
        is_there = asyncio.Event()

        async def hear() -> None:
            async def listen(client: Component) -> None:
                await client.hears(of=of)
                is_there.set()
                await asyncio.Event().wait()

            try:
                await self.trespass(name, listen)
            finally:
                is_there.set()

        async with asyncio.TaskGroup() as tasks:
            hearing = tasks.create_task(hear())
            await is_there.wait()
            await meanwhile()
            hearing.cancel()

    @asynccontextmanager
    async def _joined(self, name: str, connection: str) -> AsyncIterator[Component]:
        known = self.known.get(name)
        if known is None or known.login is None:
            raise NoLogin(name, f"nothing stands where [service.logins.{name}] says that its password is")
        endpoint = replace(self.endpoint, login=known.login, client_id=known.client_id)
        async with connect(endpoint, f"{OURS}{connection}-{self.profile.name_on_a_broker}") as link:
            client = self.makes(connection, link)
            client.replica = self.replica_of(name)
            async with client.attending():
                yield client


def _ending(name: str, ended: Exception) -> Exception:
    """A scenario's, whose client lost its connection; any other is as it was."""
    return NotReachedError(f"{name} lost its connection: {ended}") if isinstance(ended, LinkError) else ended
