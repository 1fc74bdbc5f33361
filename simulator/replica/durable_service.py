"""A service that keeps its word: nothing that depends on a document leaves before that document is stored.

Requests that arrive while a batch is on its way to the disk gather, and are the next batch. There is no timer and no
least size: an idle service stores each request by itself, a busy one many at once.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from harness.clock import utc
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId
from simulator.replica.document import Document
from simulator.replica.merge import Object
from simulator.replica.rejection import Rejection
from simulator.replica.requests import body_of, token_of
from simulator.replica.service import ReplicaService, Reply

MOST_WAITING = 10_000  # requests; more are refused, with 429
MOST_OF_A_DEVICE = 1_000  # of those; more of one device would leave no room for others


_READ_FOR_A_TOKEN = 128 * 1024  # bytes of a request


class DocumentStore(Protocol):
    """A store in which documents outlast the service."""

    async def write(self, batch: Mapping[ReplicaId, Document]) -> None:
        """Return once all of the batch is durable. Raises StoreError: nothing of it is."""

    def document(self, replica: ReplicaId) -> Document:
        """As it is stored; a new one where there is none."""


class OpenStore(DocumentStore, Protocol):
    """One from which a service begins."""

    def documents(self) -> dict[ReplicaId, Document]:
        """Every document there is, deleted ones too."""


class StoreError(Exception):
    """A batch was not taken: nothing of it is stored."""


@dataclass(frozen=True, slots=True)
class ReplicaRequest:
    """A client's request. `tell` is called once, with the reply, when that may be known."""

    replica: ReplicaId
    operation: Operation
    payload: bytes
    tell: Callable[[Reply], None]


class DurableService:
    """The machine, and the store that it is always ahead of."""

    def __init__(self, machine: ReplicaService, store: DocumentStore) -> None:
        self._machine, self._store = machine, store
        self._waiting = asyncio.Queue[ReplicaRequest](MOST_WAITING)
        self._of_device = Counter[str]()

    def ask(self, request: ReplicaRequest) -> None:
        """Have it answered behind all that was asked before; at once, with 429, where too many are waiting."""
        device = request.replica.device
        if self._waiting.full() or self._of_device[device] >= MOST_OF_A_DEVICE:
            request.tell(_refused(request, Rejection(429, "Too many requests")))
            return
        self._of_device[device] += 1
        self._waiting.put_nowait(request)

    async def live(self) -> None:
        """Answer, until cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            self._of_device.clear()
            for request, reply in await self._stored([(request, self._reply_to(request)) for request in batch]):
                request.tell(reply)

    def _reply_to(self, request: ReplicaRequest) -> Reply:
        return self._machine.ask(request.replica, request.operation, request.payload, utc())

    async def _stored(self, decided: list[tuple[ReplicaRequest, Reply]]) -> list[tuple[ReplicaRequest, Reply]]:
        """The same once it is durable; where it cannot be, nothing has happened, and each client is told so."""
        documents = {reply.replica: reply.stored for _, reply in decided if reply.stored is not None}
        if not documents:
            return decided
        try:
            await self._store.write(documents)
        except StoreError:
            self._machine.documents.update({replica: self._store.document(replica) for replica in documents})
            return [(request, _refused(request, Rejection(500, "Internal service failure"))) for request, _ in decided]
        return decided


def _refused(request: ReplicaRequest, why: Rejection) -> Reply:
    try:
        token = token_of(body_of(request.payload)) if 0 < len(request.payload) <= _READ_FOR_A_TOKEN else None
    except Rejection:
        token = None
    body: Object = {"code": why.code, "message": why.message, "timestamp": int(utc())}
    if token is not None:
        body["clientToken"] = token
    return Reply(request.replica, request.operation, AnswerLevel.REJECTED, body)
