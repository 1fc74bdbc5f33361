"""A run that would play a replica beside another is refused by name."""

import asyncio
import json

import pytest

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.errors import UsageError
from harness.mqtt.link import Link, connect
from harness.protocols.replica.device_profile import DeviceProfile
from harness.protocols.replica.driving.device import session
from tests.simulator.udmi.standalone.standing import in_real_time


def _refusal(level: str | None) -> str | None:
    """How a device is refused beside a client that answers gets at that level (None: it does not), if it is."""

    async def drive() -> str | None:
        async with embedded_broker(Listener()) as broker, connect(broker, "another") as link:
            await link.subscribe("state/LAMP-1/get")
            answering = asyncio.create_task(_answer(link, level))
            try:
                await session.refuse_another(broker, DeviceProfile("LAMP-1", {}, network_allowance=0.0))
            except UsageError as error:
                return str(error)
            finally:
                answering.cancel()
        return None

    return in_real_time(drive())


async def _answer(link: Link, level: str | None) -> None:
    async for heard in link.deliveries():
        if level:
            content = {"clientToken": json.loads(heard.payload)["clientToken"], "code": 404}
            await link.publish(f"state/LAMP-1/get/{level}", json.dumps(content).encode())


@pytest.mark.parametrize("level", ["accepted", "rejected"])
def test_device_that_has_a_replica_already_is_refused(level: str) -> None:
    assert f"answers for LAMP-1 already, at state/LAMP-1/get/{level}" in (_refusal(level) or "")


def test_device_without_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "ANSWERED_WITHIN", 0.3)

    assert _refusal(None) is None
