"""A lamp on its own, behind a replica service in this process, moved over HTTP."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import ClientSession

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.cli import main
from harness.mqtt.link import connect
from harness.payload.values import JSON
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device_variations.variation import HEALTHY
from simulator.replica.standalone.device_control import device_routes
from simulator.replica.standalone.running_device import running_device
from simulator.replica.targets.device import LAMP
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.standalone.fleet import alive_together
from tests.simulator.udmi.standalone.standing import in_real_time, until


def test_lamp_reports_what_it_is_told_and_what_is_done_to_it() -> None:
    async def drive() -> None:
        log: list[str] = []
        reported: list[JSON] = []
        note = reported.append

        async def listen() -> None:
            async for delivery in link.deliveries():
                note(json.loads(delivery.payload)["state"]["reported"])

        async with embedded_broker(Listener()) as broker, connect(broker, "replica") as link:
            await link.subscribe("state/LAMP-1/update")
            lamp = running_device(DeviceFile.read(LAMP), HEALTHY, broker, log.append)
            listening = asyncio.create_task(listen())
            async with (
                alive_together([lamp], wait=False),
                control(device_routes([lamp]), Address("127.0.0.1", 0), None) as url,
                ClientSession() as http,
            ):
                await link.publish("state/LAMP-1/update/delta", b'{"state": {"mode": "candle"}, "version": 3}')
                await until(lambda: {"mode": "candle"} in reported)
                where = f"{url}devices/LAMP-1"
                async with http.post(f"{where}/properties/temperature/change", json={"value": 31.0}) as answer:
                    assert answer.status == 204
                async with http.post(f"{where}/properties/brightness/change", json={"value": 400}) as answer:
                    assert answer.status == 400
                async with http.post(f"{where}/properties/brightnes/change", json={"value": 40}) as answer:
                    assert (answer.status, "brightness" in await answer.text()) == (404, True)
                await until(lambda: {"temperature": 31.0} in reported)
                async with http.get(where) as answer:
                    shown = await answer.json()
                async with http.post(f"{where}/restart", json={}) as answer:
                    assert answer.status == 204
                await until(lambda: sum("link up" in line for line in log) > 1)
            listening.cancel()
        assert (shown["version"], shown["properties"]["mode"], shown["connected"]) == (3, "candle", True)
        assert any("heard      update/delta: mode='candle'; version 3" in line for line in log)

    in_real_time(drive())


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["replica/lmp"], "did you mean 'lamp'?"),
        (["replica/lamp", "--spec", "udmi-1.5"], "speaks replica-seed or replica-aws"),
        (["replica/lamp", "--topics", "/a/{id}"], "--topics is for devices that speak UDMI"),
        (["replica/lamp", "--deviation", "nothing-such"], "unknown deviation 'nothing-such'"),
    ],
)
def test_device_that_there_is_not_is_refused(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sim", *arguments]) == 3

    assert complaint in capsys.readouterr().err


def test_file_of_that_name_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "replica").mkdir()
    (tmp_path / "replica" / "lamp").write_text("nonsense", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["sim", "replica/lamp"]) == 3

    assert "is not TOML" in capsys.readouterr().err
