"""The replica service: durable updates a second behind Mosquitto, what many replicas cost in time and in memory.

Service, broker and load share two cores. Kinds of service take turns, so that a noisy moment is not one kind's alone.
"""

import asyncio
import gc
import json
import subprocess
import sys
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from benchmarks.pytest_run import SpoiltError
from benchmarks.rate import per_second
from benchmarks.replica_load import CLIENTS, DEVICES, Load, connected
from harness.broker import mosquitto_broker
from harness.clock import Clock, new_loop
from harness.errors import UsageError
from harness.mqtt.endpoint import Endpoint
from harness.protocols.replica.words.topics import Operation, ReplicaId
from simulator.replica.service import ReplicaService
from simulator.replica.store import open_store

_KINDS = ("each", "grouped", "memory")
_ROUNDS, _SECONDS, _WARM = 5, 3.0, 1.0
_FEW, _MANY, _UPDATES = 10, 100_000, 5_000
_IN_ONE_BATCH = 10
_ROOT = Path(__file__).parent.parent
_FIELDS = 10  # of either section


def figures() -> Iterator[Figure]:
    """Rates behind Mosquitto; then the machine and its store alone, where nothing but their CPU counts."""
    try:
        with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
            rates, latencies = runner.run(_behind_mosquitto())
    except UsageError as error:
        raise SpoiltError(["mosquitto"], 3, str(error)) from error
    yield from _of_rates(rates)
    yield from _of_latencies(latencies)
    yield from _of_many()
    yield from _of_memory()


def _of_rates(rates: dict[str, list[float]]) -> Iterator[Figure]:
    what = {"each": "commit each", "grouped": "as it is", "memory": "memory alone"}
    for kind, found in rates.items():
        spread = f"{median(found):,.0f} updates/s ({min(found):,.0f} to {max(found):,.0f})"
        yield Figure(f"replica behind Mosquitto, {CLIENTS * DEVICES} devices, {what[kind]}", spread)
    for kind, aim in (("each", "2 at least"), ("memory", "0.8 at least")):
        ratios = [ours / theirs for ours, theirs in zip(rates["grouped"], rates[kind], strict=True)]
        yield Figure(f"replica, durable against {what[kind]}, in the same round", f"{median(ratios):.2f} times", aim)


def _of_latencies(latencies: list[float]) -> Iterator[Figure]:
    halfway, late = (latencies[int(len(latencies) * part)] * 1_000 for part in (0.5, 0.99))
    yield Figure("replica, accepted at half of that load", f"median {halfway:.1f} ms, p99 {late:.1f} ms")


async def _behind_mosquitto() -> tuple[dict[str, list[float]], list[float]]:
    """Rates by kind, and the latencies of the service as it is at half its rate."""
    rates: dict[str, list[float]] = {kind: [] for kind in _KINDS}
    for _ in range(_ROUNDS):
        for kind in _KINDS:
            async with _met(kind) as load:
                await load.press(_WARM)
                rates[kind].append(await load.press(_SECONDS))
    async with _met("grouped") as load:
        await load.press(_WARM)
        return rates, await load.pace(median(rates["grouped"]) / 2, 2 * _SECONDS)


@asynccontextmanager
async def _met(kind: str) -> AsyncIterator[Load]:
    async with mosquitto_broker() as endpoint, _service(kind, endpoint), connected(endpoint) as load:
        yield load


@asynccontextmanager
async def _service(kind: str, endpoint: Endpoint) -> AsyncIterator[None]:
    with TemporaryDirectory(prefix="setpoint-") as folder:
        command = ("-m", "benchmarks.replica_service", kind, str(endpoint), f"{folder}/replica.db")
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        try:
            said = b""
            while b"on the broker" not in said:
                said += await process.stdout.readline() if process.stdout else b""
                if process.returncode is not None:
                    raise SpoiltError([*command], process.returncode, said.decode())
            yield
        finally:
            if process.returncode is None:
                process.terminate()
            await process.communicate()


def _of_many() -> Iterator[Figure]:
    decided, stored = (_Costs(*(1e6 / rate(count) for count in (_FEW, _MANY))) for rate in (_decided, _stored))
    both = _Costs(decided.few + stored.few, decided.many + stored.many)
    what = f"replica, an update at {_MANY:,} replicas against {_FEW}"
    yield Figure(what, str(both), "1.3 times at most")
    yield Figure("  decided, from a request's bytes to its answers'", str(decided))
    yield Figure(f"  stored, {_IN_ONE_BATCH} a commit", str(stored))


@dataclass(frozen=True, slots=True)
class _Costs:
    """Microseconds of CPU that an update takes, with few replicas and with many."""

    few: float
    many: float

    def __str__(self) -> str:
        return f"{self.many / self.few:.2f} times ({self.many:.0f} µs of CPU, {self.few:.0f})"


def _decided(count: int) -> float:
    service = _filled(count)

    return per_second(_UPDATES, lambda: Updates(service, count))


class Updates:
    """A request of each of many replicas in turn, from its bytes to the bytes that answer it."""

    def __init__(self, service: ReplicaService, count: int) -> None:
        self._service = service
        step = max(1, count // _UPDATES)
        payload = b'{"state":{"reported":{"p1":%d}},"clientToken":"t"}'
        self._asked = [(ReplicaId(f"d{n * step % count}"), payload % n) for n in range(_UPDATES)]

    def __call__(self) -> None:
        """All of them."""
        for replica, payload in self._asked:
            self._service.over_mqtt(self._service.ask(replica, Operation.UPDATE, payload, 1.7e9))


def _stored(count: int) -> float:
    """Documents a second, by CPU: what a commit waits for the disk is the same for few and many."""
    service = _filled(count)
    replicas = [*service.documents]
    step = max(1, count // _UPDATES)
    chosen = [replicas[number * step % count] for number in range(_UPDATES)]
    with TemporaryDirectory(prefix="setpoint-") as folder, open_store(Path(folder) / "replica.db") as store:
        asyncio.run(store.write(service.documents))

        async def write() -> None:
            for first in range(0, _UPDATES, _IN_ONE_BATCH):
                await store.write({each: service.documents[each] for each in chosen[first : first + _IN_ONE_BATCH]})

        return per_second(_UPDATES, lambda: lambda: asyncio.run(write()))


def _of_memory() -> Iterator[Figure]:
    gc.collect()
    tracemalloc.start()
    service = _filled(_MANY // 10)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0] / len(service.documents)
    tracemalloc.stop()
    yield Figure(f"replica, memory of one with {_FIELDS} fields a section", f"{size / 1024:.2f} KiB", "2.5 KiB at most")


def _filled(count: int) -> ReplicaService:
    """A service in which so many devices have said what they are, as clients would."""
    service = ReplicaService()
    sections = {"desired": 0, "reported": 1}
    state = {section: {f"p{n}": n + more for n in range(_FIELDS)} for section, more in sections.items()}
    payload = json.dumps({"state": state}).encode()
    for number in range(count):
        service.ask(ReplicaId(f"d{number}"), Operation.UPDATE, payload, 1.7e9 + number)
    return service
