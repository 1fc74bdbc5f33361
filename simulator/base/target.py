"""A simulated device as a target: behind the embedded broker, in virtual time unless told otherwise."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeVar

from harness.broker.fault_injector import FaultInjector
from harness.broker.listener import Listener
from harness.clock import Clock
from harness.errors import UsageError
from harness.machine.effects import Machine
from harness.machine.shell import Tell
from harness.provocations.provocation import Provocation
from harness.target import HostServices, RunningTarget, TargetOptions, Variant
from harness.target.declared import Declared
from simulator.base.linked_device import DeviceLife, LinkedDevice
from simulator.base.variation import Variation
from simulator.link.broker_host import broker_host

F = TypeVar("F")
R = TypeVar("R")
E = TypeVar("E")


@dataclass(frozen=True)
class SimulatedTarget(ABC, Generic[F, R, E]):
    """A device read from a file, and how it is varied. What a plug says of it is abstract here."""

    name: str
    file: F
    variation: Variation[F, R]
    clock: Clock = Clock.VIRTUAL

    @property
    @abstractmethod
    def profile(self) -> Declared:
        """The profile of the file."""

    @property
    @abstractmethod
    def variations(self) -> Sequence[Variation[F, R]]:
        """Every deviation and quirk."""

    @property
    @abstractmethod
    def device(self) -> LinkedDevice[E]:
        """The device, made anew."""

    @abstractmethod
    def event_of(self, provocation: Provocation) -> E:
        """The event that a provocation is to the device. Raises CannotProvoke where it is none."""

    @property
    def shows(self) -> frozenset[str]:
        """All that our broker tells; it has no certificate."""
        return frozenset({"listen://"})

    def provokes(self, name: str) -> bool:
        """All provocations there are."""
        return bool(name)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device, alive on a broker of its own. Raises LinkError where that does not come about."""
        fault_injector = FaultInjector() if services.see else None
        with broker_host() as host:
            listener = Listener(host, watch=services.see, fault_injector=fault_injector)
            async with services.start_broker(listener) as endpoint, DeviceLife(self.device, endpoint).lived() as tell:
                control = _Control(self, tell)
                yield RunningTarget(
                    endpoint, control, network=fault_injector, provokes_within=0.0, declares_itself=True
                )

    def machine(self) -> Machine[E]:
        """The device alone."""
        return self.device.by_our_clock

    @property
    def variants(self) -> Sequence[Variant]:
        """Every deviation and quirk, as the instrument has them."""
        return [variation.variant for variation in self.variations]

    def varied(self, variant: str) -> Self:
        """The same device with one decision changed; or another one, where that is the oddity."""
        variation = next(variation for variation in self.variations if variation.variant.id == variant)
        return replace(self, name=f"{self.name}+{variant}", file=variation.device(self.file), variation=variation)


def refuse_options(device: str, options: TargetOptions) -> None:
    """Raises UsageError where the operator says of a simulated device what is not to be said of one."""
    if options.profile or options.login or options.tls or options.insecure or options.client_ca or options.client_id:
        raise UsageError(f"--device={device} has its profile in its own file, and a broker of its own to itself")


@dataclass(frozen=True, slots=True)
class _Control(Generic[E]):
    """The simulator's own way to provoke: it tells the device."""

    target: SimulatedTarget[Any, Any, E]
    tell: Tell[E]

    async def provoke(self, provocation: Provocation) -> None:
        self.tell(self.target.event_of(provocation))
