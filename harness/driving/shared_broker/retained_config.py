"""How a counterpart leaves a broker that is not its own: the retained config that it found there is put back."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harness.clock import utc
from harness.driving.shared_broker.abandoned_config import AbandonedConfig, leftover
from harness.driving.shared_broker.run_notes import RunNote, RunNotes
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.record.kinds import Found
from harness.record.trace import Recorder

LOOKS_FOR = 1.0  # seconds: what is retained follows the SUBACK at once


@dataclass
class RetainedConfig:
    """`topic`: where the device is spoken to. `patience`: seconds to look for a config.

    `clear`: where no config was found, none is left behind either.

    `reports`: where the traces of runs lie, and `notes`: the word of them that the broker keeps. What one of them sent
    is not put back, but what that one had found.
    """

    endpoint: Endpoint
    client_id: str
    topic: str
    clear: bool = False
    patience: float = LOOKS_FOR
    reports: Path | None = None
    tell: Callable[[str], None] = lambda _line: None
    notes: RunNotes | None = None
    found: bytes | None = None
    is_put_back: bool = True
    _has_looked: bool = False

    async def look_once(self, recorder: Recorder) -> None:
        """See what lies there, before anything is sent: later, it is a config of our own."""
        if not self._has_looked:
            await self.look(recorder)
        self._has_looked = True

    async def look(self, recorder: Recorder) -> None:
        """See what lies there, and write it down before anything is sent."""
        lies = self.found = await retained_message(self.endpoint, self.client_id, self.topic, self.patience)
        note = await self.notes.read() if self.notes else None
        ours = self._left_over(lies, note) if lies else None
        if ours:
            self.found = ours.found
            if ours.found is not None:
                self.tell(f"{ours.run} left its own config at {self.topic}; what it had found is put back instead")
        if self.notes:
            self.notes.begin(self.found, lies if ours else None)
        self.is_put_back = self.found is None
        if self.found is not None:
            recorder.append(Found(utc(), self.topic, self.found))

    def _left_over(self, lies: bytes, note: RunNote | None) -> AbandonedConfig | None:
        if note and note.is_of(lies):
            return AbandonedConfig(note.owner, note.found)
        return leftover(self.reports, self.topic, lies) if self.reports else None

    @property
    def farewell(self) -> bytes | None:
        """The payload to leave at the topic; None: what the cloud said last."""
        return b"" if self.found is None and self.clear else self.found


async def retained_message(endpoint: Endpoint, client_id: str, topic: str, patience: float = LOOKS_FOR) -> bytes | None:
    """The message that is retained at the topic. Raises LinkError where the broker cannot be asked."""
    async with connect(endpoint, client_id) as link:
        await link.subscribe(topic)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                async for delivery in link.deliveries():
                    if delivery.retain:
                        return delivery.payload
    return None


async def retained_topics(endpoint: Endpoint, client_id: str, filters: Sequence[str]) -> Sequence[str]:
    """The topics at which something is retained. Raises LinkError where the broker cannot be asked."""
    found = dict[str, None]()
    async with connect(endpoint, client_id) as link:
        await link.subscribe(*filters)
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOKS_FOR):
                async for delivery in link.deliveries():
                    if delivery.retain:
                        found[delivery.topic] = None
    return [*found]
