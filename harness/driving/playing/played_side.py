"""A part that the harness plays opposite a thing under test, as a scenario uses it: it says, it hears, it waits."""

import asyncio
from collections.abc import Callable

from harness.driving.not_reached import NotReachedError
from harness.driving.playing.recorded_link import RecordedLink
from harness.driving.progress import Progress
from harness.mqtt.link import Link
from harness.record.trace import Recorder


class PlayedSide(RecordedLink):
    """A plug's part calls `has_news` whenever a fact that is waited for may have come about."""

    def __init__(self, link: Link, connection: str, recorder: Recorder, progress: Progress) -> None:
        super().__init__(link, connection, recorder)
        self._progress = progress
        self._news = asyncio.Event()

    def has_news(self) -> None:
        """Have those look again that wait for a fact."""
        self._news.set()

    async def listen(self, seconds: float) -> None:
        """Watch for so long."""
        self._progress.waits("the stretch to watch is over", seconds)
        await asyncio.sleep(seconds)

    async def until(self, fact: Callable[[], bool], words: str, at_most: float) -> None:
        """Wait for the fact; the scenario ends here if it does not come in that time."""
        self._progress.waits(words, at_most)
        try:
            async with asyncio.timeout(at_most):
                while not fact():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise NotReachedError(f"waited {at_most:g} s until {words}, in vain") from None

    async def goes_on(self, fact: Callable[[], bool], words: str, at_most: float) -> bool:
        """Wait for the fact, or that long: whether it came."""
        try:
            await self.until(fact, words, at_most)
        except NotReachedError:
            return False
        return True
