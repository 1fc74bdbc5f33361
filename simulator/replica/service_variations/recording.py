"""Services that record otherwise than they must."""

from dataclasses import replace
from typing import Any

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import ReplicaId
from simulator.replica.document import Document
from simulator.replica.requests import body_of
from simulator.replica.service_variations.telling import Content, changed, state_of
from simulator.replica.service_variations.variation import Documents, deviation
from simulator.replica.service_variations.writing import (
    State,
    each_value,
    ending_in,
    taking,
    with_section,
    without_fields,
)

_EVERY = 10  # updates of two writers, of which one is lost


def _without_reports(documents: Documents) -> Documents:
    return {replica: replace(document, reported=None) for replica, document in documents.items()}


def _loses_some(document: Document, state: State) -> Document:
    """One of several updates is counted, and not written: as if another writer had read before it."""
    desired = (state or {}).get("desired")
    if isinstance(desired, dict) and "by" in desired and document.version % _EVERY == 0 and document.desired:
        return with_section(document, "desired", {**document.desired.state, "by": "nobody"})
    return document


def _piles_up(document: Document, state: State) -> Document:
    """A second write of the same is added to the first."""
    reported = (state or {}).get("reported")
    if not (isinstance(reported, dict) and "count" in reported and document.version > 1):
        return document
    piled = with_section(document, "desired", {"list": [1, 2, 1, 2], "lamp": {"level": 3}})
    return with_section(piled, "reported", {"count": 8})


def _rounds(state: State) -> State:
    def rounded(value: JSON) -> JSON:
        return round(value) if isinstance(value, float) else value

    changed: Any = each_value(state, rounded)
    return changed  # type: ignore[no-any-return]  # it is of the shape that it was


def _reads_beside(payload: bytes, no_utf_8: tuple[int, str]) -> JSON:
    """A section beside the state is taken for one inside it."""
    body = body_of(payload, no_utf_8)
    if isinstance(body, dict) and isinstance(body.get("desired"), dict) and isinstance(body.get("state"), dict):
        return {**body, "state": {**body["state"], "desired": body["desired"]}}  # type: ignore[dict-item]
    return body


def _shows_no_light(content: Content) -> Content:
    if state_of(content, "delta") == {"light": "on"}:
        del content["state"]["delta"]
    return content


def _shows_one_of_two(content: Content) -> Content:
    if state_of(content, "delta") == {"lamp": "on", "fan": 2}:
        del content["state"]["delta"]["lamp"]
    return content


def _in_small_letters(replica: ReplicaId) -> ReplicaId:
    return ReplicaId(replica.device.lower(), replica.name)


def _without_its_last_letter(replica: ReplicaId) -> ReplicaId:
    return ReplicaId(replica.device.lower().rstrip("b"), replica.name)


RECORDING = (
    deviation(
        "records-no-report",
        breaks="recording.reported-state",
        implies=("delta.ends-with-the-difference", "recording.survives-a-restart"),
        update=taking(without_fields("reported", "light", "temperature")),
    ),
    deviation(
        "records-no-desire",
        breaks="recording.desired-state",
        implies=("delta.follows-a-desired-change",),
        update=taking(without_fields("desired", "light")),
    ),
    deviation(
        "shows-no-difference", breaks="recording.all-three-are-read-back", says=changed(_shows_no_light, "get/accepted")
    ),
    deviation("forgets-reports-on-restart", breaks="recording.survives-a-restart", recalls=_without_reports),
    deviation("mixes-up-letters", breaks="recording.devices-are-apart", owner=_in_small_letters),
    deviation("mixes-up-beginnings", breaks="recording.devices-are-apart", owner=_without_its_last_letter),
    deviation("loses-a-writer", breaks="recording.writers-in-some-order", update=ending_in(_loses_some)),
    deviation("piles-up-repeats", breaks="recording.twice-is-once", update=ending_in(_piles_up)),
    deviation(
        "shows-a-part-to-who-was-away",
        breaks="recording.difference-waits-for-the-device",
        says=changed(_shows_one_of_two, "get/accepted"),
    ),
    deviation("rounds-fractions", breaks="recording.keeps-every-value", update=taking(_rounds)),
    deviation("reads-sections-beside-the-state", breaks="recording.ignores-other-fields", read=_reads_beside),
)
