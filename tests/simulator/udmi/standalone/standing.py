"""Devices that live on an embedded broker in real time, and how to look at them. Waits are for facts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import ClientResponse, ClientSession

from harness.broker import embedded_broker
from harness.clock import Clock, new_loop, utc
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Link, connect
from harness.payload.values import Value
from harness.protocols.udmi.words.messages import Config, PointConfig, PointsetConfig, State
from harness.protocols.udmi.words.topics import UDMI, Topics
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.standalone.fleet import alive_together
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.standalone.device_control import device_routes
from simulator.udmi.standalone.numbered_devices import numbered
from simulator.udmi.standalone.running_device import RunningUdmiDevice
from simulator.udmi.target import AHU_1
from simulator.udmi.variations.variation import HEALTHY, Variation
from tests.udmi_1_5 import VERSION, decode_state, encode

LOOPBACK = Address("127.0.0.1", 0)
PATIENCE = 20.0  # seconds; what is waited for takes a tenth of one, or two where a gap has to pass
T = TypeVar("T")


def in_real_time(drive: Coroutine[Any, Any, T]) -> T:
    """The result of the coroutine, on the wall clock."""
    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        return runner.run(drive)


async def until(fact: Callable[[], object]) -> None:
    """Until it holds."""
    async with asyncio.timeout(PATIENCE):
        while not fact():  # noqa: ASYNC110 - facts of all kinds, without a bell of their own
            await asyncio.sleep(0.01)


@dataclass
class Cloud:
    """A cloud: it sends configs to a device, and reads its states."""

    link: Link
    states: list[State] = field(default_factory=list)

    topics: str = UDMI

    async def write(self, device: str = "AHU-1", *, expires: bool = True, **values: Value) -> Config:
        """A config of a minute ago that sets these points, and lists no others."""
        points = {name: PointConfig(set_value=value) for name, value in values.items()}
        config = Config(
            round(utc() - 60, 3), VERSION, PointsetConfig(None, utc() + 3600 if expires else None, 1, points)
        )
        await self.link.publish(Topics.of(device, self.topics).config, encode(config))
        return config

    async def read(self) -> None:
        """Every state, as long as the task lasts."""
        async for delivery in self.link.deliveries():
            self.states.append(decode_state(delivery.payload))


@asynccontextmanager
async def cloud(endpoint: Endpoint, device: str = "AHU-1", topics: str = UDMI) -> AsyncIterator[Cloud]:
    """Opposite one device."""
    async with connect(endpoint, "cloud") as link:
        await link.subscribe(Topics.of(device, topics).state)
        opposite = Cloud(link, topics=topics)
        reading = asyncio.create_task(opposite.read())
        try:
            yield opposite
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


@dataclass(frozen=True)
class Standing:
    """Devices, their broker, their control, and what they logged."""

    lives: list[RunningUdmiDevice]
    broker: Endpoint
    url: str
    session: ClientSession
    log: list[str]

    @property
    def life(self) -> RunningUdmiDevice:
        """The first device."""
        return self.lives[0]

    async def get(self, path: str, **options: Any) -> Any:  # noqa: ANN401 - JSON
        """The answer of that page."""
        async with self.session.get(self.url + path, **options) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def point(self, name: str) -> dict[str, Any]:
        """The answer about one point of the first device."""
        shown = await self.get("devices/AHU-1")
        return next(point for point in shown["points"] if point["name"] == name)

    async def post(self, path: str, **options: Any) -> tuple[int, str]:  # noqa: ANN401 - what aiohttp takes
        """The status, and the error if there is one."""
        async with self.session.post(self.url + path, **options) as answer:
            return answer.status, await _error(answer)


async def _error(answer: ClientResponse) -> str:
    if answer.status == 204:
        return ""
    content = await answer.json()
    assert list(content) == ["error"]
    return str(content["error"])


@asynccontextmanager
async def standing(
    *,
    count: int = 1,
    variation: Variation = HEALTHY,
    token: str | None = None,
    address: Address = LOOPBACK,
    file: DeviceFile | None = None,
) -> AsyncIterator[Standing]:
    """Everything, up."""
    log: list[str] = []
    async with embedded_broker() as broker:
        lives = [
            RunningUdmiDevice(file, variation, broker, log.append)
            for file in numbered(file or DeviceFile.read(AHU_1), count)
        ]
        async with (
            control(device_routes(lives), address, token) as url,
            alive_together(lives, wait=False),
            ClientSession() as session,
        ):
            for life in lives:
                await life.born()
            yield Standing(lives, broker, url, session, log)
