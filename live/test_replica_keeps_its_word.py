"""A replica service is killed while a hundred requests and more are under way: what it accepted is there again.

This proves order and atomicity: nothing leaves before its commit. It proves no durability, as the system keeps what was
written to a file when a process dies; for that the store asks the disk, and a test of it reads that it does.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeAlias

from harness.broker import mosquitto_broker
from harness.clock import Clock, new_loop
from harness.mqtt.endpoint import Endpoint
from harness.mqtt.link import Link, connect
from live.processes import free_port
from tests.runs import ROOT

KILLS, SEED = 25, 7
UNDER_WAY, LEAST_UNDER_WAY = 400, 100  # requests
_LONGEST = 60.0  # seconds that anything here may take

Route: TypeAlias = Callable[[Sequence[str], Path], AbstractAsyncContextManager[tuple[Endpoint, list[str]]]]

SERVICE = ("-c", "import sys; from harness.cli import main; sys.exit(main())", "replica", "--http", "127.0.0.1:0")
HASTY = ("-m", "live.hasty_replica")


@dataclass
class Client:
    """Numbers its updates, each of a device of its own: a request that comes again after a kill makes up for no other.

    `accepted`: the numbers that were accepted since they were last asked for.
    """

    accepted: set[int] = field(default_factory=set)
    sent: int = 0
    answered: int = 0

    async def press(self, link: Link, until: int) -> None:
        """Keep as many requests under way as there may be, until so many more are answered. The last are not."""
        until += self.answered
        async with asyncio.TaskGroup() as tasks:
            hearing = tasks.create_task(self._hear(link))
            sending = set[asyncio.Task[None]]()
            while self.answered < until:
                while self.sent - self.answered < UNDER_WAY:
                    self.sent += 1
                    sending.add(tasks.create_task(_update(link, self.sent)))
                await asyncio.sleep(0)
            hearing.cancel()
            for task in sending:
                task.cancel()

    async def _hear(self, link: Link) -> None:
        async for delivery in link.deliveries():
            self.accepted.add(int(json.loads(delivery.payload)["clientToken"]))
            self.answered += 1


async def _update(link: Link, number: int) -> None:
    update = {"state": {"reported": {"number": number}}, "clientToken": str(number)}
    await link.publish(f"state/d{number}/update", json.dumps(update).encode())


def test_nothing_accepted_is_lost_behind_a_broker(tmp_path: Path) -> None:
    assert _killed(_behind_mosquitto, SERVICE, tmp_path, KILLS) == []


def test_nothing_accepted_is_lost_where_all_is_one_process(tmp_path: Path) -> None:
    assert _killed(_with_its_own_broker, SERVICE, tmp_path, KILLS) == []


def test_service_that_answers_first_loses_what_it_accepted(tmp_path: Path) -> None:
    assert _killed(_behind_mosquitto, HASTY, tmp_path, 5) != []


@asynccontextmanager
async def _behind_mosquitto(service: Sequence[str], store: Path) -> AsyncIterator[tuple[Endpoint, list[str]]]:
    """The address of the service, and the command that starts it there."""
    async with mosquitto_broker() as endpoint:
        where = [str(endpoint), str(store)] if service is HASTY else ["--broker", str(endpoint), "--store", str(store)]
        yield endpoint, [*service, *where]


@asynccontextmanager
async def _with_its_own_broker(service: Sequence[str], store: Path) -> AsyncIterator[tuple[Endpoint, list[str]]]:
    port = free_port()
    yield Endpoint("127.0.0.1", port), [*service, "--port", str(port), "--store", str(store)]


def _killed(route: Route, service: Sequence[str], folder: Path, times: int) -> list[int]:
    """The updates that were accepted, and are lost."""
    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        return runner.run(_blows(route, service, folder / "replica.db", times))


async def _blows(route: Route, service: Sequence[str], store: Path, times: int) -> list[int]:
    chance, client, lost = Random(SEED), Client(), list[int]()  # noqa: S311 - drawn so that it can be drawn again
    async with route(service, store) as (endpoint, command), asyncio.timeout(_LONGEST * times):
        for _ in range(times):
            async with _running(command) as process, connect(endpoint, "press") as link:
                await link.subscribe("state/+/update/accepted")
                await client.press(link, chance.randrange(100, 600))
                assert client.sent - client.answered >= LEAST_UNDER_WAY
                process.kill()
                await process.wait()
            client.answered = client.sent  # nobody has promised what was under way
            async with _running(command), connect(endpoint, "ask") as link:
                lost += sorted(client.accepted - await _stored(link, client.accepted))
            client.accepted.clear()
    return lost


@asynccontextmanager
async def _running(command: Sequence[str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Once it serves; it is killed at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert process.stdout
    try:
        said = b""
        while b"on the broker" not in said:
            line = await process.stdout.readline()
            assert line, said.decode()
            said += line
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _stored(link: Link, asked: Collection[int]) -> set[int]:
    """Those of these updates that the service holds, by what it answers to get."""
    await link.subscribe("state/+/get/accepted", "state/+/get/rejected")
    stored, answers = set[int](), 0
    async with asyncio.TaskGroup() as tasks:
        for number in asked:
            tasks.create_task(link.publish(f"state/d{number}/get", b""))
        async for delivery in link.deliveries():
            answers += 1
            body = json.loads(delivery.payload)
            if "state" in body:
                stored.add(body["state"]["reported"]["number"])
            if answers == len(asked):
                break
    return stored
