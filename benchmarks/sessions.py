"""A thousand clients of ours at one Mosquitto, which is killed; as devices do, they come again and again."""

import asyncio
import gc
import os
import resource
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.figure import Figure
from harness.broker.mosquitto import installed
from harness.clock import Clock, new_loop
from harness.errors import LinkError
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import connect

_CLIENTS, _FILES = 1_000, 4_096
_PAUSE, _AFTERWARDS = 0.05, 2.0  # seconds: until a client comes again, and from the death to the end of them all
_PAGE = resource.getpagesize()


def figures() -> Iterator[Figure]:
    """Figures of two deaths of a broker: when everybody is up, and when half are and the others are coming up."""
    _allow_files()
    seen = _seen(_CLIENTS)
    yield Figure(f"sessions, {_CLIENTS} clients come up", f"{seen.seconds:.2f} s, {seen.cpu:.2f} s of CPU")
    yield Figure("sessions, memory a client", f"{seen.memory / 1024:.1f} kB")
    yield from _of_the_death("all are up", seen)
    yield from _of_the_death("half are up", _seen(_CLIENTS // 2))


def _of_the_death(when: str, seen: "_Measured") -> Iterator[Figure]:
    yield Figure(f"broker dies when {when}: clients that are told", f"{seen.told}", "all that were up")
    yield Figure(f"broker dies when {when}: threads that took part", f"{seen.threads}", "0")
    what = f" ({seen.complaints[0]})" if seen.complaints else ""
    yield Figure(f"broker dies when {when}: complaints of the loop", f"{len(seen.complaints)}{what}", "0")


def _seen(up: int) -> "_Measured":
    """The figures when the broker died as soon as so many were up."""
    with _mosquitto() as (process, endpoint), asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        seen = runner.run(_death(process, endpoint, up))
        gc.collect()
        runner.run(asyncio.sleep(0.1))
    return seen


@dataclass(slots=True)
class _Measured:
    """The measured figures; times in seconds, memory in bytes."""

    complaints: list[str]
    seconds: float = 0
    cpu: float = 0
    memory: float = 0
    threads: int = 0
    told: int = 0


async def _death(process: subprocess.Popen[bytes], endpoint: Endpoint, enough: int) -> _Measured:
    seen, up = _Measured([]), asyncio.Semaphore(0)
    asyncio.get_running_loop().set_exception_handler(lambda _, context: seen.complaints.append(context["message"]))

    async def listen(number: int) -> None:
        try:
            async with connect(endpoint, f"c{number}") as link:
                await link.subscribe(f"t/{number}")
                up.release()
                async for _ in link.deliveries():
                    pass
        except LinkError:
            told.add(number)

    async def come_again(number: int) -> None:
        while True:
            await listen(number)
            await asyncio.sleep(_PAUSE)

    told: set[int] = set()
    gc.collect()
    memory, threads, began, cpu = _memory(), threading.active_count(), perf_counter(), process_time()
    clients = [asyncio.create_task(come_again(number)) for number in range(_CLIENTS)]
    for _ in range(enough):
        await up.acquire()
    seen.seconds, seen.cpu = perf_counter() - began, process_time() - cpu
    seen.memory = (_memory() - memory) / enough
    seen.threads = threading.active_count() - threads
    process.kill()
    await asyncio.sleep(_AFTERWARDS)
    for client in clients:
        client.cancel()
    await asyncio.wait(clients)
    seen.told = len(told)
    return seen


def _memory() -> int:
    """Bytes that are resident now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def _allow_files() -> None:
    """One for each client, and some more; the broker inherits it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < _FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(_FILES, hard), hard))


@contextmanager
def _mosquitto() -> Iterator[tuple[subprocess.Popen[bytes], Endpoint]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [installed("mosquitto"), "-p", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own words
        try:
            _until_it_listens(port)
            yield process, Endpoint("127.0.0.1", port)
        finally:
            process.kill()


def _until_it_listens(port: int) -> None:
    for _ in range(500):
        with socket.socket() as knocking:
            if not knocking.connect_ex(("127.0.0.1", port)):
                return
        os.sched_yield()
    raise SystemExit("Mosquitto does not listen")
