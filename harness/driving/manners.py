"""How the cloud leaves a broker that is not its own: the retained config that it found there is put back."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harness.clock import utc
from harness.driving.leftovers import leftover
from harness.record import Found
from harness.trace import Recorder
from harness.wire.endpoint import Endpoint
from harness.wire.link import connect
from harness.wire.topics import Topics

LOOKS_FOR = 1.0  # seconds: what is retained follows the SUBACK at once


@dataclass
class Manners:
    """`clear`: where no config was found, none is left behind either. `patience`: seconds to look for one.

    `reports`: where the traces of runs lie. What one of them sent is not put back, but what that one had found.
    """

    endpoint: Endpoint
    client_id: str
    topics: Topics
    clear: bool = False
    patience: float = LOOKS_FOR
    reports: Path | None = None
    tell: Callable[[str], None] = lambda _line: None
    found: bytes | None = None
    is_put_back: bool = True

    async def look(self, recorder: Recorder) -> None:
        """See what lies there, and write it down before anything is sent."""
        self.found = await retained(self.endpoint, self.client_id, self.topics.config, self.patience)
        ours = leftover(self.reports, self.topics.config, self.found) if self.reports and self.found else None
        if ours:
            self.found = ours.found
            if ours.found is not None:
                self.tell(
                    f"{ours.run} left its own config at {self.topics.config}; what it had found is put back instead"
                )
        self.is_put_back = self.found is None
        if self.found is not None:
            recorder.append(Found(utc(), self.topics.config, self.found))

    @property
    def farewell(self) -> bytes | None:
        """What to leave at the topic; None: what the cloud said last."""
        return b"" if self.found is None and self.clear else self.found


async def retained(endpoint: Endpoint, client_id: str, topic: str, patience: float = LOOKS_FOR) -> bytes | None:
    """The message that is retained at the topic. Raises LinkError where the broker cannot be asked."""
    async with connect(endpoint, client_id) as link:
        await link.subscribe(topic)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                async for delivery in link.deliveries():
                    if delivery.retain:
                        return delivery.payload
    return None
