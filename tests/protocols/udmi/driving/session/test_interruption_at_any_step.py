"""A run that is interrupted at any step of its loop leaves somebody's broker as it was found."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pytest

import suites.udmi.conftest  # noqa: F401 - it makes the scenarios known
from harness.broker import Listener, embedded_broker
from harness.clock import Clock
from harness.driving.progress import Unseen
from harness.driving.run_plan import RunPlan, drive_target
from harness.driving.scenario import SCENARIOS
from harness.driving.shared_broker.owner import RUNS
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect
from harness.protocols.udmi.words.codec import codec_of
from harness.protocols.udmi.words.spec import Spec
from harness.protocols.udmi.words.topics import UDMI, Topics
from harness.record.trace import Recorder
from harness.target import HostServices, RunningTarget
from tests.protocols.udmi.driving.session.test_device_recovery import AHU, Otherwise, Unable

THEIRS = b'{ "timestamp": "2026-01-01T00:00:00Z", "version": "1.5.2", "theirs": true }'
CONFIG = Topics.of("AHU-1", UDMI).config
_STRIDE = 2  # steps


@dataclass(frozen=True)
class Shared(Otherwise):
    """A target on a broker that others use too."""

    @asynccontextmanager
    async def open(self, services: HostServices) -> AsyncIterator[RunningTarget]:
        """The device."""
        async with super().open(services) as running:
            yield replace(running, is_shared=True)


@dataclass
class Struck:
    """Somebody's broker, on which `found` lay before, and a run that is cancelled at that step of its loop."""

    found: bytes
    step: int
    is_struck: bool = False
    is_over: bool = False
    lying: dict[str, bytes] = field(default_factory=dict)

    @asynccontextmanager
    async def broker(self, listener: Listener = Listener()) -> AsyncIterator[Endpoint]:  # noqa: B008 - it is frozen
        """As long as the block lasts; then `lying` is what lies there."""
        run = asyncio.current_task()
        assert run
        async with embedded_broker(listener) as endpoint:
            async with connect(endpoint, "owner") as link:
                await link.publish(CONFIG, self.found, retain=True)
            self._strike(run)
            try:
                yield endpoint
            finally:
                self.is_over = True
                looking = asyncio.create_task(_lying(endpoint))
                while not looking.done():  # a strike may come that was on its way
                    with suppress(asyncio.CancelledError):
                        await asyncio.wait([looking])
                self.lying = looking.result()

    def _strike(self, run: "asyncio.Task[object]") -> None:
        """Cancel the run when the loop is asked for that step."""
        loop, steps = asyncio.get_running_loop(), count()
        call_soon = loop.call_soon

        def counted(*args: Any, **more: Any) -> asyncio.Handle:  # noqa: ANN401 - as asyncio has it
            if next(steps) == self.step and not self.is_over:
                call_soon(run.cancel)
                self.is_struck = True
            return call_soon(*args, **more)

        loop.call_soon = counted  # type: ignore[assignment,method-assign]


async def _lying(endpoint: Endpoint) -> dict[str, bytes]:
    """By topic: the config and what runs leave beside it. A message of ours comes behind all that was kept."""
    lies: dict[str, bytes] = {}
    async with connect(endpoint, "looker") as link:
        await link.subscribe(CONFIG, f"{RUNS}#", "end")
        await link.publish("end", b"that is all")
        async for heard in link.deliveries():
            if heard.topic == "end":
                return lies
            lies[heard.topic] = heard.payload
    return lies


@pytest.mark.parametrize("found", [THEIRS, b""])
def test_broker_is_left_as_it_was_found_at_whatever_step_a_run_is_interrupted(found: bytes) -> None:
    wrong, struck = {}, 0
    for step in count(0, _STRIDE):
        broker = Struck(found, step)
        plan = RunPlan(Shared(AHU, Unable, is_ours=False), [SCENARIOS["plain_write"]], Clock.VIRTUAL, broker.broker)
        with suppress(KeyboardInterrupt):
            drive_target(plan, Recorder(), Unseen())
        if not broker.is_struck:
            break
        struck += 1
        if not _is_left_well(broker):
            wrong[step] = broker.lying

    assert struck > 20
    assert wrong == {}


def _is_left_well(broker: Struck) -> bool:
    """A retained config is put back byte by byte; else nothing lies there, or a config that wants nothing; no claim."""
    config = broker.lying.pop(CONFIG, b"")
    if broker.lying:
        return False
    if broker.found or not config:
        return config == broker.found
    points = codec_of(Spec.UDMI_1_5).decode_config(config).pointset
    return points is not None and all(point.set_value is None for point in (points.points or {}).values())
