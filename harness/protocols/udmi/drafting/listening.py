"""Listens to a device: asks it by one config to speak, hears it out, and leaves the broker as it was."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from shlex import quote

from harness import provenance
from harness.broker.embedded import embedded_broker
from harness.clock import utc
from harness.driving.progress import Unseen
from harness.driving.shared_broker.claim import Claim
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.driving.shared_broker.run_notes import RunNotes
from harness.errors import HarnessError, LinkError, first_of
from harness.mqtt.client_id import OURS
from harness.mqtt.link import connect
from harness.protocols.udmi.drafting.device_description import DeviceDescription
from harness.protocols.udmi.drafting.known import Known, known_of_config
from harness.protocols.udmi.drafting.neighbours import neighbours, told
from harness.protocols.udmi.driving.discovering_cloud import DiscoveringCloud
from harness.protocols.udmi.driving.session.cloud_session import present
from harness.protocols.udmi.driving.waits import CLOUD
from harness.protocols.udmi.profile import udmi_profile
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Began, Received
from harness.record.lines import FORMAT
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget, Target

_AT_ONCE = 2.0  # seconds: the sample rate that is asked for while we listen


@dataclass
class Listening:
    """`seconds`: how long. `spec`: what is spoken. `is_silent`: send nothing at all, and take what comes.

    `clear`: leave no config behind where there was none. `folder`: where `recorder` keeps what is found, should we be
    killed. `given`: points that it may have, for one that reports only those that a config lists; beside them, those of
    the config that lay there are asked for. `takes_over`: a run that has the device now is to end.
    """

    target: Target
    seconds: float
    tell: Callable[[str], None]
    spec: Spec
    is_silent: bool = False
    clear: bool = False
    recorder: Recorder = field(default_factory=lambda: Recorder(StringIO()))
    folder: Path | None = None
    given: Known = field(default_factory=Known)
    takes_over: bool = False
    is_put_back: bool = True
    _known: Known = field(default_factory=Known, init=False)
    _beside: tuple[str, ...] = field(default=(), init=False)  # ids of other devices, where nothing was heard of it

    async def hear(self) -> DeviceDescription:
        """All that came. Raises HarnessError where the broker lets us down, or the device says nothing."""
        target, profile = self.target, self.target.profile.as_dict()
        self.recorder.append(Began(utc(), FORMAT, provenance.harness(), self.spec, target.clock, target.name, profile))
        problem: HarnessError | None = None
        try:
            async with AsyncExitStack() as stack:
                running = await stack.enter_async_context(
                    target.open(HostServices(embedded_broker, _nobody, self.tell))
                )
                if running.is_shared and not self.is_silent:
                    claim = Claim(running.endpoint, target.profile, self.tell, self.takes_over)
                    await stack.enter_async_context(claim.held())
                self.tell(f"listening to {target.profile.id} for {self.seconds:g} s")
                await (self._overhear(running) if self.is_silent else self._converse(running))
        except* HarnessError as group:
            problem = first_of(group)
        if problem:
            raise problem
        return self._gathered()

    async def _converse(self, running: RunningTarget) -> None:
        retained = self._retained(running)
        counterpart = DiscoveringCloud((), codec_of(self.spec))
        counterpart.asks_for_all = True
        if running.is_shared:
            await retained.look(self.recorder)
        try:
            async with present(retained, self._topics, counterpart, self.recorder, Unseen(), allowance=0.0) as cloud:
                await cloud.want_nothing(_AT_ONCE, "profile")
                await cloud.listen(self.seconds)
                self._known = known_of_config(retained.found, counterpart.codec).beside(self.given)
                if self._known.points and self._heard().speaks_without_points:
                    self.tell(f"it names no point; asking for the {len(self._known.points)} of {self._sources}")
                    counterpart.ask_for(self._known.points, self._known.wiring)
                    await cloud.want_nothing(_AT_ONCE, "profile, listed")
                    await cloud.listen(self.seconds)
            await self._look_around(running)
        finally:
            if not retained.is_put_back:
                await self._put_back(retained)

    async def _overhear(self, running: RunningTarget) -> None:
        retained = self._retained(running)
        async with connect(running.endpoint, retained.client_id) as link:
            await link.subscribe(self._topics.state, self._topics.telemetry)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.seconds):
                    async for heard in link.deliveries():
                        self.recorder.append(Received(heard.time, heard.topic, heard.payload, heard.retain, CLOUD))
        await self._look_around(running)

    async def _look_around(self, running: RunningTarget) -> None:
        heard, profile = self._heard(), udmi_profile(self.target.profile)
        if not heard.states and not heard.telemetries:
            self.tell("nothing heard of it; listening for what else speaks there")
            self._beside = await neighbours(running.endpoint, profile.id, profile.topics, self.seconds)

    async def _put_back(self, retained: RetainedConfig) -> None:
        """On a new link, where the old one was lost."""
        try:
            async with connect(retained.endpoint, retained.client_id) as link:
                await link.publish(retained.topic, retained.found or b"", retain=True)
                for topic, message in retained.notes.cleared() if retained.notes else ():
                    await link.publish(topic, message, retain=True)
        except LinkError:
            self.is_put_back = False
            lay = f"what lay at {retained.topic} could not be put back"
            self.tell(f"{lay}: `setpoint restore {quote(str(self.folder or 'RUN'))}` does it")

    def _retained(self, running: RunningTarget) -> RetainedConfig:
        reports = self.folder.parent if self.folder else None
        client_id = f"{OURS}profile-{self.target.profile.name_on_a_broker}"
        notes = RunNotes.of(running.endpoint, self.target.profile) if running.is_shared else None
        return RetainedConfig(
            running.endpoint, client_id, self._topics.config, self.clear, reports=reports, tell=self.tell, notes=notes
        )

    def _gathered(self) -> DeviceDescription:
        """A device that never speaks of points has none; one that speaks of them and names none was not asked right."""
        heard = self._heard()
        if heard.points or (heard.states and not heard.has_pointset and not self._known.points):
            return heard
        raise LinkError(self.target.name, self._why_none(heard))

    def _why_none(self, heard: DeviceDescription) -> str:
        topics = self._topics
        if not heard.states and not heard.telemetries:
            nothing = f"there was nothing within {self.seconds:g} s at {topics.state} and {topics.telemetry}"
            right = told(self.target.profile.id, self._beside)
            return f"{nothing}; {right or 'are --id and --topics right, and is the device connected?'}"
        said = f"there was no point in what it said (states: {heard.states}, telemetries: {heard.telemetries})"
        if self.is_silent:
            return f"{said}: without --silent it is asked for them"
        asked = f"asked for whatever it has, and for the points of {self._sources}" if self._known.points else ""
        tried = asked or "asked for whatever it has; no config that lists points lay there"
        return f"{said}, though {tried}: give its points by --profile FILE (a profile, or UDMI's metadata)"

    @property
    def _sources(self) -> str:
        return " and ".join(self._known.sources)

    def _heard(self) -> DeviceDescription:
        heard, topics, codec = DeviceDescription(wiring=self._known.wiring), self._topics, codec_of(self.spec)
        for record in self.recorder.records:
            match record:
                case Received(topic=topic, payload=payload) if topic == topics.state:
                    heard.state(codec.decode_state(payload))
                case Received(topic=topic, payload=payload) if topic == topics.telemetry:
                    heard.telemetry(codec.decode_telemetry(payload))
        return heard

    @property
    def _topics(self) -> Topics:
        profile = udmi_profile(self.target.profile)
        return Topics.of(profile.id, profile.topics)


async def _nobody(_question: str) -> bool:
    """Nothing is provoked, so there is nothing to ask."""
    return False
