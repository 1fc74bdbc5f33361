"""A device behind a broker that is there already: `mqtt://HOST[:PORT]` and `mqtts://HOST[:PORT]`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from harness.clock import Clock
from harness.declaration import read_profile
from harness.errors import UsageError
from harness.profile import Profile
from harness.profile_file import ProfileFile
from harness.provocations.carrying_out import Ways
from harness.target import Bench, Means, Stand
from harness.wire.broker_url import endpoint_of
from harness.wire.endpoint import Endpoint


@dataclass(frozen=True)
class RemoteTarget:
    """Whatever answers to the profile's topics there."""

    endpoint: Endpoint
    file: ProfileFile
    clock: Clock = Clock.REAL

    @property
    def name(self) -> str:
        """The broker; the device's own name stands in its profile."""
        return str(self.endpoint)

    @property
    def profile(self) -> Profile:
        """What the operator's file declares."""
        return self.file.profile

    @asynccontextmanager
    async def open(self, bench: Bench) -> AsyncIterator[Stand]:
        """The device is up, or it is not: first contact will tell."""
        for line in self.file.remarks:
            bench.tell(line)
        yield Stand(self.endpoint, Ways(self.profile.id, self.file.ways, bench.ask), is_shared=True)


def mqtt(address: str, means: Means) -> RemoteTarget:
    """From what stands behind `mqtt:`."""
    return _behind("mqtt", address, means)


def mqtts(address: str, means: Means) -> RemoteTarget:
    """From what stands behind `mqtts:`."""
    return _behind("mqtts", address, means)


def _behind(scheme: str, address: str, means: Means) -> RemoteTarget:
    if means.client_ca:
        raise UsageError(f"--client-ca is for --device=listens:…: with {scheme} it is the broker that lets devices in")
    return RemoteTarget(endpoint_of(f"{scheme}:{address}", means.login, means.tls), profile_of(scheme, means))


def profile_of(scheme: str, means: Means) -> ProfileFile:
    """The profile that goes with the device. Raises UsageError where none was given."""
    if means.profile is None:
        raise UsageError(
            f"--device={scheme}:… needs --profile FILE (TOML, or UDMI's metadata.json) to say what it has; "
            "`setpoint profile` drafts one from what it hears"
        )
    return means.profile if isinstance(means.profile, ProfileFile) else read_profile(means.profile)
