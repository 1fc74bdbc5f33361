"""Somebody's broker with a service or a device on it, or without, that is examined in virtual time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace

from harness.broker.embedded import embedded_broker
from harness.clock import Clock
from harness.doctor.diagnosis import Diagnosis, diagnose
from harness.doctor.examination import Examination
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.replica.words.spec import ReplicaSpec
from harness.provocations.carrying_out import Ways
from harness.target import HostServices, RunningTarget, StartBroker, Target, TargetOptions
from harness.target.declared import Declared
from simulator.replica.device.rules import ConnectingRules, ReportRules, kept_but
from simulator.replica.targets.device import ReplicaDeviceTarget
from simulator.replica.targets.service import SimulatedService


async def nothing(endpoint: Endpoint) -> None:
    """Nobody else is there."""


@dataclass
class Site:
    """`there`: what is examined. `others`: who live beside it. `lies`: what is retained. `meanwhile` happens beside."""

    there: Target
    others: tuple[Target, ...] = ()
    is_on: bool = True
    lies: Mapping[str, bytes] = field(default_factory=dict)
    meanwhile: Callable[[Endpoint], Awaitable[None]] = nothing
    clock: Clock = Clock.VIRTUAL
    name: str = "mqtt://127.0.0.1"

    @property
    def profile(self) -> Declared:
        """Of what is examined."""
        return self.there.profile

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The broker was there before, and all that lives on it."""
        async with embedded_broker() as endpoint, AsyncExitStack() as stack:
            async with connect(endpoint, "before") as link:
                for topic, payload in self.lies.items():
                    await link.publish(topic, payload, retain=True)
            for number, one in enumerate([*([self.there] if self.is_on else []), *self.others]):
                here = _host(endpoint if one is self.there else replace(endpoint, client_id=f"other-{number}"))
                await stack.enter_async_context(one.open(replace(services, start_broker=here)))
            beside = asyncio.ensure_future(self.meanwhile(endpoint))
            try:
                yield RunningTarget(endpoint, Ways("x", {}, services.ask), is_shared=True)
            finally:
                beside.cancel()
                await asyncio.wait([beside])

    def diagnosis(self, spec: ReplicaSpec = ReplicaSpec.SEED) -> Diagnosis:
        """The words of an examination."""
        subject = "replica-service" if isinstance(self.there, SimulatedService) else "replica-device"
        return diagnose(Examination(self, lambda _line: None, spec, subject=subject).make())


def _host(endpoint: Endpoint) -> StartBroker:
    """Of a client of that broker."""

    @asynccontextmanager
    async def here(_listener: object) -> AsyncIterator[Endpoint]:
        yield endpoint

    return here


def lamp(spec: ReplicaSpec = ReplicaSpec.SEED) -> Target:
    """The device that comes with Setpoint."""
    return ReplicaDeviceTarget.from_option("", TargetOptions(spec=spec))


def quiet_lamp(*, is_settable: bool = True) -> Target:
    """One that began before anybody listened, and says nothing of what is so already."""
    there = ReplicaDeviceTarget.from_option("", TargetOptions(spec=ReplicaSpec.SEED))
    begins = ConnectingRules(gets=lambda _again: False, reported=lambda _names, _again: ())
    rules = kept_but(begins, ReportRules(on_present=False))
    bases = {one.name: one.base for one in there.file.properties}
    good = {one: sorted(one.good, key=lambda value: value != bases[one.name]) for one in there.profile.settable}
    properties = {one.name: replace(one, good=tuple(values) if is_settable else ()) for one, values in good.items()}
    file = replace(there.file, profile=replace(there.profile, properties=properties))
    return replace(there, file=file, variation=replace(there.variation, rules=rules))


def whats(found: Diagnosis) -> list[str]:
    """The sentences of its problems."""
    return [problem.what for problem in found.problems]
