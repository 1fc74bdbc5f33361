"""An update agent on its own, updated by a manager in this process, and looked at over HTTP."""

import json

import pytest
from aiohttp import ClientSession

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.cli import main
from harness.mqtt.link import connect
from harness.payload.values import JSON
from harness.protocols.update.words.device_events import Connected, HeardMessage, Reset, Restarted
from harness.protocols.update.words.envelope import encoded
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.standalone.fleet import alive_together
from simulator.update.agent_variations.variation import HEALTHY
from simulator.update.declared import DeviceFile
from simulator.update.standalone.control import agent_routes
from simulator.update.standalone.message_lines import of_event, of_message
from simulator.update.standalone.running_machines import running_agent
from simulator.update.targets.agent import AGENT
from tests.simulator.udmi.standalone.standing import in_real_time, until

WANTED: dict[str, JSON] = {
    "domains": [
        {"id": "containers", "components": [{"id": "web", "version": "1.1"}, {"id": "store", "version": "4.3"}]}
    ]
}


def test_agent_shows_what_it_is_at_and_what_is_done_to_it() -> None:
    async def drive() -> None:
        log: list[str] = []
        shown: list[dict[str, JSON]] = []
        async with embedded_broker(Listener()) as broker, connect(broker, "um") as um:
            agent = running_agent(DeviceFile.read(AGENT), HEALTHY, broker, log.append)
            async with (
                alive_together([agent], wait=False),
                control(agent_routes([agent]), Address("127.0.0.1", 0), None) as url,
                ClientSession() as http,
            ):

                async def look() -> None:
                    async with http.get(f"{url}devices/GATEWAY-1") as answer:
                        shown.append(await answer.json())

                await um.publish("containersupdate/desiredstate", encoded(WANTED, activity="a", now=0, enveloped=True))
                await until(lambda: any("status IDENTIFIED" in line for line in log))
                await look()
                async with http.post(f"{url}devices/GATEWAY-1/restart", json={}) as answer:
                    assert answer.status == 204
                await until(lambda: sum("link up" in line for line in log) > 1)
                await look()
                async with http.post(f"{url}devices/GATEWAY-1/reset", json={}) as answer:
                    assert answer.status == 204
                await look()
        before = {
            "containers:web": {"version": "1.0", "config": {"image": "registry.local/web:1.0", "env.MODE": "lab"}},
            "containers:store": {"version": "4.3", "config": {}},
        }
        waiting = {
            "id": "GATEWAY-1",
            "connected": True,
            "activity": "a",
            "statuses": ["IDENTIFIED"],
            "components": before,
        }
        assert [{name: one[name] for name in waiting} for one in shown[:2]] == [waiting, waiting]
        assert shown[2]["activity"] is None

    in_real_time(drive())


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        ({"activityId": "a", "payload": {"status": "DOWNLOADING"}}, "status DOWNLOADING; activity 'a'"),
        (
            {
                "payload": {
                    "actions": [{"component": {"id": "c:x", "version": "1"}, "status": "UPDATING", "progress": 5}]
                }
            },
            "c:x 1 UPDATING 5 %",
        ),
        ({"activityId": "a", "payload": WANTED}, "containers is to have web 1.1, store 4.3; activity 'a'"),
        ({"command": "DOWNLOAD", "baseline": "b\n"}, "command DOWNLOAD; baseline b\\n"),
        ({"payload": {"softwareNodes": [{"id": "c:x", "version": "1"}]}}, "c:x 1"),
        ({"activityId": "a", "payload": None}, "activity 'a'"),
        ({"payload": {"actions": [5], "domains": [{"id": 1}], "softwareNodes": 3}}, "1 is to have nothing"),
    ],
)
def test_message_is_told_in_a_line(payload: JSON, line: str) -> None:
    said = of_message("containersupdate/desiredstatefeedback", json.dumps(payload).encode(), sent=True)

    assert said.startswith("says       desiredstatefeedback: ")
    assert line in said


def test_event_is_told_in_a_line() -> None:
    events = (
        HeardMessage("xupdate/currentstate/get", b""),
        HeardMessage("odd", b"\xff{"),
        Restarted(),
        Reset(),
        Connected(),
    )

    assert [of_event(event) for event in events] == [
        "heard      currentstate/get: nothing",
        "heard      odd: '\ufffd{'",
        "restart",
        "reset      to what it had at first",
        None,
    ]
    assert "(lost: the link is down)" in of_message("a", b"{}", sent=False)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["update/agnt"], "did you mean 'agent'?"),
        (["update/agent", "--spec", "udmi-1.5"], "speaks desired-state or desired-state-kanto"),
        (["update/agent", "--deviation", "nothing-such"], "unknown deviation 'nothing-such'"),
    ],
)
def test_agent_that_there_is_not_is_refused(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sim", *arguments]) == 3

    assert complaint in capsys.readouterr().err
