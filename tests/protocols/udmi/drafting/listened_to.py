"""A device that is listened to on a broker of its own, in virtual time, over TCP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.clock import Clock, new_loop
from harness.machine.shell import alive
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.udmi.drafting.device_description import DeviceDescription
from harness.protocols.udmi.drafting.listening import Listening
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.provocations.carrying_out import Ways
from harness.target import HostServices, RunningTarget
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.device import SimulatedDevice
from simulator.udmi.message_machine import EncodingMachine
from simulator.udmi.target import AHU_1
from tests.udmi_1_5 import CODEC, decode_config

T = TypeVar("T")
TOPICS = Topics.of("AHU-1", UDMI)
OLD = b'{"timestamp": "2020-01-01T00:00:00Z", "pointset": {"points": {}}}'


def run(main: Callable[[Endpoint], Awaitable[T]], config: bytes | None = None) -> T:
    """With a broker on which that config is retained."""

    async def on_a_broker() -> T:
        async with embedded_broker(Listener()) as endpoint:
            if config is not None:
                async with connect(endpoint, "cloud") as link:
                    await link.publish(TOPICS.config, config, retain=True)
            return await main(endpoint)

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(on_a_broker())


@asynccontextmanager
async def device(endpoint: Endpoint) -> AsyncIterator[None]:
    """The air handling unit that comes with Setpoint."""
    file = DeviceFile.read(AHU_1)
    async with connect(endpoint, "AHU-1") as link:
        await link.subscribe(TOPICS.config)
        async with alive(
            EncodingMachine(SimulatedDevice(file.identity, file.points), CODEC),
            link,
            lambda heard: decode_config(heard.payload),
        ):
            yield


@dataclass(frozen=True)
class There:
    """Any client that speaks on that broker, of which nothing is known."""

    endpoint: Endpoint
    name: str = "mqtt://there"
    clock: Clock = Clock.VIRTUAL
    profile: Profile = field(default_factory=lambda: Profile("AHU-1", {}))

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """It is up, or it is not."""
        yield RunningTarget(self.endpoint, Ways("AHU-1", {}, services.ask), is_shared=True)


def listening(endpoint: Endpoint, *, seconds: float = 10.0, is_silent: bool = False, clear: bool = False) -> Listening:
    """For so long."""
    return Listening(There(endpoint), seconds, lambda _: None, Spec.UDMI_1_5, is_silent, clear)


async def hear(endpoint: Endpoint) -> DeviceDescription:
    """The device's messages."""
    async with device(endpoint):
        return await listening(endpoint).hear()
