"""Whether there is still a device to drive, and what is done where there is none: one wait, one restart, one cause."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.clock import utc
from harness.driving.connection_tracker import ConnectionTracker
from harness.payload.timestamps import rfc3339
from harness.protocols.udmi.driving.cloud import Cloud
from harness.protocols.udmi.words.device_events import Restart, provocation_of
from harness.provocations.provocation import CannotProvoke, NobodyAnswered, Provoker
from harness.record.kinds import Done, Provoked
from harness.record.trace import Recorder

FIRST_WORD = 30.0  # seconds that a device may take to be heard at all
BOOTS_IN = 120.0  # seconds: no source says how long a device may take to come back
AT_ONCE = 2.0  # the sample rate, in seconds, that is asked for where any word will do


@dataclass
class DeviceRecovery:
    """Asked between two scenarios. `tracker`: follows the device at our broker; None: the broker is foreign.

    `boots_in`: seconds that it may take to come back. A device whose client has connected anew and subscribed to
    nothing hears no config: to the cloud it is as good as gone, though it may speak.
    """

    cloud: Cloud
    provoker: Provoker
    recorder: Recorder
    tell: Callable[[str], None]
    tracker: ConnectionTracker | None = None
    boots_in: float = BOOTS_IN

    @property
    def is_heard(self) -> bool:
        """Whether the device has said anything since the latest config, and that may have been in answer to it."""
        return self.cloud.heard.has_spoken and not self._is_deaf

    async def is_missing(self) -> str | None:
        """Why nobody can be driven, where the latest config met with silence. None: somebody is there after all.

        Takes FIRST_WORD seconds at most.
        """
        if self._is_deaf:
            return "nobody hears: the device has connected again and subscribed to nothing, so no config reaches it"
        last = self.cloud.heard.last_at
        await self.cloud.want_nothing(AT_ONCE, "still there")
        if await self.cloud.allow_word(at_most=FIRST_WORD):
            return None
        lost = " and its connection is lost" if self.tracker and not self.tracker.is_up else ""
        asked = f"though asked for telemetry every {AT_ONCE:g} s for {FIRST_WORD:g} s more"
        return f"nobody is there: the device was last heard at {rfc3339(last)}{lost}, {asked}"

    @property
    def _is_deaf(self) -> bool:
        return self.tracker is not None and self.tracker.is_deaf

    async def come_back(self, why: str) -> str | None:
        """Restart the device, as its profile says how; why that does not help, if it does not."""
        place = self.recorder.append(Provoked(utc(), "brought back", "restart"))
        try:
            await self.provoker.provoke(provocation_of(Restart()))
        except (CannotProvoke, NobodyAnswered) as lack:
            return f"{why}; {lack}"
        self.recorder.append(Done(utc(), place))
        self.tell(f"{why}: it was restarted")
        await self.cloud.want_nothing(AT_ONCE, "brought back")
        if await self.cloud.allow_word(at_most=self.boots_in):
            return None
        return f"{why}; it was restarted, and said nothing in {self.boots_in:g} s"
