"""The target `replica-device`: a simulated device behind a replica that the harness plays, in virtual time."""

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
from harness.mqtt.link import Delivery
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.words.topics import Scheme
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import HostServices, RunningTarget, Target, TargetOptions, Variant
from simulator.link.broker_host import broker_host
from simulator.link.clock_offset import OffsetMachine
from simulator.link.link_rules import LinkRules
from simulator.link.reconnecting_link import ReconnectingLink
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.device import ReplicaDevice
from simulator.replica.device.events import Changed, Connected, DeviceEvent, Heard, Restarted
from simulator.replica.device.link_topics import link_topics
from simulator.replica.device_variations import VARIATIONS
from simulator.replica.device_variations.variation import HEALTHY, DeviceVariation

LAMP = data("replica", "devices", "lamp.toml")


@dataclass(frozen=True)
class ReplicaDeviceTarget:
    """A device read from a file, and how it is varied."""

    name: str
    file: DeviceFile
    variation: DeviceVariation = HEALTHY
    clock: Clock = Clock.VIRTUAL

    @property
    def profile(self) -> DeviceProfile:
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
    async def _alive(self, endpoint: Endpoint) -> AsyncIterator[Tell[DeviceEvent]]:
        """The device, connected. Raises LinkError where that does not come about."""
        listeners: list[Tell[DeviceEvent]] = []

        def changed(problem: str | None) -> None:
            for tell in listeners if problem is None else ():
                tell(Connected())

        link = ReconnectingLink(
            endpoint, self.profile.id, changed, link_rules(self.variation, self.profile), link_topics(self.profile)
        )
        async with link.kept(wait=False):
            if problem := await link.first_try():
                raise problem
            async with (
                self._namesake(endpoint),
                self.variation.network(link) as line,
                alive(self.machine(), line, heard) as tell,
            ):
                listeners.append(tell)
                tell(Connected())
                yield tell

    @asynccontextmanager
    async def _namesake(self, endpoint: Endpoint) -> AsyncIterator[None]:
        """Somebody else under the device's id, if the variation has one."""
        async with asyncio.TaskGroup() as tasks:
            if self.variation.namesake:
                joining = self.variation.namesake.join(endpoint, self.profile.id, self.profile.inbox)
                visiting = tasks.create_task(joining)
            try:
                yield
            finally:
                if self.variation.namesake:
                    visiting.cancel()

    def machine(self) -> Machine[DeviceEvent]:
        """The device alone."""
        device = ReplicaDevice(self.profile.id, self.file.properties, self.variation.rules, self.profile.scheme)
        return OffsetMachine(device, self.variation.ahead)

    @property
    def variants(self) -> Sequence[Variant]:
        """Every deviation and quirk."""
        return [variation.variant for variation in VARIATIONS]

    def varied(self, variant: str) -> Target:
        """The same device with one decision changed; or another one, where that is the oddity."""
        variation = next(variation for variation in VARIATIONS if variation.variant.id == variant)
        return replace(self, name=f"{self.name}+{variant}", file=variation.device(self.file), variation=variation)


def replica_device(path: str, options: TargetOptions) -> ReplicaDeviceTarget:
    """From what stands behind `replica-device`; nothing there means the lamp that comes with Setpoint."""
    if options.profile or options.login or options.tls or options.insecure or options.client_ca or options.client_id:
        raise UsageError("--device=replica-device has its profile in its own file, and a broker of its own to itself")
    name = f"replica-device:{path}" if path else "replica-device"
    scheme = Scheme.AWS if options.spec.endswith("-aws") else Scheme.SEED
    return ReplicaDeviceTarget(name, DeviceFile.read(Path(path) if path else LAMP, scheme))


def link_rules(variation: DeviceVariation, profile: DeviceProfile) -> LinkRules:
    """A device asks for all that a replica says to it, and reads all that it asked for, unless it is varied in that."""
    rules, usual = variation.rules.link, LinkRules()
    return replace(
        rules,
        filters=(lambda _inbox: profile.answers) if rules.filters is usual.filters else rules.filters,
        reads=(lambda _inbox, _topic: True) if rules.reads is usual.reads else rules.reads,
    )


def heard(delivery: Delivery) -> DeviceEvent:
    """As the device is told of a message."""
    return Heard(delivery.topic, delivery.payload)


class _Control:
    """The simulator's own way to provoke: it tells the device."""

    def __init__(self, tell: Callable[[DeviceEvent], None]) -> None:
        self._tell = tell

    async def provoke(self, provocation: Provocation) -> None:
        match provocation:
            case Provocation("change", name, value):
                self._tell(Changed(name, value))
            case Provocation("restart"):
                self._tell(Restarted())
            case _:
                raise CannotProvoke(provocation, "it is nothing that happens to a device behind a replica")
