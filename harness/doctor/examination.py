"""Examines a device: the way in to its broker, then one conversation with it, with passive subscribers beside it."""

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
from harness.clock import utc
from harness.doctor.broker_access import BrokerAccess, Reachability
from harness.doctor.case import Beside, Case
from harness.doctor.conversation import Conversation
from harness.doctor.pair import are_kept_apart
from harness.doctor.probe import probe
from harness.driving.shared_broker.claim import Claim
from harness.driving.shared_broker.retained_config import RetainedConfig
from harness.driving.shared_broker.run_notes import RunNotes
from harness.driving.stall_recorder import stalls_recorded
from harness.errors import HarnessError, LinkError, first_of
from harness.interruption import run
from harness.mqtt.client_id import OURS, of_the_cloud
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.packets import ObservedPacket
from harness.protocol import default_spec, doctor_for
from harness.record.kinds import Began
from harness.record.lines import FORMAT
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget, Target

LONGEST = 40.0  # seconds that a visit takes at most
_COMES_WITHIN = 20.0  # seconds that a client has to connect to us
_PARTING = 3.0  # seconds that are kept for taking leave


@dataclass
class Examination:
    """`tell`: shows a line to the operator; `spec`: the spec that is spoken with the device.

    `folder`: where `recorder` keeps what is found, should we be killed. `takes_over`: a run that has the device ends.
    `subject`: the name of what is examined; empty: the first that speaks the spec.
    """

    target: Target
    tell: Callable[[str], None]
    spec: str = field(default_factory=default_spec)
    recorder: Recorder = field(default_factory=lambda: Recorder(StringIO()))
    folder: Path | None = None
    takes_over: bool = False
    subject: str = ""

    def __post_init__(self) -> None:
        self._beside, self._doctor = Beside(), doctor_for(self.spec, self.subject)
        self._ends = 0.0
        self._own_id = f"{OURS}doctor-{secrets.token_hex(4)}"

    def make(self) -> Case:
        """Examine the device. The retained config is put back afterwards, after Ctrl-C too."""
        run(self._make(), self.target.clock)
        return self._doctor.case_of(self.recorder.records, self._beside)

    async def _make(self) -> None:
        """Raises what the examination raises, which stands in a group as long as our own loop is watched beside it."""
        error: HarnessError | None = None
        try:
            async with stalls_recorded(self.target.clock, self.recorder, self.tell):
                await self._examine()
        except* HarnessError as group:
            error = first_of(group)
        if error:
            raise error

    async def _examine(self) -> None:
        target = self.target
        self._ends = utc() + LONGEST - _PARTING
        facts = (self.spec, target.clock, target.name, target.profile.as_dict())
        self.recorder.append(Began(utc(), FORMAT, provenance.harness(), *facts, subject=self.subject))
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(_COMES_WITHIN):
                    running = await stack.enter_async_context(
                        target.open(HostServices(self._start_broker, _nobody, self.tell))
                    )
            except TimeoutError:
                return
            self._beside.access = await probe(running.endpoint, self._own_id)
            if self._beside.access.is_open:
                self._beside.client_id = running.endpoint.client_id
                self._beside.declares_itself = running.declares_itself
                if running.is_shared:
                    await stack.enter_async_context(self._claim(running).held())
                    self._beside.keeps_apart = await are_kept_apart(running.endpoint, self._own_id)
                await self._meet(running)

    def _claim(self, running: RunningTarget) -> Claim:
        return Claim(running.endpoint, self.target.profile, self.tell, self.takes_over)

    @asynccontextmanager
    async def _start_broker(self, listener: Listener) -> AsyncIterator[Endpoint]:
        """The broker that a target asks for, with a second pair of eyes."""

        def watch(packet: ObservedPacket) -> None:
            self._beside.packets.append(packet)
            if listener.watch:
                listener.watch(packet)

        self._beside.has_own_broker = True
        async with embedded_broker(replace(listener, watch=watch)) as endpoint:
            waited = f"{_COMES_WITHIN:g}"
            self._beside.access = BrokerAccess(listener.host, endpoint.port, Reachability.NOBODY_CAME, waited)
            yield endpoint

    async def _meet(self, running: RunningTarget) -> None:
        """Under the client id of a test run; if another client takes that over, under an id of our own."""
        profile, beside = self.target.profile, self._beside
        retained = RetainedConfig(
            running.endpoint, of_the_cloud(profile.name_on_a_broker), profile.inbox, clear=running.is_shared
        )
        retained.reports, retained.tell = self.folder.parent if self.folder else None, self.tell
        retained.notes = RunNotes.of(running.endpoint, profile) if running.is_shared else None
        is_known = not running.is_shared  # what lies there; once we have spoken, it is our own config
        for client_id in (retained.client_id, self._own_id):
            retained.client_id = client_id
            try:
                if not is_known:
                    await retained.look(self.recorder)
                is_known = True
                await self._talk(retained, running)
            except LinkError as lost:
                beside.lost.append(_words(lost, running.endpoint))
            else:
                return
        beside.spoke, beside.refused = False, beside.lost[-1]
        beside.not_put_back = str(self.folder or "RUN") if retained.found is not None else None

    async def _talk(self, retained: RetainedConfig, running: RunningTarget) -> None:
        """Raises LinkError where it ends early."""
        conversation = Conversation(
            self.target.profile, self.spec, retained, self.recorder, self._beside, running, self.tell, self._ends
        )
        lost: HarnessError | None = None
        try:
            async with conversation.inbox_heard():
                await self._doctor.converse(conversation)
        except* LinkError as group:
            lost = first_of(group)
        if lost:
            raise lost


async def _nobody(question: str) -> bool:
    """A visit brings no conditions about, so there is nothing to ask."""
    del question
    return False


def _words(error: HarnessError, endpoint: Endpoint) -> str:
    return str(error).removeprefix(f"{endpoint}: ")
