"""A whole replica service within a test: its broker and REST on free ports, in this process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientSession

from harness.broker.listener import Listener
from harness.mqtt.endpoint import Endpoint, Login
from harness.protocols.replica.words.topics import Scheme
from simulator.replica import app
from simulator.replica.access import Access
from simulator.replica.durable_service import OpenStore
from simulator.replica.store import open_store
from simulator.standalone.address import Address


@dataclass
class Running:
    """The address of the service. `said`: its lines."""

    said: list[str] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """The URL of its HTTP side."""
        return self._told("REST: ")

    @property
    def broker(self) -> Endpoint:
        """The address of its broker."""
        host, _, port = self._told("on the broker at mqtt://").rpartition(":")
        return Endpoint(host, int(port))

    def broker_for(self, user: str, password: str) -> Endpoint:
        """The same, with a login."""
        return Endpoint(self.broker.host, self.broker.port, Login(user, password))

    async def asked(
        self, method: str, path: str, body: bytes = b"", token: str = "", **headers: str
    ) -> tuple[int, dict[str, object]]:
        """The status and the body of a request over HTTP."""
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        async with (
            ClientSession() as session,
            session.request(method, self.rest + path, data=body, headers={**headers, **bearer}) as answer,
        ):
            content = await answer.json()
            assert isinstance(content, dict)
            return answer.status, content

    def _told(self, beginning: str) -> str:
        [line] = [line for line in self.said if line.startswith(beginning)]
        return line.removeprefix(beginning)


@asynccontextmanager
async def running(
    folder: Path,
    scheme: Scheme = Scheme.SEED,
    *,
    access: Access | None = None,
    broker: Endpoint | Listener | None = None,
    opens: Callable[[Path], AbstractContextManager[OpenStore]] = open_store,
    ca: Path | None = None,
) -> AsyncIterator[Running]:
    """A service as long as the block lasts. `broker`: one elsewhere, or the listener of its own."""
    service, up, over = Running(), asyncio.Event(), asyncio.Event()

    def announce(line: str) -> None:
        service.said.append(line)
        if line.startswith("on the broker"):
            up.set()

    granted = access or Access()
    where = broker or Listener(accounts=granted.accounts(scheme))
    asked = app.ReplicaApp(scheme, folder / "replica.db", where, Address("127.0.0.1", 0), granted, ca, opens)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(app.run(asked, over, announce))
        await up.wait()
        yield service
        over.set()
