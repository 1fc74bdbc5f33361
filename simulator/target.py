"""The `sim` target: a simulated device behind the embedded broker, in virtual time unless told otherwise."""

import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.broker.interference import Interference
from harness.broker.listener import LOOPBACK, Listener
from harness.clock import Clock, is_virtual
from harness.errors import UsageError
from harness.machine import Machine
from harness.profile import Profile
from harness.provoke import Provocation
from harness.shell import Tell, alive
from harness.target import Bench, Means, Stand, Target, Variant
from harness.wire.codec import codec_of
from harness.wire.endpoint import Endpoint
from harness.wire.spec import Spec
from simulator.askew import Askew
from simulator.device import Device
from simulator.device_file import DeviceFile
from simulator.device_source import read_device
from simulator.events import Event, Reconnected
from simulator.lasting import LastingLink
from simulator.speaking import rules_under
from simulator.variations import VARIATIONS
from simulator.variations.variation import HEALTHY, Variation

AHU_1 = Path(__file__).parent.parent / "fixtures" / "devices" / "ahu-1.toml"


@dataclass(frozen=True)
class SimTarget:
    """A device read from a file, how it is varied, and the spec that it speaks."""

    name: str
    file: DeviceFile
    variation: Variation = HEALTHY
    clock: Clock = Clock.VIRTUAL
    spec: Spec = Spec.UDMI_1_5

    @classmethod
    def from_option(cls, path: str, means: Means = Means()) -> "SimTarget":  # noqa: B008 - it is frozen
        """From what stands behind `sim:`; nothing there means the air handling unit that comes with Setpoint."""
        if means.profile or means.login or means.tls or means.insecure or means.client_ca:
            raise UsageError("--device=sim has its profile in its own file, and a broker of its own to itself")
        return cls(f"sim:{path}" if path else "sim", read_device(Path(path) if path else AHU_1), spec=means.spec)

    @property
    def profile(self) -> Profile:
        """What the file declares."""
        return self.file.profile

    @asynccontextmanager
    async def open(self, bench: Bench) -> AsyncIterator[Stand]:
        """The device, alive on a broker of its own."""
        interference = Interference() if bench.see else None
        with _place() as host:
            listener = Listener(host, watch=bench.see, interference=interference)
            async with bench.start_broker(listener) as endpoint, self._alive(endpoint) as tell:
                yield Stand(endpoint, _Control(tell), network=interference)

    @asynccontextmanager
    async def _alive(self, endpoint: Endpoint) -> AsyncIterator[Tell[Event]]:
        """The device, connected. Raises LinkError where that does not come about."""
        codec, machine = codec_of(self.spec), self.machine()
        ears: list[Tell[Event]] = []

        def changed(problem: str | None) -> None:
            for tell in ears if problem is None else ():
                tell(Reconnected())

        link = LastingLink(endpoint, self.file.identity.id, changed, self.variation.rules.link)
        async with link.kept(wait=False):
            if problem := await link.first_try():
                raise problem
            async with (
                self.variation.road(link) as line,
                alive(machine, line, codec, lambda heard: codec.decode_config(heard.payload)) as tell,
            ):
                ears.append(tell)
                yield tell

    def machine(self) -> Machine[Event]:
        """The device alone."""
        rules = rules_under(self.spec, self.variation.rules, self.profile.time_to_failure)
        device = Device(self.file.identity, self.file.points, rules, codec_of(self.spec).dialect)
        return Askew(device, self.variation.ahead)

    @property
    def variants(self) -> Sequence[Variant]:
        """Every deviation and quirk."""
        return [variation.variant for variation in VARIATIONS]

    def varied(self, variant: str) -> Target:
        """The same device with one decision changed; or another one, where that is the oddity."""
        variation = next(variation for variation in VARIATIONS if variation.variant.id == variant)
        return replace(self, name=f"{self.name}+{variant}", file=variation.device(self.file), variation=variation)


@contextmanager
def _place() -> Iterator[str]:
    """Where the broker listens. In virtual time at a socket of this machine: what is sent there has arrived at once."""
    if not (is_virtual() and hasattr(socket, "AF_UNIX")):
        yield LOOPBACK
    elif sys.platform == "linux":  # where it has a name, and no file that a process could leave behind
        yield f"\0setpoint-{os.getpid()}-{next(_NUMBERS)}"
    else:
        with TemporaryDirectory(prefix="setpoint-") as folder:
            file = f"{folder}/broker"
            yield file if len(os.fsencode(file)) <= _LONGEST_PATH else LOOPBACK


class _Control:
    """The simulator's own way to provoke: it tells the device."""

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell

    async def provoke(self, provocation: Provocation) -> None:
        self._tell(provocation)


_NUMBERS = count()
_LONGEST_PATH = 100  # bytes; of a socket's file, systems take 103 or a few more
