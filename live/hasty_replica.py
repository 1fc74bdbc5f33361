"""A replica service that answers first and stores later: the counterexample, by which a kill shows what is lost."""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from harness.clock import Clock
from harness.interruption import run
from harness.mqtt.broker_url import endpoint_of
from harness.protocols.replica.words.topics import ReplicaId, Scheme
from simulator.replica import app
from simulator.replica.document import Document
from simulator.replica.store import Store, open_store

_LATER = 0.5  # seconds


class _HastyStore:
    """Says that it has a batch before it has."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._promised = set[asyncio.Task[None]]()

    async def write(self, batch: Mapping[ReplicaId, Document]) -> None:
        """Promise to."""
        later = asyncio.get_running_loop().create_task(self._write_later(dict(batch)))
        self._promised.add(later)
        later.add_done_callback(self._promised.discard)

    def document(self, replica: ReplicaId) -> Document:
        """As it is stored by now."""
        return self._store.document(replica)

    def documents(self) -> dict[ReplicaId, Document]:
        """Likewise all of them."""
        return self._store.documents()

    async def _write_later(self, batch: Mapping[ReplicaId, Document]) -> None:
        await asyncio.sleep(_LATER)
        await self._store.write(batch)


@contextmanager
def _hasty(file: Path) -> Iterator[_HastyStore]:
    with open_store(file) as store:
        yield _HastyStore(store)


if __name__ == "__main__":
    broker, store = sys.argv[1:]
    asked = app.ReplicaApp(Scheme.SEED, Path(store), endpoint_of(broker), None, opens=_hasty)
    run(app.run(asked, asyncio.Event(), lambda line: print(line, flush=True)), Clock.REAL)  # noqa: T201 - as the command does
