"""The services that a target is brought up with, in virtual time."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from harness.broker.embedded import embedded_broker
from harness.clock import Clock, new_loop
from harness.target import HostServices, RunningTarget, Target, TargetOptions
from tests.runs import ROOT

T = TypeVar("T")

AHU_1 = ROOT / "fixtures" / "udmi" / "profiles" / "ahu-1.toml"
PROFILE = TargetOptions(AHU_1)


def run(main: Callable[[], Awaitable[T]]) -> T:
    """In virtual time."""

    async def awaited() -> T:
        return await main()

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        return runner.run(awaited())


async def _nobody(_question: str) -> bool:
    return False


def services(told: list[str]) -> HostServices:
    """A broker in this process, and nobody to ask."""
    return HostServices(embedded_broker, _nobody, told.append)


async def opened(target: Target, told: list[str]) -> RunningTarget:
    """The endpoint of a target while it is up."""
    async with target.open(services(told)) as running:
        return running


def metadata(folder: Path) -> Path:
    """A device of a site model, with a point that is writable and has no value to write."""
    file = folder / "site" / "devices" / "AHU-7" / "metadata.json"
    file.parent.mkdir(parents=True)
    told = {"timestamp": "2026-01-01T00:00:00Z", "version": "1.5.7", "system": {}}
    file.write_text(json.dumps({**told, "pointset": {"points": {"valve": {"writable": True}}}}))
    return file
