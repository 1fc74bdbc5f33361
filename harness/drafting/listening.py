"""Listens to a device: asks it by one config to speak, hears it out, and leaves the broker as it was."""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from io import StringIO

from harness.clock import utc
from harness.drafting.heard import Heard
from harness.driving.manners import Manners
from harness.errors import LinkError
from harness.trace import Recorder
from harness.wire.codec import Codec
from harness.wire.link import Link, connect
from harness.wire.udmi import Config, PointsetConfig

_AT_ONCE = 2.0  # seconds: the sample rate that is asked for while we listen
_AT_REST = 10.0  # seconds: the one that is asked for at the end, where there was no config before


@dataclass(frozen=True, slots=True)
class Listening:
    """`seconds`: how long. `is_silent`: send nothing at all, and take what comes."""

    manners: Manners
    seconds: float
    tell: Callable[[str], None]
    codec: Codec
    is_silent: bool = False

    async def hear(self) -> Heard:
        """All that came. Raises LinkError where the broker lets us down, or the device says nothing."""
        manners, heard = self.manners, Heard()
        topics = manners.topics
        if not self.is_silent:
            await manners.look(Recorder(StringIO()))
        async with self._asked(), connect(manners.endpoint, manners.client_id) as link:
            await link.subscribe(topics.state, topics.telemetry)
            if not self.is_silent:
                await link.publish(topics.config, self._config(_AT_ONCE), retain=True)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.seconds):
                    await self._gather(link, heard)
        if not heard.points:
            what = "no point in what it said" if heard.states or heard.telemetries else "nothing"
            raise LinkError(
                manners.endpoint,
                f"there was {what} within {self.seconds:g} s at {topics.state} and {topics.telemetry}; "
                "are --id and --topics right, and is the device connected?",
            )
        return heard

    async def _gather(self, link: Link, heard: Heard) -> None:
        async for delivery in link.deliveries():
            if delivery.topic == self.manners.topics.state:
                heard.state(self.codec.decode_state(delivery.payload))
            else:
                heard.telemetry(self.codec.decode_telemetry(delivery.payload))

    @asynccontextmanager
    async def _asked(self) -> AsyncIterator[None]:
        """After Ctrl-C, and on a new link where the old one was lost, the config topic is as it was."""
        try:
            yield
        finally:
            if not self.is_silent:
                await self._take_leave()

    async def _take_leave(self) -> None:
        manners, left = self.manners, self.manners.farewell
        try:
            async with connect(manners.endpoint, manners.client_id) as link:
                await link.publish(manners.topics.config, self._config(_AT_REST) if left is None else left, retain=True)
        except LinkError as lost:
            if manners.found is not None:
                self.tell(f"what was retained at {manners.topics.config} could not be put back: {manners.found!r}")
            raise lost from None

    def _config(self, sample_rate: float) -> bytes:
        """It wants nothing, and names no points, so that the device reports all that it has."""
        pointset = PointsetConfig(sample_rate_sec=sample_rate)
        return self.codec.encode(Config(float(math.floor(utc())), self.codec.version, pointset))
