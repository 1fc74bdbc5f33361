"""Visits a device: one conversation of a config that wants nothing and what comes back, with ears open beside it."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

from harness import provenance
from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.clock import new_loop, utc
from harness.doctor.case import Beside, Case, case_of
from harness.doctor.checks.points import missing_from
from harness.doctor.door import Door, Reach
from harness.doctor.reach import knock
from harness.driving.asking import Asking
from harness.driving.attention import NotReachedError
from harness.driving.cloud import Cloud
from harness.driving.ear import ear
from harness.driving.manners import Manners
from harness.driving.presence import present
from harness.driving.progress import Unseen
from harness.errors import HarnessError, LinkError, first_of
from harness.record import Began, Received
from harness.target import Bench, Stand, Target
from harness.trace import FORMAT, Recorder
from harness.wire.client_id import OURS, of_the_cloud
from harness.wire.codec import codec_of
from harness.wire.endpoint import Endpoint
from harness.wire.seen import Seen
from harness.wire.spec import Spec
from harness.wire.topics import Topics

LONGEST = 40.0  # seconds that a visit takes at most
_COMES_WITHIN = 20.0  # seconds that a client has to connect to us
_EARS_FIRST = 9.0  # seconds that the device has before we listen farther afield
_PARTING = 3.0  # seconds that are kept for taking leave
_WATCH = 6.0  # seconds that a device which is heard is watched on
_A_WHILE = 3.0
_ANSWER = 5.0
_OFTEN = 2.0  # the sample rate, in seconds, that is asked for
_MOST_TOPICS = 5000


@dataclass
class Visit:
    """`tell`: says a line to whoever waits; `spec`: what is spoken with the device.

    `folder`: where `recorder` keeps what is found, should we be killed.
    """

    target: Target
    tell: Callable[[str], None]
    spec: Spec = Spec.UDMI_1_5
    recorder: Recorder = field(default_factory=lambda: Recorder(StringIO()))
    folder: Path | None = None

    def __post_init__(self) -> None:
        self._beside = Beside()
        self._ends = 0.0
        self._own_id = f"{OURS}doctor-{secrets.token_hex(4)}"

    def make(self) -> Case:
        """Everything that was heard. What had been found on the broker is put back, after Ctrl-C too."""
        with asyncio.Runner(loop_factory=lambda: new_loop(self.target.clock)) as runner:
            runner.run(self._make())
        return case_of(self.recorder.records, self._beside)

    async def _make(self) -> None:
        target = self.target
        self._ends = utc() + LONGEST - _PARTING
        profile = target.profile.as_dict()
        began = Began(utc(), FORMAT, provenance.harness(), self.spec, target.clock, target.name, profile)
        self.recorder.append(began)
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(_COMES_WITHIN):
                    stand = await stack.enter_async_context(target.open(Bench(self._start_broker, _nobody, self.tell)))
            except TimeoutError:
                return
            self._beside.door = await knock(stand.endpoint, self._own_id)
            if self._beside.door.is_open:
                await self._meet(stand)

    @asynccontextmanager
    async def _start_broker(self, listener: Listener) -> AsyncIterator[Endpoint]:
        """The broker that a target asks for, with a second pair of eyes."""

        def watch(seen: Seen) -> None:
            self._beside.seen.append(seen)
            if listener.watch:
                listener.watch(seen)

        self._beside.has_own_broker = True
        async with embedded_broker(replace(listener, watch=watch)) as endpoint:
            waited = f"{_COMES_WITHIN:g}"
            self._beside.door = Door(listener.host, endpoint.port, Reach.NOBODY_CAME, waited)
            yield endpoint

    async def _meet(self, stand: Stand) -> None:
        """Under the name that a test run goes by; if somebody takes that from us, under one of our own."""
        profile, beside = self.target.profile, self._beside
        topics = Topics.of(profile.id, profile.topics)
        manners = Manners(stand.endpoint, of_the_cloud(profile.id), topics, clear=stand.is_shared)
        manners.reports, manners.tell = self.folder.parent if self.folder else None, self.tell
        is_known = not stand.is_shared  # what lies there; once we have spoken, it is our own config
        for client_id in (manners.client_id, self._own_id):
            manners.client_id = client_id
            try:
                if not is_known:
                    await manners.look(self.recorder)
                is_known = True
                await self._talk(manners)
            except LinkError as lost:
                beside.lost.append(_words(lost, stand.endpoint))
            else:
                return
        beside.spoke, beside.refused = False, beside.lost[-1]
        beside.not_put_back = str(self.folder or "RUN") if manners.found is not None else None

    async def _talk(self, manners: Manners) -> None:
        """Raises LinkError where it ends early."""
        counterpart = Asking(self.target.profile.points, codec_of(self.spec))
        lost: HarnessError | None = None
        try:
            async with (
                ear(manners.endpoint, [manners.topics.config], self._hear_config),
                present(manners, counterpart, self.recorder, Unseen(), allowance=0.0) as cloud,
            ):
                self._beside.spoke = True
                await self._converse(cloud, manners, counterpart)
        except* LinkError as group:
            lost = first_of(group)
        if lost:
            raise lost

    async def _converse(self, cloud: Cloud, manners: Manners, counterpart: Asking) -> None:
        began = utc()
        await cloud.want_nothing(_OFTEN, "doctor")
        is_heard = await _comes(cloud, self._left(_EARS_FIRST)) or await self._look_around(cloud, manners)
        self._beside.silent_for = utc() - began
        if not is_heard:
            return
        await cloud.allow_answer(at_most=self._left(_ANSWER))
        await cloud.listen(self._left(_WATCH))
        if missing_from(case_of(self.recorder.records)):  # what else does it have, if it is not told what to report?
            counterpart.asks_for_all = True
            await cloud.want_nothing(_OFTEN, "doctor, all points")
            await cloud.listen(self._left(_WATCH))

    async def _look_around(self, cloud: Cloud, manners: Manners) -> bool:
        """Farther afield only where it must be: on a broker of a thousand devices that is a lot to hear."""
        self.tell("nothing heard of it yet; listening for what else there is")
        self._beside.elsewhere = {}
        root = manners.topics.state.removesuffix("/state")
        filters = [f"{root}/#"] if cloud.heard.state else ["#", _siblings(self.target.profile.topics)]
        async with ear(manners.endpoint, filters, self._hear_elsewhere):
            while self._left(LONGEST) > _A_WHILE:
                if await _comes(cloud, _A_WHILE):
                    return True
                if cloud.heard.state is None and self._is_elsewhere():
                    break
        return False

    def _is_elsewhere(self) -> bool:
        """Whether one of its name speaks at topics that are not the profile's."""
        live = [topic for topic, retained in (self._beside.elsewhere or {}).items() if not retained]
        ours = Topics.of(self.target.profile.id, self.target.profile.topics)
        wanted = self.target.profile.id.casefold()
        return any(wanted in topic.casefold().split("/") for topic in live if topic != ours.config)

    def _left(self, at_most: float) -> float:
        return max(0.1, min(at_most, self._ends - utc()))

    def _hear_config(self, delivery: Received | None) -> None:
        if self._beside.configs is None:
            self._beside.configs = []
        if delivery:
            self._beside.configs.append(delivery)

    def _hear_elsewhere(self, delivery: Received | None) -> None:
        topics = self._beside.elsewhere
        if delivery and topics is not None and (delivery.topic in topics or len(topics) < _MOST_TOPICS):
            topics[delivery.topic] = topics.get(delivery.topic, True) and delivery.retain


async def _comes(cloud: Cloud, at_most: float) -> bool:
    try:
        await cloud.until_telemetry(at_most=at_most)
    except NotReachedError:
        return False
    return True


async def _nobody(question: str) -> bool:
    """A visit brings no conditions about, so there is nothing to ask."""
    del question
    return False


def _siblings(scheme: str) -> str:
    """All that lives beside the device."""
    return "/".join("+" if "{id}" in level else level for level in scheme.split("/")) + "/#"


def _words(error: HarnessError, endpoint: Endpoint) -> str:
    return str(error).removeprefix(f"{endpoint}: ")
