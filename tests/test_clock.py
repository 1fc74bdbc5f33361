"""The loops that time runs in."""

import asyncio
import threading
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from freezegun import freeze_time

from harness.clock import VIRTUAL_BIRTHDAY, Clock, new_loop, utc

T = TypeVar("T")
NEW_YEAR = datetime(2030, 1, 1, tzinfo=UTC)


def run(clock: Clock, main: Coroutine[Any, Any, T]) -> T:
    """The result of the coroutine, in time of that kind."""
    with asyncio.Runner(loop_factory=lambda: new_loop(clock)) as runner:
        return runner.run(main)


async def stamps_of_two_sleepers() -> list[float]:
    """When each of them woke, one after the other or at once."""
    stamps = []

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds)
        stamps.append(utc())

    await asyncio.gather(sleep(0.1), sleep(0.3), sleep(0.1 + 0.2))
    await sleep(86_400)
    return stamps


def test_virtual_time_begins_on_its_birthday() -> None:
    async def now() -> float:
        return utc()

    assert run(Clock.VIRTUAL, now()) == VIRTUAL_BIRTHDAY == datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def test_virtual_stamps_are_the_same_in_every_run() -> None:
    assert run(Clock.VIRTUAL, stamps_of_two_sleepers()) == run(Clock.VIRTUAL, stamps_of_two_sleepers())


def test_virtual_stamps_are_told_to_the_microsecond() -> None:
    since = [round(stamp - VIRTUAL_BIRTHDAY, 6) for stamp in run(Clock.VIRTUAL, stamps_of_two_sleepers())]

    assert since == [0.1, 0.3, 0.3, 86_400.3]


@pytest.mark.parametrize("seconds", [5, 0.000001, 3600, 0.1, 60.000001])
def test_virtual_timer_measures_what_it_was_set_to(seconds: float) -> None:
    async def measured() -> float:
        before = utc()
        await asyncio.sleep(seconds)
        return round(utc() - before, 6)

    assert run(Clock.VIRTUAL, measured()) == seconds


def test_virtual_timeout_measures_what_it_was_set_to() -> None:
    async def measured() -> float:
        before = utc()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5):
                await asyncio.Event().wait()
        return round(utc() - before, 6)

    assert run(Clock.VIRTUAL, measured()) == 5.0


def test_virtual_time_stands_still_while_there_is_work() -> None:
    async def measured() -> float:
        before = utc()
        for _ in range(1000):
            await asyncio.sleep(0)
        return utc() - before

    assert run(Clock.VIRTUAL, measured()) == 0


def test_executor_of_virtual_time_works_here_and_now() -> None:
    async def worker() -> tuple[int, float]:
        before = utc()
        thread = await asyncio.get_running_loop().run_in_executor(None, threading.get_ident)
        return thread, utc() - before

    assert run(Clock.VIRTUAL, worker()) == (threading.get_ident(), 0)


def test_executor_of_virtual_time_hands_arguments_over() -> None:
    async def power() -> int:
        return await asyncio.get_running_loop().run_in_executor(None, pow, 2, 10)

    assert run(Clock.VIRTUAL, power()) == 1024


def test_what_goes_wrong_in_the_executor_belongs_to_the_one_who_awaits() -> None:
    async def divide() -> None:
        quotient = asyncio.get_running_loop().run_in_executor(None, divmod, 1, 0)
        with pytest.raises(ZeroDivisionError):
            await quotient

    run(Clock.VIRTUAL, divide())


def test_executor_of_real_time_is_a_thread() -> None:
    async def worker() -> int:
        return await asyncio.get_running_loop().run_in_executor(None, threading.get_ident)

    assert run(Clock.REAL, worker()) != threading.get_ident()


def test_real_time_is_anchored_at_the_wall_clock() -> None:
    async def now() -> float:
        return utc()

    with freeze_time(NEW_YEAR, real_asyncio=True):
        stamp = run(Clock.REAL, now())

    assert NEW_YEAR.timestamp() <= stamp < NEW_YEAR.timestamp() + 60


def test_real_stamps_are_told_to_the_microsecond() -> None:
    async def stamps() -> list[float]:
        return [utc() for _ in range(100)]

    assert all(stamp == round(stamp, 6) for stamp in run(Clock.REAL, stamps()))


def test_real_time_is_anchored_only_once() -> None:
    async def across_a_leap_of_the_wall_clock() -> float:
        before = utc()
        frozen.tick(3600)
        return utc() - before

    with freeze_time(NEW_YEAR, real_asyncio=True) as frozen:
        passed = run(Clock.REAL, across_a_leap_of_the_wall_clock())

    assert 0 <= passed < 60


def test_real_time_goes_on_with_the_loop() -> None:
    async def measured() -> float:
        before = utc()
        while (now := utc()) == before:
            continue
        return now - before

    assert run(Clock.REAL, measured()) > 0


def test_no_loop_no_time() -> None:
    with pytest.raises(RuntimeError, match="no running event loop"):
        utc()
