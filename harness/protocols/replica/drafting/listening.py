"""Listens to a device behind a replica, or asks a service, for the draft of a profile. At the edge; decides nothing."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from io import StringIO

from harness.broker.embedded import embedded_broker
from harness.driving.passive_subscriber import passive_subscriber
from harness.driving.progress import Unseen
from harness.driving.shared_broker.claim import Claim
from harness.errors import HarnessError, LinkError, first_of
from harness.mqtt.client_id import OURS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Link, connect
from harness.protocols.replica.device_profile import DeviceProfile, device_profile
from harness.protocols.replica.drafting.device_description import DeviceDescription, described_by
from harness.protocols.replica.driving.device.counterpart import PlayedReplica
from harness.protocols.replica.driving.device.replica import REPLICA, ReplicaSide
from harness.protocols.replica.driving.device.session import ANSWERED_WITHIN
from harness.protocols.replica.judging.flat_document import FlatDocument
from harness.protocols.replica.words.topics import AnswerLevel, Operation, filters_of_requests, request_at
from harness.record.kinds import Received
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget, Target
from harness.text import printable

_MOST_NEIGHBOURS = 5  # ids that are told
_MOST_IDS = 1000  # that are kept


@dataclass
class DeviceListening:
    """`seconds`: how long. `is_silent`: send nothing at all. `takes_over`: a run that has the device now is to end."""

    target: Target
    seconds: float
    tell: Callable[[str], None]
    is_silent: bool = False
    takes_over: bool = False
    recorder: Recorder = field(default_factory=lambda: Recorder(StringIO()))
    _beside: Sequence[str] = ()

    async def hear(self) -> DeviceDescription:
        """All that it reported. Raises HarnessError where the broker lets us down, or nothing is reported."""
        problem: HarnessError | None = None
        try:
            async with AsyncExitStack() as stack:
                services = HostServices(embedded_broker, _nobody, self.tell)
                running = await stack.enter_async_context(self.target.open(services))
                if running.is_shared and not self.is_silent:
                    claim = Claim(running.endpoint, self.target.profile, self.tell, self.takes_over)
                    await stack.enter_async_context(claim.held())
                await self._listen(running)
        except* HarnessError as group:
            problem = first_of(group)
        if problem:
            raise problem
        found = described_by(self.recorder.records, self._profile)
        if not found.properties and not found.left_out:
            raise LinkError(self.target.name, self._why_none(found))
        return found

    async def _listen(self, running: RunningTarget) -> None:
        """To a replica that is there, or as one: a device without any may never report."""
        profile = self._profile
        if self.is_silent or (running.is_shared and await self._is_answered(running.endpoint)):
            self.tell(f"listening to {profile.id}, and what a replica says of it, for {self.seconds:g} s")
            async with connect(running.endpoint, self._client_id) as link:
                await link.subscribe(*profile.outboxes, profile.topic(Operation.GET, AnswerLevel.ACCEPTED))
                await self._overhear(link, self.seconds)
        else:
            self.tell(f"playing the replica of {profile.id} for {self.seconds:g} s; it may report only when it starts")
            await self._play(running.endpoint)
        if running.is_shared and not described_by(self.recorder.records, profile).requests:
            await self._look_around(running.endpoint)

    async def _is_answered(self, endpoint: Endpoint) -> bool:
        """Whether a replica answers for it; what it answers is kept."""
        profile = self._profile
        before = len(self.recorder.records)
        async with connect(endpoint, self._client_id) as link:
            await link.subscribe(*(profile.topic(Operation.GET, level) for level in _ANSWERS))
            await link.publish(profile.topic(Operation.GET), f'{{"clientToken":"{OURS}profile"}}'.encode())
            await self._overhear(link, ANSWERED_WITHIN + profile.network_allowance, at_most=1)
        return len(self.recorder.records) > before

    async def _overhear(self, link: Link, seconds: float, at_most: int | None = None) -> None:
        """Keep what comes, but for what is retained."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                async for heard in link.deliveries():
                    if not heard.retain:
                        self.recorder.append(Received(heard.time, heard.topic, heard.payload, heard.retain, REPLICA))
                        at_most = None if at_most is None else at_most - 1
                        if at_most == 0:
                            return

    async def _play(self, endpoint: Endpoint) -> None:
        """A replica that desires nothing, and takes what it is told."""
        profile = self._profile
        async with connect(endpoint, self._client_id) as link, asyncio.TaskGroup() as tasks:
            replica = ReplicaSide(link, PlayedReplica(profile, FlatDocument()), self.recorder, Unseen())
            await link.subscribe(*profile.outboxes)
            attending = tasks.create_task(replica.attend())
            await asyncio.sleep(self.seconds)
            attending.cancel()

    async def _look_around(self, endpoint: Endpoint) -> None:
        """Nothing came of the device: its id may be spelt otherwise."""
        profile, found = self._profile, dict[str, None]()

        def hear(message: Received | None) -> None:
            asked = request_at(message.topic, profile.scheme) if message else None
            if asked and asked[0].device != profile.id and len(found) < _MOST_IDS:
                found[asked[0].device] = None

        if not described_by(self.recorder.records, profile).properties:
            self.tell("nothing heard of it; listening for what else speaks there")
            async with passive_subscriber(endpoint, filters_of_requests(profile.scheme)[:1], hear):
                await asyncio.sleep(self.seconds)
            self._beside = sorted(found, key=lambda name: (name.casefold() != profile.id.casefold(), name))

    def _why_none(self, found: DeviceDescription) -> str:
        update = self._profile.topic(Operation.UPDATE)
        if found.requests:
            return f"it asked for something, and reported nothing at {update} within {self.seconds:g} s"
        nothing = f"there was nothing within {self.seconds:g} s at {update}"
        if any(isinstance(one, Received) and one.topic == self._refusal for one in self.recorder.records):
            nothing = f"{nothing}, and the replica that is there has nothing of {self._profile.id}"
        if self._beside:
            told = ", ".join(printable(name) for name in self._beside[:_MOST_NEIGHBOURS])
            more = len(self._beside) - _MOST_NEIGHBOURS
            return f"{nothing}; these speak there: {told}{f' and {more} more' if more > 0 else ''}"
        mend = "restart the device meanwhile, as many report only when they start"
        return f"{nothing}; is --id right, and is the device connected? If so, {mend}, and give it --seconds 60"

    @property
    def _refusal(self) -> str:
        return self._profile.topic(Operation.GET, AnswerLevel.REJECTED)

    @property
    def _client_id(self) -> str:
        return f"{OURS}profile-{self._profile.name_on_a_broker}"

    @property
    def _profile(self) -> DeviceProfile:
        return device_profile(self.target.profile)


_ANSWERS = (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)


async def _nobody(_question: str) -> bool:
    """Nothing is provoked, so there is nothing to ask."""
    return False
