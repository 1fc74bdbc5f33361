"""Watches our own loop. A machine that stalls hears a healthy device late, and must know that it was not the device."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from harness.clock import Clock, utc
from harness.record.kinds import Stalled
from harness.record.trace import Recorder

STALL = 0.25  # seconds by which the loop may be late and say nothing of it
_LOOKS_EVERY = 0.1  # seconds
STALL_IS_KNOWN_AFTER = 0.15  # seconds: one that touches what has passed is recorded by then


@asynccontextmanager
async def stalls_recorded(clock: Clock, recorder: Recorder, tell: Callable[[str], None]) -> AsyncIterator[None]:
    """As long as the block lasts. Virtual time waits for whoever is late, so there no loop ever is.

    The first is told at once; of several, how many there were is told in the end.
    """
    if clock is Clock.VIRTUAL:
        yield
        return
    stalls: list[float] = []
    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(_watch(recorder, tell, stalls))
        try:
            yield
        finally:
            watching.cancel()
            if len(stalls) > 1:
                tell(f"this machine stalled {len(stalls)} times, for {sum(stalls):.1f} s in all")


async def _watch(recorder: Recorder, tell: Callable[[str], None], stalls: list[float]) -> None:
    while True:
        seen = utc()
        await asyncio.sleep(_LOOKS_EVERY)
        seconds = round(utc() - seen, 6)
        if seconds > _LOOKS_EVERY + STALL:
            recorder.append(Stalled(utc(), seconds))
            if not stalls:
                tell(f"this machine stalled for {seconds:.1f} s; no device is blamed for what was heard late")
            stalls.append(seconds)
