"""Machines side by side. The broker of the first must be there, unless we wait for it; the others go on trying."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from harness.errors import HarnessError
from simulator.standalone.machine import StandaloneMachine


@asynccontextmanager
async def alive_together(machines: Sequence[StandaloneMachine], *, wait: bool) -> AsyncIterator[None]:
    """All of them run as long as the block lasts. Raises LinkError where the first finds no broker."""
    over = asyncio.Event()
    first, others = machines[0], machines[1:]
    problem: HarnessError | None = None
    async with asyncio.TaskGroup() as tasks:
        try:
            living, born = tasks.create_task(first.live(over, wait=wait)), tasks.create_task(first.born())
            await asyncio.wait([living, born], return_when=asyncio.FIRST_COMPLETED)
            if living.done():
                born.cancel()
                problem = living.result()
            else:
                for machine in others:
                    tasks.create_task(machine.live(over, wait=True))
                yield
        finally:
            over.set()
    if problem:
        raise problem
