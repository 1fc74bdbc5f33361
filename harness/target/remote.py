"""A device behind a broker that is there already: `mqtt://HOST[:PORT]` and `mqtts://HOST[:PORT]`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from harness.clock import Clock
from harness.errors import UsageError
from harness.mqtt.broker_url import endpoint_of
from harness.mqtt.endpoint import Endpoint
from harness.protocol import protocol_of
from harness.provocations.carrying_out import Ways
from harness.target import HostServices, RunningTarget, TargetOptions
from harness.target.declared import Declaration, Declared
from harness.target.target import Identified


@dataclass(frozen=True)
class RemoteTarget:
    """The device that answers to the profile's topics on that broker."""

    endpoint: Endpoint
    file: Declaration
    clock: Clock = Clock.REAL

    @property
    def name(self) -> str:
        """The broker; the device's own name stands in its profile."""
        return str(self.endpoint)

    @property
    def profile(self) -> Declared:
        """The profile of the operator's file."""
        return self.file.profile

    @property
    def shows(self) -> frozenset[str]:
        """A broker of somebody else's tells nothing of its clients."""
        return frozenset()

    def provokes(self, name: str) -> bool:
        """The provocations that the operator's file has a way for."""
        return name in self.file.ways

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device is up, or it is not: first contact will tell."""
        for line in self.file.remarks:
            services.tell(line)
        ways = Ways(self.profile.id, self.file.ways, services.ask)
        known = self.file.identities() if isinstance(self.file, Identified) else {}
        yield RunningTarget(self.endpoint, ways, is_shared=True, provokes_within=ways.longest, identities=known)


def mqtt(address: str, options: TargetOptions) -> RemoteTarget:
    """From what stands behind `mqtt:`."""
    return _behind("mqtt", address, options)


def mqtts(address: str, options: TargetOptions) -> RemoteTarget:
    """From what stands behind `mqtts:`."""
    return _behind("mqtts", address, options)


def _behind(scheme: str, address: str, options: TargetOptions) -> RemoteTarget:
    if options.client_ca:
        raise UsageError(f"--client-ca is for --device=listens:…: with {scheme} it is the broker that lets devices in")
    endpoint = replace(endpoint_of(f"{scheme}:{address}", options.login, options.tls), client_id=options.client_id)
    return RemoteTarget(endpoint, profile_of(scheme, options))


def profile_of(scheme: str, options: TargetOptions) -> Declaration:
    """The profile that goes with the device. Raises UsageError where none was given."""
    plug = protocol_of(options.spec)
    if options.profile is None:
        hint = f"; {plug.profile_hint}" if plug.profile_hint else ""
        raise UsageError(f"a target at {scheme}:… needs --profile FILE ({plug.profile_forms}) to say what it has{hint}")
    known = plug.read_profile(options.profile) if isinstance(options.profile, Path) else options.profile
    return options.part(known) if options.part else known
