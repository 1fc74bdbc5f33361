"""Machines on their own, with their control, up and running until their time is over."""

import asyncio
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiohttp import web

from harness.descriptors import WantOfDescriptors
from simulator.standalone.address import Address
from simulator.standalone.control import control
from simulator.standalone.fleet import alive_together
from simulator.standalone.machine import StandaloneMachine

Announce = Callable[[str], None]
M = TypeVar("M", bound=StandaloneMachine)


@dataclass(frozen=True, slots=True)
class ControlAccess:
    """The address of the control, and the token that it asks for."""

    address: Address
    token: str | None


@dataclass(frozen=True, slots=True)
class App(Generic[M]):
    """`make` is called in the running loop; `routes` are what the control serves of the machines.

    `seconds`: how long they run; None: until interrupted. `wait`: go on trying where no broker is there at first.
    """

    make: Callable[[], Sequence[M]]
    routes: Callable[[Sequence[M]], Iterable[web.RouteDef]]
    control: ControlAccess | None = None
    wait: bool = False
    seconds: float | None = None


async def run(app: App[M], announce: Announce) -> None:
    """Run the machines until their time is over, or SIGINT or SIGTERM comes. Raises LinkError, UsageError."""
    machines = app.make()
    async with AsyncExitStack() as stack:
        asyncio.get_running_loop().set_exception_handler(WantOfDescriptors(announce).handle)
        if app.control:
            served = control(app.routes(machines), app.control.address, app.control.token)
            announce(f"control: {await stack.enter_async_context(served)}")
        over = stack.enter_context(_interruption())
        await stack.enter_async_context(alive_together(machines, wait=app.wait))
        with suppress(TimeoutError):
            async with asyncio.timeout(app.seconds):
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
