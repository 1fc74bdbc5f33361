"""The simulated device as a target, on a broker: its own agents within, played ones outside."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.clock import Clock, utc
from harness.driving.progress import Unseen
from harness.errors import UsageError
from harness.interruption import run
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.payload.values import JSON
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.topics import MessageKind
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import HostServices, TargetOptions, check_target
from simulator.update.targets.device import GATEWAY, UpdateDeviceTarget

TARGET = UpdateDeviceTarget.from_option("", TargetOptions())
WANTED: dict[str, JSON] = {
    "domains": [
        {"id": "containers", "components": [{"id": "web", "version": "1.1"}, {"id": "store", "version": "4.3"}]},
        {"id": "lab", "components": []},
    ]
}


@dataclass
class _Run:
    statuses: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


async def _update(restarts_at: str | None = None) -> _Run:
    """A whole update, of which the agent of lab has nothing to do. At that status the device is restarted."""
    found = _Run()
    met: list[Endpoint] = []

    @asynccontextmanager
    async def started(listener: Listener) -> AsyncIterator[Endpoint]:
        async with embedded_broker(listener) as endpoint:
            met.append(endpoint)
            yield endpoint

    profile = TARGET.profile
    services = HostServices(started, Unseen().ask, Unseen().tell)
    async with TARGET.open(services) as running, connect(met[0], "backend") as backend:
        await backend.subscribe("+/#")

        async def says(topic: str, content: dict[str, JSON]) -> None:
            await backend.publish(topic, encoded(content, activity="a", now=utc(), enveloped=True))

        await says(profile.inbox, WANTED)
        async for delivery in backend.deliveries():
            if delivery.topic == profile.topic(MessageKind.DESIRED_STATE, "lab"):
                await says(profile.topic(MessageKind.FEEDBACK, "lab"), {"status": "IDENTIFIED", "actions": []})
            elif delivery.topic == profile.topic(MessageKind.OWNER_CONSENT):
                await says(profile.topic(MessageKind.OWNER_CONSENT_FEEDBACK), {"status": "APPROVED"})
            elif delivery.topic == profile.topic(MessageKind.FEEDBACK):
                status = json.loads(delivery.payload)["payload"]["status"]
                if [status] != found.statuses[-1:]:
                    found.statuses.append(status)
                    if status == restarts_at:
                        await running.provoker.provoke(Provocation("restart"))
                if status == "COMPLETED":
                    break
            found.told.append(delivery.topic)
    return found


def test_target_can_be_relied_on() -> None:
    check_target(lambda: TARGET)


@pytest.mark.parametrize("restarts_at", [None, "RUNNING"])
def test_device_goes_through_a_whole_update(restarts_at: str | None) -> None:
    found = run(_update(restarts_at), Clock.VIRTUAL)

    assert found.statuses == ["IDENTIFYING", "IDENTIFIED", "RUNNING", "COMPLETED"]
    assert "labupdate/desiredstate" in found.told
    assert not [topic for topic in found.told if topic.startswith("containersupdate/")]


def test_provocation_that_no_device_knows_is_refused() -> None:
    assert TARGET.event_of(Provocation("reset")) != TARGET.event_of(Provocation("restart"))

    with pytest.raises(CannotProvoke, match="nothing that happens to an update device"):
        TARGET.event_of(Provocation("paint"))


@pytest.mark.parametrize("spec", UpdateSpec)
def test_device_keeps_the_spec_that_it_is_judged_by(spec: UpdateSpec) -> None:
    assert UpdateDeviceTarget.from_option("", TargetOptions(spec=spec)).file.spec is spec


def test_agent_is_no_device(tmp_path: Path) -> None:
    file = tmp_path / "agent.toml"
    file.write_text(GATEWAY.read_text(encoding="utf-8").replace('role = "device"', 'role = "agent"'), encoding="utf-8")

    with pytest.raises(UsageError, match="takes the profile of an update device, and its role is agent"):
        UpdateDeviceTarget.from_option(str(file), TargetOptions())
