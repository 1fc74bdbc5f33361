"""`python -m benchmarks.replica_service KIND BROKER STORE`: the replica service, as it is or with another store.

`grouped`: as it is. `each`: one commit for each update, as a service without groups has it. `memory`: none is stored.
"""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from harness.clock import Clock
from harness.interruption import run
from harness.mqtt.broker_url import endpoint_of
from harness.protocols.replica.words.topics import ReplicaId, Scheme
from simulator.replica import app
from simulator.replica.document import Document
from simulator.replica.durable_service import OpenStore
from simulator.replica.store import Store, open_store


class _EachStore:
    """Commits every document of a batch by itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.document, self.documents = store.document, store.documents

    async def write(self, batch: Mapping[ReplicaId, Document]) -> None:
        """In as many transactions as there are documents."""
        for replica, document in batch.items():
            await self._store.write({replica: document})


class _NoStore:
    """Forgets."""

    async def write(self, batch: Mapping[ReplicaId, Document]) -> None:
        """At once."""

    def document(self, _replica: ReplicaId) -> Document:
        """None is kept."""
        return Document()

    def documents(self) -> dict[ReplicaId, Document]:
        """Likewise."""
        return {}


@contextmanager
def _each(file: Path) -> Iterator[OpenStore]:
    with open_store(file) as store:
        yield _EachStore(store)


@contextmanager
def _memory(_file: Path) -> Iterator[OpenStore]:
    yield _NoStore()


_OPENS: Mapping[str, Callable[[Path], AbstractContextManager[OpenStore]]] = {
    "grouped": open_store,
    "each": _each,
    "memory": _memory,
}


if __name__ == "__main__":
    kind, broker, file = sys.argv[1:]
    asked = app.ReplicaApp(Scheme.SEED, Path(file), endpoint_of(broker), None, opens=_OPENS[kind])
    run(app.run(asked, asyncio.Event(), lambda line: print(line, flush=True)), Clock.REAL)
