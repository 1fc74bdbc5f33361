"""The loops that time runs in, and `utc()`, the one clock that everything here reads: Unix seconds, to the microsecond.

The loop itself counts from zero: asyncio adds 1 ns to tell which timers are due, and at 1.7e9 a float cannot hold it.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from enum import StrEnum
from typing import Any, Protocol, TypeVar, TypeVarTuple, cast

import looptime

VIRTUAL_BIRTHDAY = 1_767_225_600.0  # 2026-01-01T00:00:00Z: every virtual run has the same stamps

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Clock(StrEnum):
    """Which time a run lives in."""

    VIRTUAL = "virtual"
    REAL = "real"


class _Dated(Protocol):
    origin: float


class _VirtualLoop(looptime.LoopTimeEventLoop, asyncio.SelectorEventLoop):
    origin = VIRTUAL_BIRTHDAY

    async def create_server(self, *args: Any, **kwargs: Any) -> asyncio.Server:  # noqa: ANN401 - asyncio's, passed on
        """From now on packets are waited for: over TCP, a moment may pass between `send` and `recv`."""
        self.setup_looptime(noop_cycles=_UNTIL_A_PACKET_ARRIVES)
        return await super().create_server(*args, **kwargs)

    def run_in_executor(self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts) -> "asyncio.Future[T]":
        """Run it here and now: time must not jump while a thread is at work."""
        del executor
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the one who awaits
            future.set_exception(error)
        return future


class _RealLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        super().__init__()
        self.origin = time.time() - self.time()


def new_loop(clock: Clock) -> asyncio.AbstractEventLoop:
    """An event loop whose `utc()` is virtual, or anchored once at the wall clock."""
    return _RealLoop() if clock is Clock.REAL else _VirtualLoop(noop_cycles=0)


def is_virtual() -> bool:
    """Whether the time that we live in is."""
    return isinstance(asyncio.get_running_loop(), _VirtualLoop)


def utc() -> float:
    """Now, in Unix seconds; as monotonic as the loop."""
    loop = asyncio.get_running_loop()
    return round(cast("_Dated", loop).origin + loop.time(), 6)


_UNTIL_A_PACKET_ARRIVES = 42  # looks for work, before time jumps
