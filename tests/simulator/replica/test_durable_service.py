"""A service answers only for what is stored."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

from harness.clock import Clock, new_loop
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId
from simulator.replica.document import Document
from simulator.replica.durable_service import MOST_OF_A_DEVICE, MOST_WAITING, DurableService, ReplicaRequest, StoreError
from simulator.replica.service import ReplicaService, Reply

LAMP = ReplicaId("lamp")


class HeldStore:
    """Holds each commit until it is let go; or fails it."""

    def __init__(self) -> None:
        self.rows: dict[ReplicaId, Document] = {}
        self.batches: list[int] = []
        self.gate = asyncio.Event()
        self.fails = False

    async def write(self, batch: Mapping[ReplicaId, Document]) -> None:
        """Once the gate is open."""
        await self.gate.wait()
        if self.fails:
            raise StoreError("the disk is full")
        self.rows.update(batch)
        self.batches.append(len(batch))

    def document(self, replica: ReplicaId) -> Document:
        """As it was written last."""
        return self.rows.get(replica, Document())


def test_nothing_leaves_before_the_commit_not_even_what_only_reads() -> None:
    async def held(service: DurableService, store: HeldStore) -> None:
        told = _asked(service, "update", "get")
        await _a_while()
        early = [*told]
        store.gate.set()
        await _a_while()

        assert early == []
        assert [reply.answer for reply in told] == [AnswerLevel.ACCEPTED, AnswerLevel.ACCEPTED]

    _run(held)


def test_requests_that_gather_during_a_commit_are_one_batch() -> None:
    async def gathered(service: DurableService, store: HeldStore) -> None:
        _asked(service, "update")
        await _a_while()
        for number in range(5):
            _asked(service, "update", replica=ReplicaId(f"lamp-{number}"))
        store.gate.set()
        await _a_while()

        assert store.batches == [1, 5]

    _run(gathered)


def test_batch_that_is_not_stored_is_refused_and_forgotten() -> None:
    async def failed(service: DurableService, store: HeldStore) -> None:
        store.gate.set()
        _asked(service, "update")
        await _a_while()
        store.fails = True
        told = _asked(service, "update", "get")
        await _a_while()
        store.fails = False
        later = _asked(service, "get")
        await _a_while()

        assert [reply.body.get("code") for reply in told] == [500, 500]
        assert told[0].body["clientToken"] == "update-0"
        assert told[0].messages == ()
        assert later[0].body["version"] == 1

    _run(failed)


def test_request_too_many_is_told_so() -> None:
    async def flooded(service: DurableService, _store: HeldStore) -> None:
        full = [told for number in range(10) for told in _asked(service, *_MOST, replica=ReplicaId(f"lamp-{number}"))]
        told = _asked(service, "get", "update")

        assert full == []
        assert [(reply.body["code"], reply.body["clientToken"]) for reply in told] == [
            (429, "get-0"),
            (429, "update-1"),
        ]

    assert 10 * MOST_OF_A_DEVICE == MOST_WAITING
    _run(flooded)


def test_device_that_floods_leaves_room_for_others() -> None:
    async def flooded(service: DurableService, store: HeldStore) -> None:
        store.gate.set()
        flood = _asked(service, *_MOST, "get")
        other = _asked(service, "update", replica=ReplicaId("other"))
        early = [*flood]
        await _a_while()
        later = _asked(service, "update")
        await _a_while()

        assert [reply.body["code"] for reply in early] == [429]
        assert len(flood) == MOST_OF_A_DEVICE + 1
        assert [reply.answer for reply in (*other, *later)] == [AnswerLevel.ACCEPTED] * 2

    _run(flooded)


_MOST = ["get"] * MOST_OF_A_DEVICE


def _run(check: Callable[[DurableService, HeldStore], Awaitable[None]]) -> None:
    async def lived() -> None:
        store = HeldStore()
        service = DurableService(ReplicaService(), store)
        life = asyncio.create_task(service.live())
        await check(service, store)
        life.cancel()

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        runner.run(lived())


def _asked(service: DurableService, *operations: str, replica: ReplicaId = LAMP) -> list[Reply]:
    told: list[Reply] = []
    for number, operation in enumerate(operations):
        payload = {"state": {"reported": {"n": number}}, "clientToken": f"{operation}-{number}"}
        service.ask(ReplicaRequest(replica, Operation(operation), json.dumps(payload).encode(), told.append))
    return told


async def _a_while() -> None:
    for _ in range(10):
        await asyncio.sleep(0)
