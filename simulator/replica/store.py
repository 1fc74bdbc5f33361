"""A store in which documents outlast the service: one SQLite file, written by one service at a time.

A batch is one transaction, and is on the disk when `write` has ended: journal in WAL mode, `synchronous=FULL`.
"""

import asyncio
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.protocols.replica.words.topics import ReplicaId
from simulator.replica.document import Document, Section
from simulator.replica.durable_service import StoreError
from simulator.replica.stamps import with_shared_stamps

FORMAT = 1
_WRITE = (  # in its place: to replace a row would be to write its index too
    "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT (device, name) DO UPDATE SET content = excluded.content"
)
_FULL = 2  # as `PRAGMA synchronous` tells it


class Store:
    """The documents of one file. One thread writes; whoever waits for that leaves the loop free."""

    def __init__(self, connection: sqlite3.Connection, writer: Executor) -> None:
        self._connection, self._writer = connection, writer

    def documents(self) -> dict[ReplicaId, Document]:
        """Every document there is, deleted ones too: they keep their version."""
        rows = self._connection.execute("SELECT device, name, content FROM document")
        return {ReplicaId(device, name): _read(content) for device, name, content in rows}

    def document(self, replica: ReplicaId) -> Document:
        """The one of that replica; a new one where there is none."""
        found = self._connection.execute(
            "SELECT content FROM document WHERE device = ? AND name = ?", (replica.device, replica.name)
        ).fetchone()
        return _read(found[0]) if found else Document()

    async def write(self, batch: Mapping[ReplicaId, Document]) -> None:
        """Return once the disk has all of the batch. Raises StoreError: it has nothing of it."""
        rows = [(replica.device, replica.name, _spelt(document)) for replica, document in batch.items()]
        await asyncio.get_running_loop().run_in_executor(self._writer, self._commit, rows)

    def _commit(self, rows: Sequence[tuple[str, str, str]]) -> None:
        try:
            with self._connection:
                self._connection.executemany(_WRITE, rows)
        except sqlite3.Error as error:
            raise StoreError(str(error)) from error


@contextmanager
def open_store(file: Path) -> Iterator[Store]:
    """The store in that file, which is made where it is missing, for this service alone.

    Raises UsageError: another service has it, a newer Setpoint made it, or it is no store.
    """
    try:
        connection = sqlite3.connect(file, timeout=0, check_same_thread=False)
    except sqlite3.Error as error:
        raise UsageError(f"the store {file} cannot be opened: {error}") from error
    try:
        _prepare(connection, file)
        with ThreadPoolExecutor(1, "replica-store") as writer:
            yield Store(connection, writer)
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            known = _number(connection, "user_version")
            if known > FORMAT:
                raise UsageError(f"the store {file} has format {known}; this version of Setpoint knows {FORMAT}")
            if not known:
                connection.execute("CREATE TABLE document (device, name, content, PRIMARY KEY (device, name))")
                connection.execute(f"PRAGMA user_version = {FORMAT}")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise UsageError(f"the store {file} is another service's; end that, or name another file") from error
        raise UsageError(f"the store {file} cannot be used: {error}") from error
    except sqlite3.DatabaseError as error:
        raise UsageError(f"{file} is no store of replicas: {error}") from error
    if _number(connection, "synchronous") != _FULL:
        raise UsageError(f"the store {file} would not be durable: SQLite has not taken synchronous=FULL")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _spelt(document: Document) -> str:
    sections = {
        name: [section.state, section.metadata]
        for name, section in (("desired", document.desired), ("reported", document.reported))
        if section is not None
    }
    return json.dumps({"version": document.version, "exists": document.exists, **sections}, separators=(",", ":"))


def _read(content: str) -> Document:
    raw: dict[str, Any] = json.loads(content, object_hook=with_shared_stamps())
    desired, reported = (Section(*raw[name]) if name in raw else None for name in ("desired", "reported"))
    return Document(desired, reported, raw["version"], exists=raw["exists"])
