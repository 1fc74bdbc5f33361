"""All that `setpoint replica` was asked for, up and running until it is over."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from aiohttp import web

from harness.broker.access_control import Account
from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener, ServerTls
from harness.errors import HarnessError, UsageError, first_of
from harness.mqtt.endpoint import Endpoint, Login, Tls
from harness.protocols.replica.words.topics import Scheme
from harness.target.own_identity import own_identity
from harness.web_server import served
from simulator.replica.access import Access
from simulator.replica.durable_service import DurableService, OpenStore
from simulator.replica.mqtt_face import CLIENT_ID, MqttFace
from simulator.replica.rest.admission import admission
from simulator.replica.rest.face import LARGEST_BODY, RestFace
from simulator.replica.service import ReplicaService
from simulator.replica.store import open_store
from simulator.standalone.address import Address


@dataclass(frozen=True, slots=True)
class ReplicaApp:
    """The services to run, and their addresses. `broker`: an endpoint elsewhere, or the address of one of ours.

    `access`: the clients that are let in. `ca`: of the certificate of a broker of ours. `opens`: makes the store of a
    file, as long as its block lasts.
    """

    scheme: Scheme
    store: Path
    broker: Endpoint | Listener
    http: Address | None
    access: Access = field(default_factory=Access)
    ca: Path | None = None
    opens: Callable[[Path], AbstractContextManager[OpenStore]] = open_store


async def run(app: ReplicaApp, over: asyncio.Event, announce: Callable[[str], None]) -> None:
    """Until `over` is set. Raises LinkError, UsageError."""
    trouble: HarnessError | None = None
    try:
        await _run(app, over, announce)
    except* HarnessError as group:
        trouble = first_of(group)
    if trouble:
        raise trouble


async def _run(app: ReplicaApp, over: asyncio.Event, announce: Callable[[str], None]) -> None:
    async with AsyncExitStack() as stack:
        store = stack.enter_context(app.opens(app.store))
        announce(f"store: {app.store.resolve()}")
        machine = ReplicaService(app.scheme, documents=store.documents())
        service = DurableService(machine, store)
        endpoint = app.broker
        if isinstance(endpoint, Listener):
            endpoint = await stack.enter_async_context(_own_broker(endpoint, app, announce))
        mqtt = MqttFace(machine, service, endpoint)
        if app.http:
            url = await stack.enter_async_context(
                _served(RestFace(machine, service, mqtt, has_tokens=app.access.has_tokens), app.http, app.access)
            )
            announce(f"REST: {url}")
        async with asyncio.TaskGroup() as tasks:
            lives = [tasks.create_task(service.live()), tasks.create_task(mqtt.live(announce))]
            await over.wait()
            for life in lives:
                life.cancel()


@asynccontextmanager
async def _own_broker(listener: Listener, app: ReplicaApp, announce: Callable[[str], None]) -> AsyncIterator[Endpoint]:
    """As long as the block lasts; yields where the service finds it, which goes by a name that no client can take."""
    ours = Login(CLIENT_ID, secrets.token_urlsafe())
    accounts = app.access.accounts(app.scheme)
    if accounts:
        listener = replace(listener, accounts=(Account(ours), *accounts), turned_away=_Refusals(announce).tell)
    with _both_sides(listener, app.ca) as (server, client):
        async with embedded_broker(replace(listener, tls=server)) as endpoint:
            yield replace(
                endpoint,
                login=ours if accounts else None,
                tls=client,
                client_id=f"{CLIENT_ID}-{secrets.token_hex(8)}",
            )


@contextmanager
def _both_sides(listener: Listener, ca: Path | None) -> Iterator[tuple[ServerTls | None, Tls | None]]:
    """TLS of our broker, and of the service as its client: with a certificate of its own, if every client needs one."""
    if listener.tls is None or listener.tls.ca is None:
        yield listener.tls, Tls(ca) if listener.tls else None
        return
    with own_identity(listener.tls.ca, CLIENT_ID) as identity:
        yield replace(listener.tls, ca=identity.trusted), Tls(ca, identity.certificate, identity.key)


class _Refusals:
    """Tells each reason once, and no more of them than somebody would read."""

    def __init__(self, announce: Callable[[str], None]) -> None:
        self._announce, self._told = announce, set[str]()

    def tell(self, why: str) -> None:
        """A client was not let in."""
        if why in self._told or len(self._told) == _MOST_REASONS:
            return
        self._told.add(why)
        self._announce(f"a client was refused: {why}")


_MOST_REASONS = 100


@asynccontextmanager
async def _served(face: RestFace, address: Address, access: Access) -> AsyncIterator[str]:
    """As long as the block lasts; yields the URL. Raises UsageError where it cannot listen."""
    server = web.Application(middlewares=[admission(address, access)], client_max_size=LARGEST_BODY)
    server.add_routes(face.routes)
    async with AsyncExitStack() as stack:
        try:
            port = await stack.enter_async_context(served(server, address.host, address.port))
        except OSError as error:
            raise UsageError(f"--http {address}: cannot listen there: {error.strerror or error}") from error
        yield f"http://{Address(address.host, port)}"
