"""A device on its own while its broker comes and goes."""

import asyncio
import re
import socket
from dataclasses import replace

import pytest

from harness.broker import embedded_broker
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint, Login
from harness.protocols.udmi.words.topics import UDMI, Topics
from simulator.standalone.fleet import alive_together
from simulator.standalone.variant_choice import variation_of
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.rules.expiry import Expiry, read_by
from simulator.udmi.standalone.numbered_devices import numbered
from simulator.udmi.standalone.running_device import RunningUdmiDevice
from simulator.udmi.target import AHU_1
from simulator.udmi.variations import VARIATIONS
from simulator.udmi.variations.variation import HEALTHY
from tests.hostile import PAYLOADS
from tests.simulator.standalone.relay import relay
from tests.simulator.udmi.standalone.standing import cloud, in_real_time, standing, until


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def lives(endpoint: Endpoint, log: list[str], *, count: int = 1) -> list[RunningUdmiDevice]:
    """Devices that are to live there."""
    return [RunningUdmiDevice(file, HEALTHY, endpoint, log.append) for file in numbered(DeviceFile.read(AHU_1), count)]


def test_device_answers_a_config_of_the_cloud() -> None:
    async def drive() -> None:
        async with standing() as running, cloud(running.broker) as opposite:
            config = await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            assert opposite.states[-1].last_config == config.timestamp
            assert opposite.states[-1].point("supply_air_temperature_setpoint").value_state == "applied"

    in_real_time(drive())


def test_device_of_a_back_end_that_gives_no_expiry_answers_at_the_topics_of_its_registry() -> None:
    async def drive() -> None:
        chosen = variation_of(None, "at-other-topics", among=VARIATIONS, healthy=HEALTHY)
        lenient = replace(chosen, rules=read_by(Expiry.OPTIONAL, chosen.rules))
        file = lenient.device(DeviceFile.read(AHU_1))
        async with (
            standing(file=file, variation=lenient) as running,
            cloud(running.broker, topics=file.profile.topics) as opposite,
        ):
            config = await opposite.write(expires=False, supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states and opposite.states[-1].last_config == config.timestamp)
            assert opposite.states[-1].point("supply_air_temperature_setpoint").value_state == "applied"

    in_real_time(drive())


def test_devices_side_by_side_answer_for_themselves() -> None:
    async def drive() -> None:
        async with standing(count=3) as running, cloud(running.broker, "AHU-3") as opposite:
            await until(lambda: running.lives[2].is_up)
            await opposite.write("AHU-2", damper_position=1.0)
            config = await opposite.write("AHU-3", supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            await until(lambda: opposite.states[-1].last_config == config.timestamp)
            assert running.lives[0].machine.last_config == 0

    in_real_time(drive())


def test_device_that_was_chosen_to_break_a_clause_does() -> None:
    async def drive() -> None:
        chosen = variation_of("own-clock-as-last-config", None, among=VARIATIONS, healthy=HEALTHY)
        async with standing(variation=chosen) as running, cloud(running.broker) as opposite:
            config = await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states)
            assert opposite.states[-1].last_config not in (None, config.timestamp)

    in_real_time(drive())


def test_device_lives_on_while_its_broker_is_away_and_says_its_state_when_it_is_back() -> None:
    async def drive() -> list[str]:
        log: list[str] = []
        async with embedded_broker() as broker, relay(broker) as way, cloud(broker) as opposite:
            devices = lives(way.begin, log)
            async with alive_together(devices, wait=False):
                await until(lambda: opposite.states)
                config = await opposite.write(cooling_valve_position=40.0)
                await until(lambda: opposite.states[-1].last_config == config.timestamp)
                await way.cut()
                await until(lambda: not devices[0].is_up)
                await until(lambda: devices[0].machine.points["cooling_valve_position"].value_state == "applied")
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
        async with embedded_broker() as broker, relay(broker) as way, cloud(broker) as opposite:
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
        async with standing() as running:
            running.life.drop(0.1)
            running.life.drop(30)
            await asyncio.sleep(0.5)  # the stretch in which it must not come back
            return [running.life.is_up]

    assert in_real_time(drive()) == [False]


def test_device_survives_whatever_comes_as_a_config() -> None:
    async def drive() -> list[str]:
        async with standing() as running, cloud(running.broker) as opposite:
            for payload in PAYLOADS:
                await opposite.link.publish(Topics.of("AHU-1", UDMI).config, payload)
            config = await opposite.write(supply_air_temperature_setpoint=21.5)
            await until(lambda: opposite.states and opposite.states[-1].last_config == config.timestamp)
            return running.log

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
