"""A device is asked to speak, and the broker is left as it was. In virtual time, over TCP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.clock import Clock, new_loop
from harness.drafting.heard import Heard
from harness.drafting.listening import Listening
from harness.driving.manners import retained
from harness.errors import LinkError
from harness.profile import Profile
from harness.profile_file import ProfileFile
from harness.provocations.carrying_out import Ways
from harness.shell import alive
from harness.target import Bench, Means, Stand
from harness.targets.listening import ListeningTarget
from harness.wire.endpoint import Endpoint, Login
from harness.wire.link import connect
from harness.wire.spec import Spec
from harness.wire.topics import Topics
from simulator.device import Device
from simulator.device_file import DeviceFile
from simulator.target import AHU_1
from tests.udmi_1_5 import CODEC, decode_config

T = TypeVar("T")
TOPICS = Topics.of("AHU-1")
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
        async with alive(Device(file.identity, file.points), link, CODEC, lambda heard: decode_config(heard.payload)):
            yield


@dataclass(frozen=True)
class There:
    """Whatever speaks on that broker, of which nothing is known."""

    endpoint: Endpoint
    name: str = "mqtt://there"
    clock: Clock = Clock.VIRTUAL
    profile: Profile = field(default_factory=lambda: Profile("AHU-1", {}))

    @asynccontextmanager
    async def open(self, bench: Bench) -> AsyncIterator[Stand]:
        """It is up, or it is not."""
        yield Stand(self.endpoint, Ways("AHU-1", {}, bench.ask), is_shared=True)


def listening(endpoint: Endpoint, *, seconds: float = 10.0, is_silent: bool = False, clear: bool = False) -> Listening:
    """For so long."""
    return Listening(There(endpoint), seconds, lambda _: None, Spec.UDMI_1_5, is_silent, clear)


async def hear(endpoint: Endpoint) -> Heard:
    """What the device says."""
    async with device(endpoint):
        return await listening(endpoint).hear()


def test_device_is_heard_with_every_point_its_units_and_values() -> None:
    heard = run(hear)

    assert set(heard.points) == {point.name for point in DeviceFile.read(AHU_1).points}
    valve = heard.points["cooling_valve_position"]
    assert (valve.units, valve.shows) == ("Percent", 0.0)
    assert heard.telemetries >= 4
    assert heard.system is not None
    assert heard.system.make == "Setpoint"


def test_config_that_was_there_is_put_back() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        await hear(endpoint)
        return await retained(endpoint, "next", TOPICS.config)

    assert run(left, OLD) == OLD


def test_where_no_config_was_one_that_wants_nothing_stays() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        await hear(endpoint)
        return await retained(endpoint, "next", TOPICS.config)

    pointset = decode_config(run(left) or b"").pointset

    assert pointset is not None
    assert (pointset.sample_rate_sec, pointset.points) == (10, None)


def test_where_no_config_was_none_stays_if_that_is_wished() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        async with device(endpoint):
            await listening(endpoint, clear=True).hear()
        return await retained(endpoint, "next", TOPICS.config)

    assert run(left) is None


def test_listener_that_is_silent_sends_nothing() -> None:
    async def main(endpoint: Endpoint) -> tuple[Heard, bytes | None]:
        async with device(endpoint):
            heard = await listening(endpoint, seconds=30, is_silent=True).hear()
        return heard, await retained(endpoint, "next", TOPICS.config)

    heard, config = run(main)

    assert (bool(heard.points), config) == (True, None)


@pytest.mark.parametrize(
    ("says", "told"), [(b"", "there was no point in what it said within 10 s"), (None, "there was nothing within 10 s")]
)
def test_device_that_says_nothing_is_told_and_the_config_is_put_back(says: bytes | None, told: str) -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        if says is not None:
            async with connect(endpoint, "stranger") as link:
                await link.publish(TOPICS.state, b"{}", retain=True)
        with pytest.raises(LinkError, match=told):
            await listening(endpoint).hear()
        return await retained(endpoint, "next", TOPICS.config)

    assert run(left, OLD) == OLD


def test_interrupted_listener_puts_the_config_back() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        hearing = asyncio.create_task(listening(endpoint).hear())
        await asyncio.sleep(4)
        hearing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hearing
        return await retained(endpoint, "next", TOPICS.config)

    assert run(left, OLD) == OLD


def test_config_that_cannot_be_put_back_is_told() -> None:
    told: list[str] = []

    async def main() -> None:
        async with embedded_broker(Listener()) as endpoint:
            async with connect(endpoint, "cloud") as link:
                await link.publish(TOPICS.config, OLD, retain=True)
            hearing = asyncio.create_task(Listening(There(endpoint), 60.0, told.append, Spec.UDMI_1_5).hear())
            await asyncio.sleep(5)
        with pytest.raises(LinkError, match="mqtt://127"):
            await hearing

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        runner.run(main())

    assert told[-1] == "what lay at /devices/AHU-1/config could not be put back: `setpoint restore RUN` does it"


def test_device_that_connects_to_us_is_heard_too() -> None:
    told: list[str] = []
    login = Login("ahu", "sesame")
    nothing_known = ProfileFile(Profile("AHU-1", {}), {})
    target = ListeningTarget(Endpoint("127.0.0.1", 0), nothing_known, Means(nothing_known, login))

    async def come() -> None:
        while not told:  # noqa: ASYNC110 - a second of virtual time costs nothing
            await asyncio.sleep(1)
        port = int(told[-1].partition(",")[0].rpartition(":")[2])
        async with device(Endpoint("127.0.0.1", port, login)):
            await asyncio.sleep(60)

    async def main() -> Heard:
        coming = asyncio.create_task(come())
        heard = await Listening(target, 10.0, told.append, Spec.UDMI_1_5).hear()
        coming.cancel()
        await asyncio.wait([coming])  # its broker is gone, and it may have noticed
        return heard

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        heard = runner.run(main())

    assert set(heard.points) == {point.name for point in DeviceFile.read(AHU_1).points}
