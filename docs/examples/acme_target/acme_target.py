"""The target `acme:ADDRESS`: a thermostat that knows no MQTT, and an adapter that speaks for it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.target import (
    CannotProvoke,
    Clock,
    HostServices,
    Link,
    Listener,
    Provocation,
    RunningTarget,
    TargetOptions,
    UsageError,
    connect,
    utc,
)

VERSION = "1.5.2"
Json = dict[str, Any]
Value = bool | int | float | str

SETPOINT = Point("room_setpoint", PointKind.WRITABLE, good=(21.5, 18.0), out_of_range=400, units="Degrees-Celsius")


@dataclass
class Thermostat:
    """Stands in for Acme's own driver: on a serial line, these would be reads and writes of registers."""

    address: int
    scheduled: float = 20.0
    written: Value | None = None

    def shown(self) -> Value:
        """The temperature that it keeps the room at: its own schedule, unless someone wrote."""
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
    topics: str
    sample_rate: float = 10.0
    reported: Json = field(default_factory=lambda: {"units": SETPOINT.units})

    async def obey(self) -> None:
        """Every config that can be read is carried out, and answered by a state."""
        await self.link.subscribe(f"{self.topics}/config")
        async for delivery in self.link.deliveries():
            config = _table(_read(delivery.payload))
            pointset = _table(config.get("pointset"))
            self._carry_out(_table(_table(pointset.get("points")).get(SETPOINT.name)).get("set_value"))
            rate = pointset.get("sample_rate_sec")
            if isinstance(rate, int | float):
                self.sample_rate = max(1.0, rate)
            await self._say("state", self._state(config.get("timestamp")))

    async def report(self) -> None:
        """Telemetry, again and again."""
        while True:
            await self._say("events/pointset", {"points": {SETPOINT.name: {"present_value": self.thermostat.shown()}}})
            await asyncio.sleep(self.sample_rate)

    def _carry_out(self, wanted: object) -> None:
        value = wanted if isinstance(wanted, Value) else None
        is_taken = self.thermostat.write(value)
        self.reported = {"units": SETPOINT.units}
        if value is not None:
            self.reported["value_state"] = "applied" if is_taken else "invalid"

    def _state(self, last_config: object) -> Json:
        system: Json = {"operation": {"operational": True}, "hardware": {"make": "Acme", "model": "T1"}, "software": {}}
        if isinstance(last_config, str):
            system["last_config"] = last_config
        return {"system": system, "pointset": {"points": {SETPOINT.name: self.reported}}}

    async def _say(self, what: str, message: Json) -> None:
        stamp = datetime.fromtimestamp(utc(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        text = json.dumps({"timestamp": stamp, "version": VERSION, **message})
        await self.link.publish(f"{self.topics}/{what}", text.encode())


def _read(payload: bytes) -> object:
    try:
        known: object = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return known


def _table(value: object) -> Json:
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class AcmeTarget:
    """A thermostat at an address."""

    address: int
    clock: Clock = Clock.VIRTUAL  # it lives in this process; a device outside of it wants Clock.REAL

    @property
    def name(self) -> str:
        """The words that the operator typed."""
        return f"acme:{self.address}"

    @property
    def profile(self) -> Profile:
        """The profile that it declares: a read-only, slow or stuck point it has not."""
        return Profile(f"ACME-{self.address}", {SETPOINT.name: SETPOINT}, network_allowance=0.0)

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The thermostat and its adapter, as long as the block lasts."""
        async with services.start_broker(Listener()) as endpoint, connect(endpoint, self.profile.id) as link:
            adapter = Adapter(Thermostat(self.address), link, self.profile.topics.replace("{id}", self.profile.id))
            async with asyncio.TaskGroup() as tasks:
                living = [tasks.create_task(adapter.obey()), tasks.create_task(adapter.report())]
                yield RunningTarget(endpoint, Nobody())
                for task in living:
                    task.cancel()


class Nobody:
    """No hand is at the thermostat, so no condition can be brought about on it."""

    async def provoke(self, provocation: Provocation) -> None:
        """Say what would be needed."""
        raise CannotProvoke(provocation, "Acme's bench has no hands; teach AcmeTarget to move it")


def acme(address: str, options: TargetOptions) -> AcmeTarget:
    """From what stands behind `acme:`."""
    if options.profile or options.login or options.tls or options.insecure:
        raise UsageError("--device=acme has its profile in its package, and a broker of its own to itself")
    if not address.isdecimal():
        raise UsageError(f"--device is 'acme:{address}'; expected the thermostat's number on its line, such as acme:42")
    if options.spec != "udmi-1.5":
        raise UsageError(f"--spec is {options.spec}, but Acme's adapter speaks udmi-1.5 alone")
    return AcmeTarget(int(address))
