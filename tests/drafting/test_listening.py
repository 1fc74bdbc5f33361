"""A device is asked to speak, and the broker is left as it was. In virtual time, over TCP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest

from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.clock import Clock, new_loop
from harness.drafting.heard import Heard
from harness.drafting.listening import Listening
from harness.driving.manners import Manners, retained
from harness.errors import LinkError
from harness.shell import alive
from harness.wire.endpoint import Endpoint
from harness.wire.link import connect
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


def listening(endpoint: Endpoint, *, seconds: float = 10.0, is_silent: bool = False, clear: bool = False) -> Listening:
    """For so long."""
    return Listening(Manners(endpoint, "listener", TOPICS, clear), seconds, lambda _: None, CODEC, is_silent)


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
            hearing = asyncio.create_task(
                Listening(Manners(endpoint, "listener", TOPICS), 60.0, told.append, CODEC).hear()
            )
            await asyncio.sleep(5)
        with pytest.raises(LinkError, match="cannot be reached"):
            await hearing

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        runner.run(main())

    assert told == [f"what was retained at /devices/AHU-1/config could not be put back: {OLD!r}"]
