"""A second client under the device's client id, as a process that was started twice, or a test client, is one."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from harness.errors import LinkError
from harness.mqtt.connect_options import ConnectOptions
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect


@dataclass(frozen=True, slots=True)
class SecondClient:
    """When it comes, in seconds after the device did. It stays until it is thrown out, or for `stays` seconds.

    It `asks` for the device's configs, or for nothing; it says nothing.
    """

    comes: Sequence[float]
    stays: float
    asks: bool = True

    async def join(self, endpoint: Endpoint, client_id: str, config: str) -> None:
        """All of its visits."""
        gone = 0.0
        for moment in self.comes:
            await asyncio.sleep(max(0.0, moment - gone))
            before = asyncio.get_running_loop().time()
            with suppress(LinkError, TimeoutError):  # it was thrown out, or is not let in just now
                async with asyncio.timeout(self.stays), connect(endpoint, client_id, _CONNECT_OPTIONS) as link:
                    if self.asks:
                        await link.subscribe(config)
                    async for _ in link.deliveries():
                        pass
            gone = moment + asyncio.get_running_loop().time() - before


_CONNECT_OPTIONS = ConnectOptions(keep_alive=60)
