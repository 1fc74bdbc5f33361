"""Listens to a device: asks it by one config to speak, hears it out, and leaves the broker as it was."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from harness import provenance
from harness.broker.embedded import embedded_broker
from harness.clock import utc
from harness.drafting.heard import Heard
from harness.driving.asking import Asking
from harness.driving.manners import Manners
from harness.driving.presence import present
from harness.driving.progress import Unseen
from harness.errors import HarnessError, LinkError, first_of
from harness.record import Began, Received
from harness.target import Bench, Stand, Target
from harness.trace import FORMAT, Recorder
from harness.wire.client_id import OURS
from harness.wire.codec import codec_of
from harness.wire.link import connect
from harness.wire.spec import Spec
from harness.wire.topics import Topics

_AT_ONCE = 2.0  # seconds: the sample rate that is asked for while we listen


@dataclass
class Listening:
    """`seconds`: how long. `spec`: what is spoken. `is_silent`: send nothing at all, and take what comes.

    `clear`: leave no config behind where there was none. `folder`: where `recorder` keeps what is found, should we be
    killed.
    """

    target: Target
    seconds: float
    tell: Callable[[str], None]
    spec: Spec
    is_silent: bool = False
    clear: bool = False
    recorder: Recorder = field(default_factory=lambda: Recorder(StringIO()))
    folder: Path | None = None
    is_put_back: bool = True

    async def hear(self) -> Heard:
        """All that came. Raises HarnessError where the broker lets us down, or the device says nothing."""
        target, profile = self.target, self.target.profile.as_dict()
        self.recorder.append(Began(utc(), FORMAT, provenance.harness(), self.spec, target.clock, target.name, profile))
        problem: HarnessError | None = None
        try:
            async with target.open(Bench(embedded_broker, _nobody, self.tell)) as stand:
                self.tell(f"listening to {target.profile.id} for {self.seconds:g} s")
                await (self._overhear(stand) if self.is_silent else self._converse(stand))
        except* HarnessError as group:
            problem = first_of(group)
        if problem:
            raise problem
        return self._gathered()

    async def _converse(self, stand: Stand) -> None:
        manners = self._manners(stand)
        counterpart = Asking((), codec_of(self.spec))
        counterpart.asks_for_all = True
        if stand.is_shared:
            await manners.look(self.recorder)
        try:
            async with present(manners, counterpart, self.recorder, Unseen(), allowance=0.0) as cloud:
                await cloud.want_nothing(_AT_ONCE, "profile")
                await cloud.listen(self.seconds)
        finally:
            if not manners.is_put_back:
                await self._put_back(manners)

    async def _overhear(self, stand: Stand) -> None:
        manners = self._manners(stand)
        async with connect(stand.endpoint, manners.client_id) as link:
            await link.subscribe(manners.topics.state, manners.topics.telemetry)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.seconds):
                    async for heard in link.deliveries():
                        self.recorder.append(Received(heard.time, heard.topic, heard.payload, heard.retain))

    async def _put_back(self, manners: Manners) -> None:
        """On a new link, where the old one was lost."""
        try:
            async with connect(manners.endpoint, manners.client_id) as link:
                await link.publish(manners.topics.config, manners.found or b"", retain=True)
        except LinkError:
            self.is_put_back = False
            lay = f"what lay at {manners.topics.config} could not be put back"
            self.tell(f"{lay}: `setpoint restore {self.folder or 'RUN'}` does it")

    def _manners(self, stand: Stand) -> Manners:
        reports = self.folder.parent if self.folder else None
        client_id = f"{OURS}profile-{self.target.profile.id}"
        return Manners(stand.endpoint, client_id, self._topics, self.clear, reports=reports, tell=self.tell)

    def _gathered(self) -> Heard:
        heard, topics, codec = Heard(), self._topics, codec_of(self.spec)
        for record in self.recorder.records:
            match record:
                case Received(topic=topic, payload=payload) if topic == topics.state:
                    heard.state(codec.decode_state(payload))
                case Received(payload=payload):
                    heard.telemetry(codec.decode_telemetry(payload))
        if not heard.points:
            what = "no point in what it said" if heard.states or heard.telemetries else "nothing"
            raise LinkError(
                self.target.name,
                f"there was {what} within {self.seconds:g} s at {topics.state} and {topics.telemetry}; "
                "are --id and --topics right, and is the device connected?",
            )
        return heard

    @property
    def _topics(self) -> Topics:
        return Topics.of(self.target.profile.id, self.target.profile.topics)


async def _nobody(_question: str) -> bool:
    """Nothing is provoked, so there is nothing to ask."""
    return False
