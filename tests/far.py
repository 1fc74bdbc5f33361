"""A pytest plugin for the tests: a device that is `FAR` seconds away, and whose profile allows a second for that."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from harness.clock import utc
from harness.mqtt.link import Delivery, Link
from harness.protocols.udmi.profile import Profile
from simulator.udmi.target import SimTarget

_FAR = float(os.environ["FAR"])
_near = Link.deliveries


async def _deliveries(self: Link) -> AsyncIterator[Delivery]:
    """Every message, later by that much; in the order in which they came. A link that is lost is so at once."""
    on_the_way = asyncio.Queue[Delivery | None]()

    async def carry() -> None:
        try:
            async for delivery in _near(self):
                on_the_way.put_nowait(delivery)
        finally:
            on_the_way.put_nowait(None)

    carrying = asyncio.create_task(carry())
    try:
        while delivery := await on_the_way.get():
            await asyncio.sleep(max(0.0, delivery.time + _FAR - utc()))
            yield replace(delivery, time=utc())
        await carrying
    finally:
        carrying.cancel()


def _allowing(self: SimTarget) -> Profile:
    return replace(self.file.profile, network_allowance=1.0)


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Both ends of every link hear late."""
    patch = pytest.MonkeyPatch()  # for as long as the process lasts; no link is to know how far it is
    patch.setattr(Link, "deliveries", _deliveries)
    patch.setattr(SimTarget, "profile", property(_allowing))
