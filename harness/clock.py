"""The loops that time runs in, and `utc()`, the one clock that everything here reads: Unix seconds, to the microsecond.

The loop itself counts from zero: asyncio adds 1 ns to tell which timers are due, and at 1.7e9 a float cannot hold it.
"""

import asyncio
import logging
import time
from enum import StrEnum
from typing import Protocol, cast

from harness.descriptors import WantOfDescriptors
from harness.virtual_loop import VirtualLoop

_log = logging.getLogger(__name__)

VIRTUAL_BIRTHDAY = 1_767_225_600.0  # 2026-01-01T00:00:00Z: every virtual run has the same stamps


class Clock(StrEnum):
    """Which time a run lives in."""

    VIRTUAL = "virtual"
    REAL = "real"


class _Dated(Protocol):
    origin: float


class _VirtualLoop(VirtualLoop):
    origin = VIRTUAL_BIRTHDAY


class _RealLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        super().__init__()
        self.origin = time.time() - self.time()
        self.set_exception_handler(WantOfDescriptors(_log.warning).handle)


def new_loop(clock: Clock) -> asyncio.AbstractEventLoop:
    """An event loop whose `utc()` is virtual, or anchored once at the wall clock."""
    return _RealLoop() if clock is Clock.REAL else _VirtualLoop()


def is_virtual() -> bool:
    """Whether the time that we live in is."""
    return isinstance(asyncio.get_running_loop(), _VirtualLoop)


def utc() -> float:
    """Now, in Unix seconds; as monotonic as the loop."""
    loop = asyncio.get_running_loop()
    return round(cast("_Dated", loop).origin + loop.time(), 6)
