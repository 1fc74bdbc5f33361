"""The simulated update agent as a target, on a broker."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.clock import Clock, utc
from harness.driving.progress import Unseen
from harness.errors import UsageError
from harness.interruption import run
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Delivery, connect
from harness.payload.values import JSON
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.topics import MessageKind
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import HostServices, TargetOptions, check_target
from simulator.update.law import ORDER
from simulator.update.targets.agent import AGENT, UpdateAgentTarget

TARGET = UpdateAgentTarget.from_option("", TargetOptions())
WANTED: JSON = [{"id": "web", "version": "1.1"}, {"id": "store", "version": "4.3"}]


async def _update(restarts_at: str | None = None) -> list[str]:
    """The statuses of a whole update, and a late subscriber's inventory behind them.

    At that status it is restarted; each command follows the success of the one before.
    """
    statuses: list[str] = []
    met: list[Endpoint] = []

    @asynccontextmanager
    async def started(listener: Listener) -> AsyncIterator[Endpoint]:
        async with embedded_broker(listener) as endpoint:
            met.append(endpoint)
            yield endpoint

    profile = TARGET.profile
    async with TARGET.open(HostServices(started, Unseen().ask, Unseen().tell)) as running, connect(met[0], "um") as um:
        await um.subscribe(profile.topic(MessageKind.FEEDBACK))
        state: dict[str, JSON] = {"domains": [{"id": "containers", "components": WANTED}]}
        await um.publish(profile.inbox, encoded(state, activity="a", now=utc(), enveloped=True))
        waiting = [command.value for command in ORDER]
        async for delivery in um.deliveries():
            status = json.loads(delivery.payload)["payload"]["status"]
            if [status] != statuses[-1:]:
                statuses.append(status)
                if status == restarts_at:
                    await running.provoker.provoke(Provocation("restart"))
                if waiting and (status == "IDENTIFIED" or status.endswith("_SUCCESS")):
                    if status == restarts_at:
                        await asyncio.sleep(10)
                    command: dict[str, JSON] = {"command": waiting.pop(0)}
                    payload = encoded(command, activity="a", now=utc(), enveloped=True)
                    await um.publish(profile.topic(MessageKind.COMMAND), payload)
            if status == "COMPLETED":
                break
        await asyncio.sleep(1)
        async with connect(met[0], "late") as late:
            await late.subscribe(profile.topic(MessageKind.CURRENT_STATE))
            inventory = await anext(aiter(late.deliveries()))
        return [*statuses, *_versions(inventory)]


def _versions(delivery: Delivery) -> list[str]:
    assert delivery.retain
    nodes = json.loads(delivery.payload)["payload"]["softwareNodes"]
    return [f"{node['id']} {node['version']}" for node in nodes[1:]]


WHOLE = [
    "IDENTIFYING",
    "IDENTIFIED",
    "DOWNLOADING",
    "DOWNLOAD_SUCCESS",
    "UPDATING",
    "UPDATE_SUCCESS",
    "ACTIVATING",
    "ACTIVATION_SUCCESS",
    "CLEANUP",
    "CLEANUP_SUCCESS",
    "COMPLETED",
    "containers:web 1.1",
    "containers:store 4.3",
]


def test_target_can_be_relied_on() -> None:
    check_target(lambda: TARGET)


@pytest.mark.parametrize("restarts_at", [None, "IDENTIFIED", "DOWNLOADING", "UPDATE_SUCCESS", "ACTIVATING"])
def test_agent_goes_through_a_whole_update(restarts_at: str | None) -> None:
    assert run(_update(restarts_at), Clock.VIRTUAL) == WHOLE


def test_provocation_that_no_agent_knows_is_refused() -> None:
    assert TARGET.event_of(Provocation("reset")) != TARGET.event_of(Provocation("restart"))

    with pytest.raises(CannotProvoke, match="nothing that happens to an update agent"):
        TARGET.event_of(Provocation("paint"))


@pytest.mark.parametrize("spec", UpdateSpec)
def test_agent_keeps_the_spec_that_it_is_judged_by(spec: UpdateSpec) -> None:
    assert UpdateAgentTarget.from_option("", TargetOptions(spec=spec)).file.spec is spec


def test_device_is_no_agent(tmp_path: Path) -> None:
    file = tmp_path / "device.toml"
    file.write_text(AGENT.read_text(encoding="utf-8").replace('role = "agent"', 'role = "device"'), encoding="utf-8")

    with pytest.raises(UsageError, match="takes the profile of an update agent, and its role is device"):
        UpdateAgentTarget.from_option(str(file), TargetOptions())
