"""The service as a target: behind a broker of its own, in virtual time, with a store in memory."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from harness.broker.listener import Listener
from harness.clock import Clock
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint
from harness.protocols.replica.profile import ServiceProfile
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.protocols.replica.words.topics import Scheme
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import HostServices, RunningTarget, TargetOptions, Variant
from simulator.replica.durable_service import DurableService
from simulator.replica.memory_store import MemoryStore
from simulator.replica.mqtt_face import MqttFace
from simulator.replica.service import Message, ReplicaService, Reply
from simulator.replica.variations import SERVICE_VARIATIONS
from simulator.replica.variations.variation import ServiceVariation

HEALTHY = ServiceVariation(Variant("healthy"))


@dataclass(frozen=True)
class SimulatedService:
    """A service under that scheme, and how it is varied."""

    name: str = "replica-service"
    scheme: Scheme = Scheme.SEED
    variation: ServiceVariation = HEALTHY
    clock: Clock = Clock.VIRTUAL

    @classmethod
    def from_option(cls, address: str, options: TargetOptions) -> "SimulatedService":
        """From what stands behind `replica-service`: nothing."""
        if address or options.profile or options.login or options.tls:
            raise UsageError("--device=replica-service is a service with a broker of its own to itself")
        return cls(scheme=ReplicaSpec(options.spec).scheme if options.spec in tuple(ReplicaSpec) else Scheme.SEED)

    @property
    def profile(self) -> ServiceProfile:
        """Its own."""
        return ServiceProfile(scheme=self.scheme, network_allowance=0.0)

    @property
    def shows(self) -> frozenset[str]:
        """Nothing of its broker is asked for."""
        return frozenset()

    def provokes(self, name: str) -> bool:
        """It can be restarted."""
        return name == "restart"

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The service, alive on a broker of its own."""
        async with services.start_broker(Listener(watch=services.see)) as endpoint:
            running = _RunningService(endpoint, self.scheme, self.variation)
            await running.start()
            try:
                yield RunningTarget(endpoint, running, provokes_within=0.0, declares_itself=True)
            finally:
                await running.end()

    @property
    def variants(self) -> Sequence[Variant]:
        """Every deviation and quirk."""
        return [variation.variant for variation in SERVICE_VARIATIONS]

    def varied(self, variant: str) -> "SimulatedService":
        """The same service with one decision changed."""
        variation = next(one for one in SERVICE_VARIATIONS if one.variant.id == variant)
        return replace(self, name=f"{self.name}+{variant}", variation=variation)


@dataclass
class _RunningService:
    """The service of one run, which can end and start anew on what it has stored."""

    endpoint: Endpoint
    scheme: Scheme
    variation: ServiceVariation
    store: MemoryStore = field(default_factory=MemoryStore)
    _life: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """It is up when this returns. Raises LinkError."""
        is_up = asyncio.Event()
        self._life = asyncio.create_task(self._live(is_up))
        up = asyncio.create_task(is_up.wait())
        await asyncio.wait((self._life, up), return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if self._life.done():
            await self._life

    async def end(self) -> None:
        """It is gone when this returns."""
        if self._life:
            self._life.cancel()
            await asyncio.wait((self._life,))

    async def provoke(self, provocation: Provocation) -> None:
        """End it, and start it anew."""
        if provocation.name != "restart":
            raise CannotProvoke(provocation, "a simulated service can only be restarted")
        await self.end()
        self.store.content = self.variation.recalls(self.store.content)
        await self.start()

    async def _live(self, is_up: asyncio.Event) -> None:
        machine = ReplicaService(self.scheme, documents=self.store.documents(), rules=self.variation.rules)
        service = DurableService(machine, self.store)
        timed = _TimedAnswers(machine, self.variation)
        timed.face = MqttFace(timed, service, self.endpoint)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(service.live())
            tasks.create_task(timed.face.live(lambda _line: is_up.set()))


@dataclass
class _TimedAnswers:
    """The messages of a machine, some of which are held back for a while."""

    machine: ReplicaService
    variation: ServiceVariation
    face: MqttFace = field(init=False)

    @property
    def scheme(self) -> Scheme:
        """The machine's."""
        return self.machine.scheme

    def over_mqtt(self, reply: Reply) -> tuple[Message, ...]:
        """Those that leave at once; the others leave by themselves."""
        prompt = []
        for one in self.machine.over_mqtt(reply):
            if seconds := self.variation.delays(one):
                asyncio.get_running_loop().call_later(seconds, self.face.say, (one,))
            else:
                prompt.append(one)
        return tuple(prompt)
