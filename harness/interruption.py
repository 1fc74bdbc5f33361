"""Ctrl-C, SIGTERM and SIGHUP all end what is under way in the same way: leave is taken, and what was heard is kept."""

import asyncio
import atexit
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from harness.clock import Clock, new_loop

T = TypeVar("T")

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(main: Coroutine[Any, Any, T], clock: Clock) -> T:
    """The result of `main`. Raises KeyboardInterrupt where a signal came, once `main` has cleaned up.

    A signal cancels the main task; one more cancels what that waits for as it leaves, so that nothing is waited for in
    vain. A signal that this process ignores, as SIGHUP under nohup, stays ignored.
    """
    with asyncio.Runner(loop_factory=lambda: new_loop(clock)) as runner:
        try:
            return runner.run(_cancelled_by_signals(main))
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None


@contextmanager
def carried_through(*, also_ctrl_c: bool) -> Iterator[None]:
    """Run the block to its end: signals are ignored meanwhile, Ctrl-C too if so asked. The block takes moments.

    Where Ctrl-C is, this process is about to end: as Python ends it hears none either, which would leave a traceback.
    """
    numbers = [number for number in _heard() if also_ctrl_c or number is not signal.SIGINT]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    if also_ctrl_c:
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def _cancelled_by_signals(main: Coroutine[Any, Any, T]) -> T:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine that runs has one
    numbers = _heard()
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        loop.add_signal_handler(number, task.cancel)
    try:
        return await main
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])


def _heard() -> list[signal.Signals]:
    """Those that are not ignored; only the main thread hears any."""
    if threading.current_thread() is not threading.main_thread():
        return []
    return [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
