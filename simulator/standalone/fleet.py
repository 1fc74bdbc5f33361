"""Devices side by side. The first one's broker must be there, unless we wait for it; the others just try again."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from harness.errors import HarnessError
from simulator.standalone.life import Life


@asynccontextmanager
async def alive_together(lives: Sequence[Life], *, wait: bool) -> AsyncIterator[None]:
    """All of them live as long as the block lasts. Raises LinkError where the first finds nobody."""
    over = asyncio.Event()
    first, others = lives[0], lives[1:]
    problem: HarnessError | None = None
    async with asyncio.TaskGroup() as tasks:
        try:
            living, born = tasks.create_task(first.live(over, wait=wait)), tasks.create_task(first.born())
            await asyncio.wait([living, born], return_when=asyncio.FIRST_COMPLETED)
            if living.done():
                born.cancel()
                problem = living.result()
            else:
                for life in others:
                    tasks.create_task(life.live(over, wait=True))
                yield
        finally:
            over.set()
    if problem:
        raise problem
