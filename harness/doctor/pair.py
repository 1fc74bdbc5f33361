"""Whether a broker keeps two sessions of ours apart, as they go by two ids. At the edge; decides nothing.

One that takes the login for the client id does not: it ends the first as soon as the second is there.
"""

import asyncio
from contextlib import suppress
from dataclasses import replace

from harness.errors import LinkError
from harness.mqtt.client_id import beside
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Link, connect

_A_MOMENT = 1.0  # seconds within which the end of the first is heard of


async def are_kept_apart(endpoint: Endpoint, client_id: str) -> bool | None:
    """None: it cannot be told, as the broker lets in no second one, or the first was lost before."""
    other = replace(endpoint, client_id=beside(endpoint.client_id or client_id))
    try:
        async with connect(endpoint, client_id) as first:
            ended = asyncio.create_task(_until_ended(first))
            try:
                async with connect(other, client_id):
                    await asyncio.wait([ended], timeout=_A_MOMENT)
                    return not ended.done()
            finally:
                ended.cancel()
                await asyncio.wait([ended])
    except LinkError:
        return None


async def _until_ended(link: Link) -> None:
    with suppress(LinkError):
        async for _ in link.deliveries():
            pass
