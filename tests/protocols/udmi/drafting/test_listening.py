"""A device is asked to speak, and the broker is left as it was. In virtual time, over TCP."""

import asyncio

import pytest

from harness.broker.embedded import embedded_broker
from harness.broker.listener import Listener
from harness.clock import Clock, new_loop
from harness.driving.shared_broker.claim import Claim
from harness.driving.shared_broker.retained_config import retained_message
from harness.errors import LinkError, UsageError
from harness.mqtt.endpoint import Endpoint, Login
from harness.mqtt.link import connect
from harness.protocols.udmi.drafting.device_description import DeviceDescription
from harness.protocols.udmi.drafting.listening import Listening
from harness.protocols.udmi.profile import Profile
from harness.protocols.udmi.profile_file import ProfileFile
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.target import TargetOptions
from harness.target.listening import ListeningTarget
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.target import AHU_1
from tests.protocols.udmi.drafting.listened_to import OLD, TOPICS, There, device, hear, listening, run
from tests.udmi_1_5 import decode_config


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
        return await retained_message(endpoint, "next", TOPICS.config)

    assert run(left, OLD) == OLD


def test_where_no_config_was_one_that_wants_nothing_stays() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        await hear(endpoint)
        return await retained_message(endpoint, "next", TOPICS.config)

    pointset = decode_config(run(left) or b"").pointset

    assert pointset is not None
    assert (pointset.sample_rate_sec, pointset.points) == (10, None)


def test_where_no_config_was_none_stays_if_that_is_wished() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        async with device(endpoint):
            await listening(endpoint, clear=True).hear()
        return await retained_message(endpoint, "next", TOPICS.config)

    assert run(left) is None


def test_listener_that_is_silent_sends_nothing() -> None:
    async def main(endpoint: Endpoint) -> tuple[DeviceDescription, bytes | None]:
        async with device(endpoint):
            heard = await listening(endpoint, seconds=30, is_silent=True).hear()
        return heard, await retained_message(endpoint, "next", TOPICS.config)

    heard, config = run(main)

    assert (bool(heard.points), config) == (True, None)


def test_device_that_a_run_has_is_not_asked_meanwhile() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        async with device(endpoint), Claim(endpoint, Profile("AHU-1", {}), print).held():
            with pytest.raises(UsageError, match="tests AHU-1 on"):
                await listening(endpoint).hear()
        return await retained_message(endpoint, "next", TOPICS.config)

    assert run(left, OLD) == OLD


def test_device_that_says_nothing_is_told_and_the_config_is_put_back() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        with pytest.raises(LinkError, match=r"there was nothing within 10 s at .*; are --id and --topics right"):
            await listening(endpoint).hear()
        return await retained_message(endpoint, "next", TOPICS.config)

    assert run(left, OLD) == OLD


@pytest.mark.parametrize(
    ("others", "told"),
    [
        (["ahu-1", "AHU-2"], "nothing is heard of AHU-1, but ahu-1 speaks there: write --id ahu-1$"),
        (["AHU-3", "AHU-2"], "nothing is heard of AHU-1; these speak there: AHU-2, AHU-3$"),
        ([f"FCU-{n}" for n in range(8)], "these speak there: FCU-0, FCU-1, FCU-2, FCU-3, FCU-4 and 3 more$"),
    ],
)
@pytest.mark.parametrize("is_silent", [False, True])
def test_other_devices_that_speak_there_are_told(others: list[str], told: str, *, is_silent: bool) -> None:
    async def main(endpoint: Endpoint) -> None:
        async with connect(endpoint, "stranger") as link:
            for name in others:
                await link.publish(Topics.of(name, UDMI).state, b"{}", retain=True)
        with pytest.raises(LinkError, match=told):
            await listening(endpoint, is_silent=is_silent).hear()

    run(main)


def test_interrupted_listener_puts_the_config_back() -> None:
    async def left(endpoint: Endpoint) -> bytes | None:
        hearing = asyncio.create_task(listening(endpoint).hear())
        await asyncio.sleep(4)
        hearing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hearing
        return await retained_message(endpoint, "next", TOPICS.config)

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
    target = ListeningTarget(Endpoint("127.0.0.1", 0), nothing_known, TargetOptions(nothing_known, login))

    async def come() -> None:
        while not told:  # noqa: ASYNC110 - a second of virtual time costs nothing
            await asyncio.sleep(1)
        port = int(told[-1].partition(",")[0].rpartition(":")[2])
        async with device(Endpoint("127.0.0.1", port, login)):
            await asyncio.sleep(60)

    async def main() -> DeviceDescription:
        coming = asyncio.create_task(come())
        heard = await Listening(target, 10.0, told.append, Spec.UDMI_1_5).hear()
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)  # its broker is gone, and it may have noticed
        return heard

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        heard = runner.run(main())

    assert set(heard.points) == {point.name for point in DeviceFile.read(AHU_1).points}
