"""The loop that jumps: never ahead of something that can still happen, always to the next timer where nothing can."""

import asyncio
import socket
import sys
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from harness.virtual_loop import VirtualLoop

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """The result of the coroutine."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


def now() -> float:
    """Seconds since the loop was made."""
    return asyncio.get_running_loop().time()


async def _ended_at(main: Coroutine[Any, Any, object]) -> float:
    await main
    return now()


def test_loop_starts_at_zero() -> None:
    assert run(_ended_at(asyncio.sleep(0))) == 0


def test_timers_are_due_in_their_order_and_at_their_time() -> None:
    async def called() -> list[tuple[float, float]]:
        calls: list[tuple[float, float]] = []

        def call(delay: float) -> None:
            calls.append((delay, now()))

        for delay in (5, 0.000001, 86_400, 0.1, 3, 0.25):
            asyncio.get_running_loop().call_later(delay, call, delay)
        await asyncio.sleep(100_000)
        return calls

    assert run(called()) == [(delay, delay) for delay in (0.000001, 0.1, 0.25, 3, 5, 86_400)]


def test_timers_of_one_instant_see_the_same_time() -> None:
    async def stamps() -> set[float]:
        times = set()
        for _ in range(100):
            asyncio.get_running_loop().call_at(7, lambda: times.add(now()))
        await asyncio.sleep(7)
        return times

    assert run(stamps()) == {7}


def test_eighteen_thousand_seconds_are_measured_without_drift() -> None:
    async def drifted() -> list[float]:
        return [second for second in range(1, 18_001) if await _ended_at(asyncio.sleep(1)) != second]

    assert run(drifted()) == []


def test_sums_of_tenths_are_exact() -> None:
    async def stamps() -> list[float]:
        return [await _ended_at(asyncio.sleep(0.1)) for _ in range(1000)]

    assert run(stamps()) == [round(tenth / 10, 1) for tenth in range(1, 1001)]


@pytest.mark.parametrize("seconds", [1e-7, 4e-7, 6e-7, 9e-7, 1.4e-6, 0.3000004])
def test_timer_between_two_microseconds_is_due_at_one_behind_it(seconds: float) -> None:
    assert seconds <= run(_ended_at(asyncio.sleep(seconds))) <= seconds + 2e-6


def test_time_stands_still_for_callbacks() -> None:
    async def main() -> float:
        for _ in range(1000):
            await asyncio.sleep(0)
        return now()

    assert run(main()) == 0


def test_timer_that_is_cancelled_is_not_waited_for() -> None:
    async def main() -> float:
        asyncio.get_running_loop().call_later(5, lambda: None).cancel()
        await asyncio.sleep(7)
        return now()

    assert run(main()) == 7


def test_task_that_is_cancelled_ends_at_that_instant() -> None:
    async def main() -> tuple[bool, float]:
        sleeping = asyncio.create_task(asyncio.sleep(3600))
        await asyncio.sleep(5)
        sleeping.cancel()
        await asyncio.wait([sleeping])
        return sleeping.cancelled(), now()

    assert run(main()) == (True, 5)


def test_time_does_not_jump_while_a_socket_has_something_to_read() -> None:
    async def main() -> list[float]:
        loop = asyncio.get_running_loop()
        stamps: list[float] = []
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.settimeout(0)
            theirs.send(bytes(1000))
            timer = loop.call_later(1, stamps.append, -1.0)
            for _ in range(1000):
                await loop.sock_recv(ours, 1)
                stamps.append(now())
            timer.cancel()
        return stamps

    assert run(main()) == [0] * 1000


def test_answer_through_the_loop_comes_before_its_deadline() -> None:
    async def main() -> float:
        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while data := await reader.read(100):
                writer.write(data)
            writer.close()

        async with await asyncio.start_server(meet, "127.0.0.1", 0) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
            for _ in range(200):
                writer.write(b"ping")
                async with asyncio.timeout(0.001):
                    await reader.readexactly(4)
            writer.close()
            await writer.wait_closed()
        return now()

    assert run(main()) == 0


@pytest.mark.parametrize("executor", [None, ThreadPoolExecutor()], ids=["default", "its own"])
def test_time_does_not_jump_while_an_executor_works(executor: ThreadPoolExecutor | None) -> None:
    async def main() -> tuple[int, float]:
        async with asyncio.timeout(0.001):
            thread = await asyncio.get_running_loop().run_in_executor(executor, _work)
        return thread, now()

    assert run(main()) == (threading.get_ident(), 0)


def _work() -> int:
    time.sleep(0.01)
    return threading.get_ident()


def test_time_does_not_jump_while_a_thread_of_asyncio_works() -> None:
    assert run(_ended_at(asyncio.wait_for(asyncio.to_thread(_work), 0.001))) == 0


def test_exception_of_an_executor_belongs_to_the_one_who_awaits() -> None:
    async def main() -> None:
        quotient = asyncio.get_running_loop().run_in_executor(None, divmod, 1, 0)
        with pytest.raises(ZeroDivisionError):
            await quotient

    run(main())


@pytest.mark.small_process
def test_time_passes_as_outside_while_a_process_works() -> None:
    async def main() -> tuple[bytes, float]:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", _SLOW, stdout=asyncio.subprocess.PIPE)
        async with asyncio.timeout(3600):
            said, _ = await process.communicate()
        return said, now()

    said, took = run(main())
    assert said.strip() == b"done"
    assert 0.3 <= took < 3600


@pytest.mark.small_process
def test_time_passes_as_outside_while_a_shell_works() -> None:
    async def main() -> float:
        process = await asyncio.create_subprocess_shell("sleep 0.3")
        async with asyncio.timeout(3600):
            await process.wait()
        return now()

    assert 0.1 < run(main()) < 3600  # the shell may have begun to sleep before our clock was read


@pytest.mark.small_process
def test_timer_beside_a_process_is_due_in_its_time() -> None:
    async def main() -> float:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE)
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await process.wait()
        waited = time.monotonic() - begun
        process.kill()
        await process.wait()
        return waited

    assert run(main()) >= 0.19


@pytest.mark.small_process
def test_time_jumps_again_when_the_process_has_ended() -> None:
    async def main() -> float:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
        await process.wait()
        before = now()
        await asyncio.sleep(86_400)
        return now() - before

    assert run(main()) == pytest.approx(86_400, abs=1e-6)


def test_event_from_a_thread_ends_a_wait_without_timers() -> None:
    async def main() -> float:
        event, loop = asyncio.Event(), asyncio.get_running_loop()
        thread = threading.Timer(0.05, loop.call_soon_threadsafe, [event.set])
        thread.start()
        await event.wait()
        thread.join()
        return now()

    assert run(main()) == 0


_SLOW = "import time; time.sleep(0.3); print('done')"
