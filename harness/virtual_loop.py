"""An event loop in virtual time: it counts from zero, and where nothing is left to do it jumps to the next timer.

Time may jump when nothing can happen before that timer. So the loop looks first, each time:

* Work that is ready is done at once, in an instant of virtual time: a callback, a socket with something to read.
* A function for an executor runs here and now, so no thread is ever at work beside the loop.
* A process that was started from the loop runs in time of its own: while it lives, time passes as it does outside.
* A socket of this machine (AF_UNIX) holds what was sent to it when `send` returns: where it has nothing to read,
  nothing is under way. Over TCP, loopback too, a packet may be inside the kernel for a moment: from the first listening
  port on, the loop looks some more times before it jumps, and its sockets need TCP_NODELAY.
* Where no timer is set there is nothing to jump to: the loop waits for an event, and time stands still.

A jump that comes early is never noticed by itself. The answer that was under way arrives behind its deadline: a healthy
device "times out", a ping is "missed", and the stamps of two runs differ. A thread that somebody starts by hand is
beyond what the loop can see; none may be at work beside it.
"""

import asyncio
import selectors
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class VirtualLoop(asyncio.SelectorEventLoop):
    """All that asyncio can do on sockets and pipes; `time()` is in seconds since the loop was made."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds, of whole microseconds: sums of them are exact, where sums of floats are not."""
        return self._jumping.microseconds / _SECOND

    def run_in_executor(self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts) -> "asyncio.Future[T]":
        """Run the function here and now. Its exception belongs to the one who awaits."""
        del executor
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is handed on
            future.set_exception(error)
        return future

    async def create_server(self, *args: Any, **kwargs: Any) -> asyncio.Server:  # noqa: ANN401 - asyncio's, passed on
        """A server at a port, so packets may be inside the kernel from now on."""
        self._jumping.looks = _LOOKS_OVER_TCP
        return await super().create_server(*args, **kwargs)

    async def subprocess_exec(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - likewise
        """A process, beside which time does not jump."""
        return await self._beside(super().subprocess_exec(*args, **kwargs))

    async def subprocess_shell(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - likewise
        """A shell, beside which time does not jump."""
        return await self._beside(super().subprocess_shell(*args, **kwargs))

    async def _beside(self, starting: Any) -> Any:  # noqa: ANN401 - likewise
        self._jumping.starting += 1
        try:
            transport, protocol = await starting
        finally:
            self._jumping.starting -= 1
        self._jumping.processes.append(transport)
        return transport, protocol


class _JumpingSelector(selectors.DefaultSelector):
    """asyncio asks it to wait for events, at most until the next timer; instead of waiting it moves the clock there."""

    def __init__(self) -> None:
        super().__init__()
        self.microseconds = 0
        self.looks = 1
        self.starting = 0  # processes
        self.processes: list[asyncio.SubprocessTransport] = []

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """The events that are there. Where there are none, the next timer is due when this returns."""
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        for _ in range(self.looks):
            if ready := super().select(0):
                return ready
        if self._somebody_is_at_work():
            return self._wait(timeout)
        self.microseconds += _ticks(timeout)
        return []

    def _somebody_is_at_work(self) -> bool:
        if self.processes:
            self.processes = [process for process in self.processes if process.get_returncode() is None]
        return bool(self.starting or self.processes)

    def _wait(self, timeout: float) -> list[tuple[selectors.SelectorKey, int]]:
        began = time.monotonic()
        ready = super().select(timeout)
        self.microseconds += round(min(time.monotonic() - began, timeout) * _SECOND) if ready else _ticks(timeout)
        return ready


def _ticks(seconds: float) -> int:
    """How far the clock is moved. It may stop short of the timer by a part of a tick, and has to get past it then."""
    return round(seconds * _SECOND) + (seconds < 1 / _SECOND)


_SECOND = 1_000_000  # microseconds
_LOOKS_OVER_TCP = 42
