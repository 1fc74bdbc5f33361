"""Taking leave of a broker: to its end, whoever hurries us."""

import asyncio
from collections.abc import Coroutine

PARTING = 5.0  # seconds that a broker has to acknowledge what we leave behind, once somebody hurries us


def is_interrupted() -> bool:
    """Whether the task that asks was told to end."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def carried_out(leave: Coroutine[None, None, None]) -> None:
    """To its end, whoever hurries us: what is not acknowledged yet may be lost with a connection that is closed."""
    leaving, hurried = asyncio.create_task(leave), None
    while not leaving.done():
        try:
            _, waiting = await asyncio.wait([leaving], timeout=PARTING if hurried else None)
        except asyncio.CancelledError as cancelled:
            hurried = cancelled
        else:
            if waiting:
                leaving.cancel()
                await asyncio.wait([leaving])
    if hurried:
        await asyncio.gather(leaving, return_exceptions=True)
        raise hurried
    leaving.result()
