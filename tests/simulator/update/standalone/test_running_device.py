"""A device on its own, updated by a backend in this process, and looked at over HTTP."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from aiohttp import ClientSession

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.cli import main
from harness.mqtt.link import Link, connect
from harness.payload.values import JSON
from harness.protocols.update.words.envelope import encoded
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.standalone.fleet import alive_together
from simulator.update.declared import DeviceFile
from simulator.update.device_variations.variation import HEALTHY
from simulator.update.standalone.control import gateway_routes
from simulator.update.standalone.running_machines import running_gateway
from simulator.update.targets.device import GATEWAY
from tests.simulator.udmi.standalone.standing import in_real_time, until

FILE = DeviceFile.read(GATEWAY).alone
WANTED: dict[str, JSON] = {
    "domains": [
        {"id": "self-update", "components": [{"id": "firmware", "version": "21"}]},
        {"id": "lab", "components": [{"id": "probe", "version": "2"}]},
    ]
}


async def _desire(link: Link, activity: str) -> None:
    await link.publish("deviceupdate/desiredstate", encoded(WANTED, activity=activity, now=0, enveloped=True))


def test_device_shows_what_it_is_at_and_what_is_done_to_it() -> None:
    async def drive() -> None:
        log: list[str] = []
        shown: list[Mapping[str, Any]] = []
        async with embedded_broker(Listener()) as broker, connect(broker, "backend") as backend:
            device = running_gateway(FILE, HEALTHY, broker, log.append)
            async with (
                alive_together([device], wait=False),
                control(gateway_routes([device]), Address("127.0.0.1", 0), None) as url,
                ClientSession() as http,
            ):

                async def look() -> None:
                    async with http.get(f"{url}devices/GATEWAY-1") as answer:
                        shown.append(await answer.json())

                async def does(what: str) -> None:
                    async with http.post(f"{url}devices/GATEWAY-1/{what}", json={}) as answer:
                        assert answer.status == 204

                await _desire(backend, "a")
                await until(lambda: any("status RUNNING" in line for line in log))
                await look()
                await does("restart")
                await until(lambda: sum("link up" in line for line in log) > 1)
                await until(lambda: any("status COMPLETED" in line for line in log))
                await look()
                await does("reset")
                await look()

        assert (shown[0]["activity"], shown[0]["status"], shown[0]["connected"]) == ("a", "RUNNING", True)
        versions = [{name: one["version"] for name, one in each["components"].items()} for each in shown]
        assert versions[1].items() >= {"self-update:firmware": "21", "lab:probe": "2", "containers:web": "1.0"}.items()
        assert versions[2].items() >= {"self-update:firmware": "20", "lab:probe": "1"}.items()
        assert shown[2]["activity"] is None

    in_real_time(drive())


def test_device_on_its_own_has_agents_of_every_domain_and_asks_no_owner() -> None:
    assert (FILE.profile.played, FILE.profile.consent) == ((), ())
    assert set(FILE.profile.domains) == {"containers", "self-update", "lab", "field"}


def test_devices_on_one_broker_have_their_ids_in_their_topics() -> None:
    first, second = FILE.numbered(2)

    assert first.profile.inbox != second.profile.inbox
    assert json.dumps(first.profile.inbox) == f'"{first.profile.id}/deviceupdate/desiredstate"'


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["update/gatway"], "did you mean 'gateway'?"),
        (["update/gateway", "--spec", "udmi-1.5"], "speaks desired-state or desired-state-kanto"),
        (["update/gateway", "--deviation", "nothing-such"], "unknown deviation 'nothing-such'"),
    ],
)
def test_device_that_there_is_not_is_refused(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sim", *arguments]) == 3

    assert complaint in capsys.readouterr().err
