"""The target `acme:ADDRESS`: a thermostat that knows no MQTT, and an adapter that speaks for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from harness.broker.listener import Listener
from harness.clock import Clock, utc
from harness.errors import UsageError
from harness.profile import Kind, Point, Profile
from harness.provoke import CannotProvoke, Provocation
from harness.target import Bench, Means, Stand
from harness.wire.codec import Codec, codec_of
from harness.wire.link import Link, connect
from harness.wire.spec import Spec
from harness.wire.topics import Topics
from harness.wire.udmi import Config, PointsetState, PointState, State, SystemState, Telemetry, Value, ValueState

SETPOINT = Point("room_setpoint", Kind.WRITABLE, good=(21.5, 18.0), out_of_range=400, units="Degrees-Celsius")


@dataclass
class Thermostat:
    """Stands in for Acme's own driver: on a serial line, these would be reads and writes of registers."""

    address: int
    scheduled: float = 20.0
    written: Value | None = None

    def shown(self) -> Value:
        """What it keeps the room at: its own schedule, unless someone wrote."""
        return self.scheduled if self.written is None else self.written

    def write(self, value: Value | None) -> bool:
        """Whether it takes the value; None gives it back to its schedule."""
        is_taken = value is None or (isinstance(value, float | int) and 5 <= value <= 35)  # noqa: PLR2004 - its range
        self.written = value if is_taken else None
        return is_taken


@dataclass
class Adapter:
    """Speaks UDMI for the thermostat."""

    thermostat: Thermostat
    link: Link
    topics: Topics
    codec: Codec
    sample_rate: float = 10.0
    reported: PointState = field(default=PointState(units=SETPOINT.units))

    async def obey(self) -> None:
        """Every config is carried out, and answered by a state."""
        await self.link.subscribe(self.topics.config)
        async for delivery in self.link.deliveries():
            config = self.codec.decode_config(delivery.payload)
            self._carry_out(config)
            system = SystemState(last_config=config.timestamp, operational=True, make="Acme", model="T1")
            pointset = PointsetState(points={SETPOINT.name: self.reported})
            state = State(utc(), self.codec.version, system, pointset)
            await self.link.publish(self.topics.state, self.codec.encode(state))

    async def report(self) -> None:
        """Telemetry, again and again."""
        while True:
            telemetry = Telemetry(utc(), self.codec.version, {SETPOINT.name: self.thermostat.shown()})
            await self.link.publish(self.topics.telemetry, self.codec.encode(telemetry))
            await asyncio.sleep(self.sample_rate)

    def _carry_out(self, config: Config) -> None:
        points = config.pointset.points if config.pointset else None
        wanted = points[SETPOINT.name].set_value if points and SETPOINT.name in points else None
        value = wanted if isinstance(wanted, bool | int | float | str) else None
        is_taken = self.thermostat.write(value)
        taken = ValueState.APPLIED if is_taken else ValueState.INVALID
        self.reported = PointState(value_state=None if value is None else taken, units=SETPOINT.units)
        if config.pointset and isinstance(config.pointset.sample_rate_sec, int | float):
            self.sample_rate = max(1.0, config.pointset.sample_rate_sec)


@dataclass(frozen=True)
class AcmeTarget:
    """A thermostat at an address."""

    address: int
    spec: Spec = Spec.UDMI_1_5
    clock: Clock = Clock.VIRTUAL  # it lives in this process; a device outside of it wants Clock.REAL

    @property
    def name(self) -> str:
        """What the operator typed."""
        return f"acme:{self.address}"

    @property
    def profile(self) -> Profile:
        """What it declares: a read-only, slow or stuck point it has not."""
        return Profile(f"ACME-{self.address}", {SETPOINT.name: SETPOINT}, network_allowance=0.0)

    @asynccontextmanager
    async def open(self, bench: Bench) -> AsyncIterator[Stand]:
        """The thermostat and its adapter, as long as the block lasts."""
        topics = Topics.of(self.profile.id)
        async with bench.start_broker(Listener()) as endpoint, connect(endpoint, self.profile.id) as link:
            adapter = Adapter(Thermostat(self.address), link, topics, codec_of(self.spec))
            async with asyncio.TaskGroup() as tasks:
                living = [tasks.create_task(adapter.obey()), tasks.create_task(adapter.report())]
                yield Stand(endpoint, Nobody())
                for task in living:
                    task.cancel()


class Nobody:
    """No hand is at the thermostat, so no condition can be brought about on it."""

    async def provoke(self, provocation: Provocation) -> None:
        """Say what would be needed."""
        raise CannotProvoke(provocation, "Acme's bench has no hands; teach AcmeTarget to move it")


def acme(address: str, means: Means) -> AcmeTarget:
    """From what stands behind `acme:`."""
    if means.profile or means.login or means.tls or means.insecure:
        raise UsageError("--device=acme has its profile in its package, and a broker of its own to itself")
    if not address.isdecimal():
        raise UsageError(f"--device is 'acme:{address}'; expected the thermostat's number on its line, such as acme:42")
    return AcmeTarget(int(address), means.spec)
