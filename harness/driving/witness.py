"""Writes down what a broker of ours sees of the device, and tells whoever waits for it that it is back."""

import asyncio
from collections.abc import Callable

from harness.trace import Recorder
from harness.wire.client_id import OURS
from harness.wire.seen import Hello, Seen, Sight
from harness.wire.topics import closeness


class Witness:
    """`config`: the topic that the device's client is known by. Our own clients are not written down."""

    def __init__(self, recorder: Recorder, config: str) -> None:
        self._recorder, self._config = recorder, config
        self._hellos: dict[str, Hello] = {}
        self._device: str | None = None  # the client that asked for configs last, and as closely as any
        self._closest = -1
        self._news = asyncio.Event()
        self._refused = self._fooled = 0
        self.is_up = False

    @property
    def keep_alive(self) -> int:
        """Seconds, of the device's latest CONNECT; 0 is none."""
        hello = self._hellos.get(self._device or "")
        return hello.keep_alive if hello else 0

    def see(self, seen: Seen) -> None:
        """What the broker saw, as soon as it does."""
        if seen.client_id.startswith(OURS):
            return
        self._recorder.append(seen)
        self._refused += bool(seen.refused)
        self._fooled += seen.what is Sight.HANDSHAKE
        if seen.refused or seen.what is Sight.HANDSHAKE:
            self._news.set()
        elif seen.hello:
            self._hellos[seen.client_id] = seen.hello
            self._turns(up=self.is_up or seen.client_id == self._device)  # with a session it need not subscribe again
        elif seen.what is Sight.SUBSCRIBE and (close := closeness(seen.topics, self._config)) is not None:
            if close >= self._closest:
                self._device, self._closest = seen.client_id, close
                self._turns(up=True)
        elif seen.client_id == self._device and seen.what in (Sight.LOST, Sight.DISCONNECT):
            self._turns(up=False)

    async def until_up(self) -> None:
        """Until the device is connected."""
        await self._until(lambda: self.is_up)

    async def until_tried(self) -> None:
        """Until somebody has met a stranger in our place from now on."""
        before = self._fooled
        await self._until(lambda: self._fooled > before)

    async def until_refused(self, times: int) -> None:
        """Until it has been refused so often from now on."""
        before = self._refused
        await self._until(lambda: self._refused >= before + times)

    async def _until(self, fact: Callable[[], bool]) -> None:
        while not fact():
            self._news.clear()
            await self._news.wait()

    def _turns(self, *, up: bool) -> None:
        self.is_up = up
        self._news.set()
