"""Everything that `setpoint sim` was asked for, up and running until it is over."""

import asyncio
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass

from harness.wire.endpoint import Endpoint
from harness.wire.spec import Spec
from simulator.device_file import DeviceFile
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.standalone.fleet import alive_together
from simulator.standalone.life import Life
from simulator.variations.variation import Variation

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Door:
    """Where the control listens, and what it asks for."""

    address: Address
    token: str | None


@dataclass(frozen=True, slots=True)
class Show:
    """The devices, how they are varied, their broker, and how long they live (None: until interrupted)."""

    files: Sequence[DeviceFile]
    variation: Variation
    endpoint: Endpoint
    wait: bool = False
    seconds: float | None = None
    door: Door | None = None
    spec: Spec = Spec.UDMI_1_5


async def run(show: Show, *, log: Say, announce: Say) -> None:
    """Until its time is over, or SIGINT or SIGTERM comes. Raises LinkError, UsageError."""
    lives = [Life(file, show.variation, show.endpoint, log, show.spec) for file in show.files]
    async with AsyncExitStack() as stack:
        if show.door:
            url = await stack.enter_async_context(control(lives, show.door.address, show.door.token))
            announce(f"control: {url}")
        over = stack.enter_context(_interruption())
        await stack.enter_async_context(alive_together(lives, wait=show.wait))
        with suppress(TimeoutError):
            async with asyncio.timeout(show.seconds):
                await over.wait()


@contextmanager
def _interruption() -> Iterator[asyncio.Event]:
    """Set once someone wants us to end. A second time ends us the hard way."""
    loop, event = asyncio.get_running_loop(), asyncio.Event()

    def end(number: int) -> None:
        loop.remove_signal_handler(number)
        event.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end, number)
    try:
        yield event
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
