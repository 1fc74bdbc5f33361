"""Runs sequences against a service with its store on the disk until one shows something wrong; then makes it short."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.clock import Clock, new_loop
from harness.fuzzing import chance, shortened
from harness.protocols.replica.words.topics import Operation, ReplicaId, Scheme
from simulator.replica.durable_service import DurableService, ReplicaRequest
from simulator.replica.requests import Limits
from simulator.replica.service import ReplicaService, Reply
from simulator.replica.store import open_store
from tests.simulator.replica.fuzzing.oracle import Oracle
from tests.simulator.replica.fuzzing.sequence import State, Step, Version, What, drawn

LENGTH = 25  # steps
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it; a disk would be waited for at every step
_LIMITS = Limits(size=160)


@dataclass(frozen=True, slots=True)
class Found:
    """The first sequence that shows something wrong, made short. `sequences`: how many were run until then."""

    sequences: int
    steps: tuple[Step, ...]
    wrong: str


def search(seed: int, most: int) -> Found | None:
    """Run so many sequences, drawn from that seed. None: nothing was wrong."""
    with TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        return _searched(Path(folder), seed, most)


def _searched(folder: Path, seed: int, most: int) -> Found | None:
    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.REAL)) as runner:
        for number in range(most):
            steps = drawn(chance(seed, number), LENGTH)
            if runner.run(_wrong(folder, steps)):
                short = shortened(steps, lambda fewer: bool(runner.run(_wrong(folder, fewer))))
                return Found(number + 1, tuple(short), runner.run(_wrong(folder, short)) or "")
    return None


async def _wrong(folder: Path, steps: Sequence[Step]) -> str | None:
    """The first thing that is wrong, with its step."""
    with TemporaryDirectory(dir=folder) as fresh:
        return await _first_wrong(Path(fresh) / "replica.db", steps)


async def _first_wrong(store: Path, steps: Sequence[Step]) -> str | None:
    async with AsyncExitStack() as stack:
        course = _Course(store, stack)
        await course.restart()
        for number, step in enumerate(steps):
            for words in await course.take(step, str(number)):
                return f"step {number + 1}, {step.what} of {step.device}: {words}"
    return None


@dataclass
class _Course:
    """A service under way, and the oracle beside it."""

    file: Path
    stack: AsyncExitStack
    oracle: Oracle = field(default_factory=lambda: Oracle(_LIMITS.size))
    latest: dict[str, tuple[State, int | None, str]] = field(default_factory=dict)

    async def restart(self) -> None:
        """End the service, and begin another on the same store."""
        await self.stack.aclose()
        store = self.stack.enter_context(open_store(self.file))
        self.service = DurableService(ReplicaService(Scheme.AWS, _LIMITS, store.documents()), store)
        life = asyncio.create_task(self.service.live())
        self.stack.push_async_callback(_ended, life)

    async def take(self, step: Step, token: str) -> list[str]:
        """The error in the effect of a step."""
        match step.what:
            case What.RESTART:
                await self.restart()
                return []
            case What.UPDATE:
                self.latest[step.device] = (step.state, self._version(step), token)
                return await self._update(step.device)
            case What.AGAIN:
                return await self._update(step.device) if step.device in self.latest else []
            case What.GET:
                reply = await self._asked(step.device, Operation.GET, {"clientToken": token})
                return [*self.oracle.check_get(step.device, reply), *_token(reply, token)]
            case What.DELETE:
                reply = await self._asked(step.device, Operation.DELETE, {"clientToken": token})
                return [*self.oracle.check_delete(step.device, reply), *_token(reply, token)]

    def _version(self, step: Step) -> int | None:
        now = self.oracle.version(step.device)
        asked = {Version.CURRENT: now, Version.OLDER: max(now - 1, 0), Version.NEWER: now + 1}
        return asked.get(step.version)

    async def _update(self, device: str) -> list[str]:
        state, version, token = self.latest[device]
        asked = {"state": state, "clientToken": token} | ({} if version is None else {"version": version})
        reply = await self._asked(device, Operation.UPDATE, asked)
        return [*chain(self.oracle.check_update(device, state, version, reply), _token(reply, token))]

    async def _asked(self, device: str, operation: Operation, body: object) -> Reply:
        told: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self.service.ask(ReplicaRequest(ReplicaId(device), operation, json.dumps(body).encode(), told.set_result))
        return await told


def _token(reply: Reply, token: str) -> Iterator[str]:
    if reply.body.get("clientToken") != token:
        yield f"the token is {reply.body.get('clientToken')!r}; due is {token!r}"


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
