"""Hears beside the conversation, on a connection of its own that never speaks."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from harness.errors import LinkError
from harness.mqtt.client_id import OURS, beside
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.record.kinds import Received


@asynccontextmanager
async def passive_subscriber(
    endpoint: Endpoint, filters: Sequence[str], hear: Callable[[Received | None], None]
) -> AsyncIterator[None]:
    """At the first of the filters that the broker grants, until the block ends.

    `hear` is first called with None: from now on all that comes is heard. A link that is lost is told by the other one.
    """
    open_to = asyncio.Event()
    ours = replace(endpoint, client_id=beside(endpoint.client_id)) if endpoint.client_id else endpoint

    async def listen() -> None:
        for topic_filter in filters:
            with suppress(LinkError):
                async with connect(ours, f"{OURS}ear-{secrets.token_hex(4)}") as link:
                    await link.subscribe(topic_filter)
                    hear(None)
                    open_to.set()
                    async for delivery in link.deliveries():
                        hear(Received(delivery.time, delivery.topic, delivery.payload, delivery.retain))
            if open_to.is_set():
                return
        open_to.set()

    listening = asyncio.create_task(listen())
    try:
        await open_to.wait()
        yield
    finally:
        listening.cancel()
        await asyncio.wait([listening])
