"""A simulated device as a target, whatever protocol it speaks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from harness.broker import embedded_broker
from harness.broker.listener import Listener
from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.errors import LinkError, UsageError
from harness.interruption import run
from harness.mqtt.endpoint import Endpoint, Login
from harness.mqtt.link import Link, connect
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import HostServices, TargetOptions, check_target
from simulator.base.linked_device import DeviceLife
from simulator.base.target import refuse_options
from tests.simulator.base.bell import BellProfile, BellTarget

BELL = BellTarget("bell", BellProfile())


async def _sounds(target: BellTarget, *provocations: str) -> list[bytes]:
    """The sounds of a minute, in which it is pressed, spoken to otherwise, and provoked."""
    sounds: list[bytes] = []
    met: list[Endpoint] = []

    note = sounds.append

    async def listen(link: Link) -> None:
        async for delivery in link.deliveries():
            note(delivery.payload)

    @asynccontextmanager
    async def listened_to(listener: Listener) -> AsyncIterator[Endpoint]:
        async with embedded_broker(listener) as endpoint, connect(endpoint, "ear") as link:
            await link.subscribe(*target.profile.outboxes)
            listening = asyncio.create_task(listen(link))
            met.append(endpoint)
            try:
                yield endpoint
            finally:
                listening.cancel()

    async with target.open(HostServices(listened_to, Unseen().ask, Unseen().tell)) as running:
        await asyncio.sleep(10)
        async with connect(met[0], "hand") as link:
            for payload in (b"press", b"stroke"):
                await link.publish(target.profile.inbox, payload)
        for name in provocations:
            await running.provoker.provoke(Provocation(name))
        await asyncio.sleep(50)
    return sounds


def test_target_of_any_device_can_be_relied_on() -> None:
    check_target(lambda: BELL)


def test_device_is_told_of_its_connection_of_messages_that_it_reads_and_of_provocations() -> None:
    assert run(_sounds(BELL, "ask"), Clock.VIRTUAL) == [b"ding connected", b"ding pressed", b"ding asked"]


def test_device_may_take_its_first_connection_for_granted() -> None:
    sounds = run(_sounds(replace(BELL, hears_of_the_first=False), "restart"), Clock.VIRTUAL)

    assert sounds == [b"ding pressed", b"ding connected"]


def test_variation_is_another_device() -> None:
    assert run(_sounds(BELL.varied("rings-otherwise")), Clock.VIRTUAL) == [b"dong connected", b"dong pressed"]


def test_second_client_of_a_variation_throws_the_device_out() -> None:
    assert run(_sounds(BELL.varied("has-a-twin")), Clock.VIRTUAL).count(b"ding connected") > 1


def test_provocation_that_a_plug_does_not_know_is_refused() -> None:
    with pytest.raises(CannotProvoke, match="no bell does that"):
        BELL.event_of(Provocation("paint"))


def test_device_without_a_broker_ends_with_the_reason_alone() -> None:
    async def live() -> None:
        async with DeviceLife(BELL.device, Endpoint("127.0.0.1", 1)).lived():
            raise AssertionError("nobody is there")

    with pytest.raises(LinkError):
        run(live(), Clock.REAL)


def test_simulated_device_takes_no_options_of_the_operator() -> None:
    refuse_options("bell", TargetOptions())

    with pytest.raises(UsageError, match="--device=bell has its profile in its own file"):
        refuse_options("bell", TargetOptions(login=Login("user", "word")))
