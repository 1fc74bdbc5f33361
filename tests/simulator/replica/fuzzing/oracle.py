"""The answers that are due, by the flat model of the suites, which shares nothing with the service."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from harness.payload.values import JSON
from harness.protocols.replica.judging.flat_document import FlatDocument, Leaves, flat, is_leaf_for_leaf
from harness.protocols.replica.words.topics import AnswerLevel
from simulator.replica.service import Reply
from tests.simulator.replica.fuzzing.sequence import State


class Oracle:
    """The document that every device ought to have."""

    def __init__(self, size: int) -> None:
        self._size = size  # bytes of both sections
        self._documents: dict[str, FlatDocument] = {}
        self._existing: set[str] = set()

    def version(self, device: str) -> int:
        """The version of that device's document now."""
        return self._documents.get(device, FlatDocument()).version

    def check_update(self, device: str, state: State, version: int | None, reply: Reply) -> Iterator[str]:
        """The error in the reply to an update; the model takes the update in."""
        old = self._documents.get(device, FlatDocument())
        new = old.after(state)
        if version is not None and version != old.version:
            yield from _unless_refused(reply, 409)
            return
        if sum(_bytes(section) for section in (new.desired, new.reported)) > self._size:
            yield from _unless_refused(reply, 413)
            return
        existed = device in self._existing
        self._documents[device] = new
        self._existing.add(device)
        if reply.answer is not AnswerLevel.ACCEPTED:
            yield f"it was refused: {reply.body}"
            return
        yield from _unless(reply.body["version"], new.version, "the version")
        said = {message.topic.rpartition("/")[2]: json.loads(message.payload) for message in reply.messages}
        yield from _unless("delta" in said, bool(new.delta), "whether a delta is told")
        if "delta" in said:
            yield from _unless_same(said["delta"]["state"], new.delta, "the delta that is told")
            yield from _unless(said["delta"]["version"], new.version, "the version of the delta")
        yield from _unless(said["documents"]["previous"] is not None, existed, "whether there was a document")
        yield from _document(said["documents"]["current"], new, "the current document")
        if existed:
            yield from _document(said["documents"]["previous"], old, "the previous document")

    def check_get(self, device: str, reply: Reply) -> Iterator[str]:
        """The error in the reply to a get."""
        if device not in self._existing:
            yield from _unless_refused(reply, 404)
        elif reply.answer is not AnswerLevel.ACCEPTED:
            yield f"it was refused: {reply.body}"
        else:
            document = self._documents[device]
            yield from _document(reply.body, document, "the document")
            state = reply.body["state"]
            told = state.get("delta", {}) if isinstance(state, dict) else {}
            yield from _unless_same(told, document.delta, "its delta")

    def check_delete(self, device: str, reply: Reply) -> Iterator[str]:
        """The error in the reply to a delete; the model takes it in."""
        if device not in self._existing:
            yield from _unless_refused(reply, 404)
            return
        self._existing.discard(device)
        version = self._documents[device].version
        self._documents[device] = FlatDocument(version=version)
        yield from _unless(reply.body.get("version"), version, "the version of what was deleted")


def _document(told: Mapping[str, Any], document: FlatDocument, what: str) -> Iterator[str]:
    yield from _unless(told["version"], document.version, f"the version of {what}")
    yield from _unless_same(told["state"].get("desired", {}), document.desired, f"desired of {what}")
    yield from _unless_same(told["state"].get("reported", {}), document.reported, f"reported of {what}")


def _unless_refused(reply: Reply, code: int) -> Iterator[str]:
    yield from _unless(reply.body.get("code"), code, "the code")
    yield from _unless((reply.stored, reply.messages), (None, ()), "what a refusal brings about")


def _unless(is_so: object, due: object, what: str) -> Iterator[str]:
    if is_so != due:
        yield f"{what} is {is_so!r}; due is {due!r}"


def _unless_same(told: JSON, due: Leaves, what: str) -> Iterator[str]:
    leaves = flat(told) if isinstance(told, dict) else {}
    if not is_leaf_for_leaf(leaves, due):
        yield f"{what} is {_shown(leaves)}; due is {_shown(due)}"


def _shown(leaves: Leaves) -> str:
    return json.dumps({"/".join(path): leaf for path, leaf in sorted(leaves.items())}, ensure_ascii=False)


def _bytes(leaves: Leaves) -> int:
    """Of the section in compact JSON; none of one without fields."""
    tree: dict[str, Any] = {}
    for path, leaf in leaves.items():
        inner = tree
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = leaf
    return len(json.dumps(tree, separators=(",", ":"), ensure_ascii=False).encode()) if tree else 0
