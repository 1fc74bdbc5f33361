"""The `sim` target: a simulated device behind the embedded broker, in virtual time unless told otherwise."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from harness.broker.fault_injector import FaultInjector
from harness.broker.listener import Listener
from harness.clock import Clock
from harness.errors import UsageError
from harness.files.data import data
from harness.machine.effects import Machine
from harness.machine.shell import Tell, alive
from harness.mqtt.endpoint import Endpoint
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.device_events import event_of
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import Topics
from harness.provocations.provocation import Provocation
from harness.target import HostServices, RunningTarget, Target, TargetOptions, Variant
from simulator.link.broker_host import broker_host
from simulator.link.clock_offset import OffsetMachine
from simulator.link.reconnecting_link import ReconnectingLink
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.declared.device_source import read_device
from simulator.udmi.device import SimulatedDevice
from simulator.udmi.events import Event, Reconnected
from simulator.udmi.link_topics import link_topics
from simulator.udmi.message_machine import EncodingMachine
from simulator.udmi.rules.rules_by_spec import rules_under
from simulator.udmi.variations import VARIATIONS
from simulator.udmi.variations.variation import HEALTHY, Variation

AHU_1 = data("udmi", "devices", "ahu-1.toml")


@dataclass(frozen=True)
class SimTarget:
    """A device read from a file, how it is varied, and the spec that it speaks."""

    name: str
    file: DeviceFile
    variation: Variation = HEALTHY
    clock: Clock = Clock.VIRTUAL
    spec: Spec = Spec.UDMI_1_5

    @classmethod
    def from_option(cls, path: str, options: TargetOptions | None = None) -> "SimTarget":
        """From what stands behind `sim:`; nothing there means the air handling unit that comes with Setpoint."""
        options = options or TargetOptions()
        if (
            options.profile
            or options.login
            or options.tls
            or options.insecure
            or options.client_ca
            or options.client_id
        ):
            raise UsageError("--device=sim has its profile in its own file, and a broker of its own to itself")
        return cls(
            f"sim:{path}" if path else "sim", read_device(Path(path) if path else AHU_1), spec=Spec(options.spec)
        )

    @property
    def profile(self) -> Profile:
        """The profile of the file."""
        return self.file.profile

    @property
    def shows(self) -> frozenset[str]:
        """All that our broker tells; it has no certificate."""
        return frozenset({"listen://"})

    def provokes(self, name: str) -> bool:
        """All provocations there are."""
        return bool(name)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device, alive on a broker of its own."""
        fault_injector = FaultInjector() if services.see else None
        with broker_host() as host:
            listener = Listener(host, watch=services.see, fault_injector=fault_injector)
            async with services.start_broker(listener) as endpoint, self._alive(endpoint) as tell:
                yield RunningTarget(
                    endpoint, _Control(tell), network=fault_injector, provokes_within=0.0, declares_itself=True
                )

    @asynccontextmanager
    async def _alive(self, endpoint: Endpoint) -> AsyncIterator[Tell[Event]]:
        """The device, connected. Raises LinkError where that does not come about."""
        codec, machine = codec_of(self.spec), self.machine()
        listeners: list[Tell[Event]] = []

        def changed(problem: str | None) -> None:
            for tell in listeners if problem is None else ():
                tell(Reconnected())

        topics = link_topics(self.file.identity.id, self.profile.topics)
        link = ReconnectingLink(endpoint, self.file.identity.id, changed, self.variation.rules.link, topics)
        async with link.kept(wait=False):
            if problem := await link.first_try():
                raise problem
            async with (
                self._namesake(endpoint),
                self.variation.network(link) as line,
                alive(machine, line, lambda heard: codec.decode_config(heard.payload)) as tell,
            ):
                listeners.append(tell)
                yield tell

    @asynccontextmanager
    async def _namesake(self, endpoint: Endpoint) -> AsyncIterator[None]:
        """Somebody else under the device's id, if the variation has one."""
        async with asyncio.TaskGroup() as tasks:
            if self.variation.namesake:
                config = Topics.of(self.profile.id, self.profile.topics).config
                joining = self.variation.namesake.join(endpoint, self.file.identity.id, config)
                visiting = tasks.create_task(joining)
            try:
                yield
            finally:
                if self.variation.namesake:
                    visiting.cancel()

    def machine(self) -> Machine[Event]:
        """The device alone."""
        rules = rules_under(self.spec, self.variation.rules, self.profile.time_to_failure)
        codec = codec_of(self.spec)
        device = SimulatedDevice(self.file.identity, self.file.points, rules, codec.layout, self.profile.topics)
        return OffsetMachine(EncodingMachine(device, codec), self.variation.ahead)

    @property
    def variants(self) -> Sequence[Variant]:
        """Every deviation and quirk."""
        return [variation.variant for variation in VARIATIONS]

    def varied(self, variant: str) -> Target:
        """The same device with one decision changed; or another one, where that is the oddity."""
        variation = next(variation for variation in VARIATIONS if variation.variant.id == variant)
        return replace(self, name=f"{self.name}+{variant}", file=variation.device(self.file), variation=variation)


class _Control:
    """The simulator's own way to provoke: it tells the device."""

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell

    async def provoke(self, provocation: Provocation) -> None:
        self._tell(event_of(provocation))
