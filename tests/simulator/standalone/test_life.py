"""A device on its own while its broker comes and goes."""

import asyncio
import re
import socket

import pytest

from harness.broker import embedded_broker
from harness.errors import LinkError
from harness.wire.endpoint import Endpoint, Login
from harness.wire.topics import Topics
from simulator.device_file import DeviceFile
from simulator.standalone.choice import variation_of
from simulator.standalone.fleet import alive_together
from simulator.standalone.life import Life
from simulator.standalone.numbering import numbered
from simulator.target import AHU_1
from simulator.variations.variation import HEALTHY
from tests.hostile import PAYLOADS
from tests.simulator.standalone.road import road
from tests.simulator.standalone.standing import cloud, in_real_time, standing, until


def free_port() -> int:
    """Where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def lives(endpoint: Endpoint, log: list[str], *, count: int = 1) -> list[Life]:
    """Devices that are to live there."""
    return [Life(file, HEALTHY, endpoint, log.append) for file in numbered(DeviceFile.read(AHU_1), count)]


def test_device_answers_a_config_of_the_cloud() -> None:
    async def drive() -> None:
        async with standing() as stand, cloud(stand.broker) as opposite:
            config = await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            assert opposite.states[-1].last_config == config.timestamp
            assert opposite.states[-1].point("supply_air_temperature_setpoint").value_state == "applied"

    in_real_time(drive())


def test_devices_side_by_side_answer_for_themselves() -> None:
    async def drive() -> None:
        async with standing(count=3) as stand, cloud(stand.broker, "AHU-3") as opposite:
            await until(lambda: stand.lives[2].is_up)
            await opposite.write("AHU-2", damper_position=1.0)
            config = await opposite.write("AHU-3", supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            await until(lambda: opposite.states[-1].last_config == config.timestamp)
            assert stand.lives[0].device.last_config == 0

    in_real_time(drive())


def test_device_that_was_chosen_to_break_a_clause_does() -> None:
    async def drive() -> None:
        chosen = variation_of("own-clock-as-last-config", None)
        async with standing(variation=chosen) as stand, cloud(stand.broker) as opposite:
            config = await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            assert opposite.states[-1].last_config not in (None, config.timestamp)

    in_real_time(drive())


def test_device_lives_on_while_its_broker_is_away_and_says_its_state_when_it_is_back() -> None:
    async def drive() -> list[str]:
        log: list[str] = []
        async with embedded_broker() as broker, road(broker) as way, cloud(broker) as opposite:
            devices = lives(way.begin, log)
            async with alive_together(devices, wait=False):
                await until(lambda: opposite.states)
                config = await opposite.write(cooling_valve_position=40.0)
                await until(lambda: opposite.states[-1].last_config == config.timestamp)
                await way.cut()
                await until(lambda: not devices[0].is_up)
                await until(lambda: devices[0].device.points["cooling_valve_position"].value_state == "applied")
                await way.open()
                await until(lambda: opposite.states[-1].point("cooling_valve_position").value_state == "applied")
        return log

    log = in_real_time(drive())

    assert re.search(r"link down  mqtt://127\.0\.0\.1:\d+: .*next try in 1 s", "\n".join(log))
    assert any("(lost: the link is down)" in line for line in log)
    assert any("next try in 2 s" in line for line in log)


def test_first_connection_that_is_refused_is_an_error() -> None:
    endpoint = Endpoint("127.0.0.1", free_port())

    async def drive() -> None:
        async with alive_together(lives(endpoint, [], count=3), wait=False):
            pass

    with pytest.raises(LinkError, match=rf"{endpoint}: .*refused"):
        in_real_time(drive())


def test_device_that_may_wait_connects_once_its_broker_is_there() -> None:
    async def drive() -> None:
        async with embedded_broker() as broker, road(broker) as way, cloud(broker) as opposite:
            await way.cut()
            devices = lives(way.begin, [])
            async with alive_together(devices, wait=True):
                await devices[0].born()
                assert not devices[0].is_up
                await way.open()
                await until(lambda: opposite.states)

    in_real_time(drive())


def test_link_that_is_dropped_longer_stays_down_longer() -> None:
    async def drive() -> list[bool]:
        async with standing() as stand:
            stand.life.drop(0.1)
            stand.life.drop(30)
            await asyncio.sleep(0.5)  # the stretch in which it must not come back
            return [stand.life.is_up]

    assert in_real_time(drive()) == [False]


def test_device_survives_whatever_comes_as_a_config() -> None:
    async def drive() -> list[str]:
        async with standing() as stand, cloud(stand.broker) as opposite:
            for payload in PAYLOADS:
                await opposite.link.publish(Topics.of("AHU-1").config, payload)
            config = await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states and opposite.states[-1].last_config == config.timestamp)
            return stand.log

    log = in_real_time(drive())

    assert len([line for line in log if " config " in line]) == len(PAYLOADS) + 1
    assert all(line.isprintable() and len(line) <= 240 for line in log)


def test_password_is_never_logged() -> None:
    async def drive() -> list[str]:
        log: list[str] = []
        async with embedded_broker() as broker:
            login = Login("me", "sesame")
            async with alive_together(lives(Endpoint(broker.host, broker.port, login), log), wait=False):
                await until(lambda: log)
        return log

    assert "sesame" not in "\n".join(in_real_time(drive()))
