"""All that `setpoint replica` was asked for, up and running until it is over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint
from harness.protocols.replica.words.topics import Scheme
from harness.web_server import served
from simulator.replica.durable_service import DurableService, OpenStore
from simulator.replica.mqtt_face import MqttFace
from simulator.replica.rest_face import LARGEST_BODY, RestFace
from simulator.replica.service import ReplicaService
from simulator.replica.store import open_store
from simulator.standalone.address import Address
from simulator.standalone.guard import guard


@dataclass(frozen=True, slots=True)
class ReplicaApp:
    """The services to run, and their addresses. `broker`: an endpoint elsewhere, or the address of one of ours.

    `opens`: makes the store of a file, as long as its block lasts.
    """

    scheme: Scheme
    store: Path
    broker: Endpoint | Listener
    http: Address | None
    token: str | None = None
    opens: Callable[[Path], AbstractContextManager[OpenStore]] = open_store


async def run(app: ReplicaApp, over: asyncio.Event, announce: Callable[[str], None]) -> None:
    """Until `over` is set. Raises LinkError, UsageError."""
    async with AsyncExitStack() as stack:
        store = stack.enter_context(app.opens(app.store))
        announce(f"store: {app.store.resolve()}")
        machine = ReplicaService(app.scheme, documents=store.documents())
        service = DurableService(machine, store)
        endpoint = app.broker
        if isinstance(endpoint, Listener):
            endpoint = await stack.enter_async_context(embedded_broker(endpoint))
        mqtt = MqttFace(machine, service, endpoint)
        if app.http:
            url = await stack.enter_async_context(_served(RestFace(machine, service, mqtt), app.http, app.token))
            announce(f"REST: {url}")
        async with asyncio.TaskGroup() as tasks:
            lives = [tasks.create_task(service.live()), tasks.create_task(mqtt.live(announce))]
            await over.wait()
            for life in lives:
                life.cancel()


@asynccontextmanager
async def _served(face: RestFace, address: Address, token: str | None) -> AsyncIterator[str]:
    """As long as the block lasts; yields the URL. Raises UsageError where it cannot listen."""
    server = web.Application(middlewares=[guard(address, token)], client_max_size=LARGEST_BODY)
    server.add_routes(face.routes)
    async with AsyncExitStack() as stack:
        try:
            port = await stack.enter_async_context(served(server, address.host, address.port))
        except OSError as error:
            raise UsageError(f"--http {address}: cannot listen there: {error.strerror or error}") from error
        yield f"http://{Address(address.host, port)}"
