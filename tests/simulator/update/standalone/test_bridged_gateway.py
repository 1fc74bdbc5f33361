"""A device on its own, behind a replica service in this process, on one broker and on two."""

import json
from pathlib import Path

import pytest

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.cli import main
from harness.errors import HarnessError
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.payload.values import JSON
from simulator.bridge.running_bridge import RunningBridge
from simulator.standalone.fleet import alive_together
from simulator.update.declared import DeviceFile
from simulator.update.device_variations.variation import HEALTHY
from simulator.update.standalone.bridged_gateway import BridgedGateway
from simulator.update.targets.device import GATEWAY
from tests.simulator.replica.running import running
from tests.simulator.udmi.standalone.standing import in_real_time, until

FILE = DeviceFile.read(GATEWAY).alone


def _bridged(broker: Endpoint, replica: Endpoint, log: list[str]) -> BridgedGateway:
    return BridgedGateway(
        FILE, HEALTHY, lambda profile, out, hand: RunningBridge(profile, replica, out, hand), broker, log.append
    )


async def _desire(replica: Endpoint, software: JSON) -> None:
    async with connect(replica, "component") as component:
        content = {"state": {"desired": {"software": software}}}
        await component.publish("state/GATEWAY-1/update", json.dumps(content).encode())


@pytest.mark.parametrize("is_shared", [True, False])
def test_device_is_updated_to_what_its_replica_desires(tmp_path: Path, is_shared: bool) -> None:  # noqa: FBT001 - which
    async def drive() -> tuple[list[str], dict[str, object]]:
        log: list[str] = []
        async with running(tmp_path) as service, embedded_broker(Listener()) as other:
            device = _bridged(service.broker if is_shared else other, service.broker, log)
            async with alive_together([device], wait=False):
                await until(lambda: any("replica    is told" in line for line in log))
                await _desire(service.broker, {"lab:probe": "2", "probe": "2"})
                await until(lambda: any("replica    is told lab:probe 2" in line for line in log))
                return log, (await service.asked("GET", "/state/GATEWAY-1/get"))[1]

    log, document = in_real_time(drive())

    assert sum("replica    wants lab:probe 2; ignored: probe = '2' is no version" in line for line in log) == 1
    assert any("heard      desiredstate: lab is to have probe 2; activity 'replica-" in line for line in log)
    state = document["state"]
    assert isinstance(state, dict)
    assert state["reported"]["software"]["lab:probe"] == "2"


def test_device_without_its_broker_ends_and_its_bridge_with_it() -> None:
    async def drive() -> None:
        async with embedded_broker(Listener()) as replica:
            nobody = Endpoint("127.0.0.1", 1)
            async with alive_together([_bridged(nobody, replica, [])], wait=False):
                raise AssertionError("there is no broker, so it cannot live")

    with pytest.raises(HarnessError, match="refused"):
        in_real_time(drive())


def test_device_lives_while_its_replica_is_away() -> None:
    async def drive() -> list[str]:
        log: list[str] = []
        async with (
            embedded_broker(Listener()) as broker,
            alive_together([_bridged(broker, Endpoint("127.0.0.1", 1), log)], wait=False),
        ):
            await until(lambda: any("link up" in line for line in log))
            await until(lambda: any("link down" in line for line in log))
        return log

    assert any("next try in" in line for line in in_real_time(drive()))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--replica", "mqtt://127.0.0.1"], "--replica is for a device with an update manager"),
        (["replica/lamp", "--replica", "mqtt://127.0.0.1"], "--replica is for a device with an update manager"),
        (["update/agent", "--replica", "mqtt://127.0.0.1"], "--replica is for a device with an update manager"),
        (["replica/lamp", "--replica-scheme", "aws"], "--replica-scheme is for a device with an update manager"),
        (["update/gateway", "--replica-scheme", "aws"], "--replica-scheme has no use without --replica"),
        (["update/gateway", "--replica", "http://127.0.0.1"], "expected mqtt://HOST[:PORT]"),
    ],
)
def test_bridge_that_cannot_be_is_refused(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sim", *arguments]) == 3

    assert complaint in capsys.readouterr().err
