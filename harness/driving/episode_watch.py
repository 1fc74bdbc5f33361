"""The watch of a drive: it is shown each episode as soon as that is closed. Driving itself knows no verdict."""

from typing import Protocol

from harness.record.trace import Recorder


class EpisodeWatch(Protocol):
    """`ended`: why the drive is to end here; None as long as it is to go on."""

    ended: str | None

    async def closed(self, scenario: str, recorder: Recorder) -> None:
        """The scenario is over, all that was provoked is undone, and the next is not begun: no device is waited for."""


class NobodyWatches:
    """The drive goes on to its end."""

    ended: str | None = None

    async def closed(self, scenario: str, recorder: Recorder) -> None:
        """Not looked at."""
