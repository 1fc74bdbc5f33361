"""The file in which documents outlast the service."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.payload.values import JSON
from harness.protocols.replica.words.topics import Operation, ReplicaId
from simulator.replica.document import Document, Section
from simulator.replica.durable_service import StoreError
from simulator.replica.service import ReplicaService
from simulator.replica.store import open_store

LAMP = ReplicaId("lamp")
LIT = Document(Section({"on": True}, {"on": {"timestamp": 1}}), None, 3, exists=True)


def test_documents_are_there_again(tmp_path: Path) -> None:
    file = tmp_path / "replica.db"
    with open_store(file) as store:
        asyncio.run(store.write({LAMP: LIT, ReplicaId("lamp", "night"): Document(version=2)}))

    with open_store(file) as store:
        assert store.documents() == {LAMP: LIT, ReplicaId("lamp", "night"): Document(version=2)}
        assert store.document(LAMP) == LIT
        assert store.document(ReplicaId("other")) == Document()


def test_equal_stamps_of_a_document_are_one_object_in_memory_and_read_back(tmp_path: Path) -> None:
    service = ReplicaService()
    service.ask(LAMP, Operation.UPDATE, b'{"state": {"reported": {"a": 1, "b": {"c": [1, 2]}}}}', 1.0)
    with open_store(tmp_path / "replica.db") as store:
        asyncio.run(store.write(service.documents))

        for document in (service.documents[LAMP], store.document(LAMP)):
            reported = document.metadata["reported"]
            stamp = {"timestamp": 1}
            assert reported == {"a": stamp, "b": {"c": [stamp, stamp]}}
            assert isinstance(reported, dict)
            assert _identities(reported) == {id(reported["a"])}


def _identities(metadata: JSON) -> set[int]:
    if isinstance(metadata, list):
        return {identity for part in metadata for identity in _identities(part)}
    assert isinstance(metadata, dict)
    if "timestamp" in metadata:
        return {id(metadata)}
    return {identity for part in metadata.values() for identity in _identities(part)}


def test_commit_waits_for_the_disk(tmp_path: Path) -> None:
    with open_store(tmp_path / "replica.db") as store:
        told = [store._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]  # noqa: SLF001 - nobody else may ask it

    assert told == ["wal", 2]


def test_two_services_on_one_store_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "replica.db"

    with open_store(file), pytest.raises(UsageError, match="is another service's"), open_store(file):
        pass


def test_store_of_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "replica.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 7")
    connection.close()

    with pytest.raises(UsageError, match="has format 7; this version of Setpoint knows 1"), open_store(file):
        pass


def test_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "replica.db"
    file.write_bytes(b"this is a letter, and no database" * 100)

    with pytest.raises(UsageError, match="is no store of replicas"), open_store(file):
        pass

    assert file.read_bytes().startswith(b"this is a letter")


def test_batch_that_the_disk_does_not_take_is_stored_in_no_part(tmp_path: Path) -> None:
    with open_store(tmp_path / "replica.db") as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]  # noqa: SLF001 - as a full disk does it
        store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")  # noqa: SLF001 - likewise
        large = Document(Section({"text": "x" * 100_000}, {}), None, 1, exists=True)

        with pytest.raises(StoreError, match="full"):
            asyncio.run(store.write({LAMP: LIT, ReplicaId("other"): large}))

        assert store.documents() == {}
