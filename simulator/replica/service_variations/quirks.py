"""Services that are odd in one way, and conform: nobody may accuse them."""

import json
from dataclasses import replace
from typing import Any

from harness.protocols.replica.words.topics import AnswerLevel, Operation
from simulator.replica.document import Document, Updated, updated
from simulator.replica.rejection import Rejection
from simulator.replica.requests import Limits, UpdateRequest, body_of
from simulator.replica.service import Message, Reply
from simulator.replica.service_variations.telling import (
    Content,
    Says,
    all_of,
    changed,
    moved,
    spelt,
    spelt_by,
    without,
)
from simulator.replica.service_variations.variation import AWS_ONLY, ServiceVariation, quirk

_FIRST = 100  # the version of a first document
_LAST = 10**9  # bytes, levels: more than there ever are


def _backwards(content: Any) -> Any:  # noqa: ANN401 - any JSON
    """The fields of every object in the other order."""
    if isinstance(content, dict):
        return {name: _backwards(content[name]) for name in reversed(content)}
    return [_backwards(item) for item in content] if isinstance(content, list) else content


def _floated(content: Any) -> Any:  # noqa: ANN401 - any JSON
    """Small whole numbers with a fraction of nothing."""
    if isinstance(content, dict):
        return {name: _floated(part) for name, part in content.items()}
    if isinstance(content, list):
        return [_floated(item) for item in content]
    return float(content) if type(content) is int and abs(content) < _FIRST else content


def _all_floated(content: Any) -> Any:  # noqa: ANN401 - any JSON
    """Every whole number so, as where a language has one kind of number."""
    if isinstance(content, dict):
        return {name: _all_floated(part) for name, part in content.items()}
    if isinstance(content, list):
        return [_all_floated(item) for item in content]
    return float(content) if type(content) is int else content


def _with_floats_in_the_state(content: Content) -> Content:
    return {**content, "state": _floated(content["state"])} if "state" in content else content


def _with_exponents(content: Content) -> bytes:
    """A whole number of the state as 1.5e+01."""
    marked = {**content, "state": _floated(content.get("state"))} if "state" in content else content
    return json.dumps(marked, ensure_ascii=False).replace(": 1.0", ": 0.1e+1").encode()


def _lacking(*fields: str) -> Says:
    return changed(lambda told: {name: told[name] for name in told if name not in fields})


def _twice(_reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    return tuple(one for each in messages for one in (each, each))


def _from_a_hundred(old: Document, request: UpdateRequest, now: float, limits: Limits) -> Updated:
    asked = replace(old, version=old.version or _FIRST)
    if not old.version and request.version is not None and request.version != asked.version:
        raise Rejection(409, "Version conflict")
    return updated(asked, request, now, limits)


def _empty_sections(content: Content) -> Content:
    state = content["state"] if isinstance(content.get("state"), dict) else {}
    return {**content, "state": {"desired": {}, "reported": {}, "delta": {}, **state}}


def _with_an_empty_delta(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """An update that leaves nothing to do is followed by a delta of nothing."""
    is_told = any(one.topic.endswith("/delta") for one in messages)
    if is_told or (reply.operation, reply.answer) != (Operation.UPDATE, AnswerLevel.ACCEPTED):
        return messages
    tail = {name: part for name, part in reply.body.items() if name in ("version", "timestamp", "clientToken")}
    return (moved(messages[-1], "delta", {"state": {}, "metadata": {}, **tail}), *messages)


def _with_a_heartbeat(_reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    return (*messages, moved(messages[-1], "heartbeat", {"alive": True}))


def _with_documents(reply: Reply, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """As under AWS's scheme, though nobody asks for it."""
    if (reply.operation, reply.answer) != (Operation.UPDATE, AnswerLevel.ACCEPTED):
        return messages
    sides = {"previous": None, "current": {"state": reply.body["state"], "version": reply.body["version"]}}
    return (*messages, moved(messages[-1], "documents", {**sides, "timestamp": reply.body["timestamp"]}))


def _all_of_the_state(content: Content) -> Content:
    return {**content, "state": {"desired": None, **(content["state"] or {})}}


def _longer_for_refusals(message: Message) -> float:
    return 4.0 if message.topic.endswith("rejected") else 0.0


def _taking_a_mark(payload: bytes, no_utf_8: tuple[int, str]) -> Any:  # noqa: ANN401 - any JSON
    return body_of(payload.removeprefix(b"\xef\xbb\xbf"), no_utf_8)


def _unbounded(old: Document, request: UpdateRequest, now: float, limits: Limits) -> Updated:
    return updated(old, request, now, replace(limits, size=_LAST))


_NULLS = dict.fromkeys(("version", "timestamp", "metadata", "clientToken"))
_BARE = all_of(_lacking("version", "timestamp", "metadata", "clientToken"), without("update/rejected"))

QUIRKS: tuple[ServiceVariation, ...] = (
    # Time.
    quirk("answers-after-2-s", delays=lambda _message: 2.0),
    quirk("answers-after-5-s", delays=lambda _message: 5.0),
    quirk("takes-its-time-to-refuse", delays=_longer_for_refusals),
    quirk("is-behind-a-slow-link", one_every=0.01),
    quirk("is-back-3-s-after-a-restart", restarts_in=3.0),
    quirk("has-a-clock-that-is-behind", says=changed(lambda told: {**told, "timestamp": told["timestamp"] - 20})),
    quirk("has-a-clock-that-is-ahead", says=changed(lambda told: {**told, "timestamp": told["timestamp"] + 20})),
    # Bytes.
    quirk("writes-fields-backwards", says=changed(_backwards)),
    quirk("writes-fields-in-order", says=spelt_by(lambda told: json.dumps(told, sort_keys=True).encode())),
    quirk("writes-on-many-lines", says=spelt_by(lambda told: json.dumps(told, indent=4).encode())),
    quirk("escapes-letters", says=spelt_by(lambda told: json.dumps(told, ensure_ascii=True).encode())),
    quirk("escapes-slashes", says=spelt_by(lambda told: spelt(told).replace(b"/", b"\\/"))),
    quirk("ends-with-a-line-end", says=spelt_by(lambda told: spelt(told) + b"\r\n")),
    quirk("writes-whole-numbers-with-a-fraction", says=changed(_with_floats_in_the_state)),
    quirk("writes-every-number-with-a-fraction", says=changed(_all_floated)),
    quirk("writes-exponents", says=spelt_by(_with_exponents)),
    quirk("takes-a-byte-order-mark", read=_taking_a_mark),
    # Fields beside.
    quirk("tells-more", says=changed(lambda told: {**told, "service": {"name": "odd", "took_ms": 3}})),
    quirk("tells-no-token-as-null", says=changed(lambda told: {"clientToken": None, **told})),
    quirk("explains-refusals", says=changed(lambda told: {**told, "details": ["see the manual"]}, "rejected")),
    quirk("refuses-in-german", says=changed(lambda told: {**told, "message": "Das geht nicht"}, "rejected")),
    quirk("shows-empty-sections", says=changed(_empty_sections, "get/accepted")),
    quirk("repeats-what-is-not-there", says=changed(_all_of_the_state, "update/accepted")),
    quirk("accepts-with-the-version-alone", says=changed(lambda told: {**told, "state": {}}, "update/accepted")),
    quirk("tells-deltas-without-times", says=changed(lambda told: {**told, "metadata": {}}, "/delta")),
    quirk("begins-with-version-101", update=_from_a_hundred),
    # Messages beside.
    quirk("sends-everything-twice", says=_twice),
    quirk("tells-empty-deltas", says=_with_an_empty_delta),
    quirk("sends-heartbeats", says=_with_a_heartbeat),
    quirk("retains-what-it-accepts", retains=lambda message: message.topic.endswith("/accepted")),
    # Of what the source document does not ask for, less or more.
    quirk("knows-no-versions", unless=AWS_ONLY, says=_lacking("version")),
    quirk("knows-no-tokens", unless=AWS_ONLY, says=_lacking("clientToken")),
    quirk("knows-no-times", unless=AWS_ONLY, says=_lacking("timestamp")),
    quirk("knows-no-metadata", unless=AWS_ONLY, says=_lacking("metadata")),
    quirk("refuses-in-silence", unless=AWS_ONLY, says=without("update/rejected")),
    quirk("knows-only-the-document", unless=AWS_ONLY, says=_BARE),
    quirk("tells-what-it-lacks-as-null", unless=AWS_ONLY, says=changed(lambda told: {**told, **_NULLS})),
    quirk("knows-no-codes", unless=AWS_ONLY, says=all_of(_lacking("code"), without("update/rejected"))),
    quirk("knows-no-size", unless=AWS_ONLY, update=_unbounded),
    quirk("tells-documents", unless=AWS_ONLY, says=_with_documents),
)
