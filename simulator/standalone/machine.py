"""The interface of a machine that runs on its own."""

import asyncio
from typing import Protocol

from harness.errors import HarnessError


class StandaloneMachine(Protocol):
    """A machine with its own link to a broker. `id` names it in the log and in the control."""

    id: str

    async def live(self, over: asyncio.Event, *, wait: bool) -> HarnessError | None:
        """Run until `over` is set. Without `wait` a failed first connection ends the run; its error is returned."""

    async def born(self) -> None:
        """Return once the machine runs."""
