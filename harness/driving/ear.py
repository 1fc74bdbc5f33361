"""Hears beside the conversation, on a connection of its own that never speaks."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from harness.errors import LinkError
from harness.record import Received
from harness.wire.client_id import OURS
from harness.wire.endpoint import Endpoint
from harness.wire.link import connect


@asynccontextmanager
async def ear(
    endpoint: Endpoint, filters: Sequence[str], hear: Callable[[Received | None], None]
) -> AsyncIterator[None]:
    """At the first of the filters that the broker grants, until the block ends.

    `hear` is first called with None: from now on all that comes is heard. A link that is lost is told by the other one.
    """
    open_to = asyncio.Event()

    async def listen() -> None:
        for topic_filter in filters:
            with suppress(LinkError):
                async with connect(endpoint, f"{OURS}ear-{secrets.token_hex(4)}") as link:
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
