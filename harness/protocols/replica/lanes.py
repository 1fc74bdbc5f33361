"""The picture of a replica service: sections as its answers show them, its deltas, and its answers. Pure."""

from collections.abc import Iterator, Mapping

from harness.judging.lanes import Frame, Lane, SpanKind
from harness.protocols.replica.judging.device.history import ReplicaDeviceHistory
from harness.protocols.replica.judging.flat_document import FlatDocument, Leaves
from harness.protocols.replica.judging.service.history import HeardMessage, ServiceHistory
from harness.protocols.replica.words.content import object_at
from harness.protocols.replica.words.topics import AnswerLevel, Operation
from harness.record.kinds import Provoked
from harness.text import brief, printable


def lanes(history: ServiceHistory, frame: Frame) -> Iterator[Lane]:
    """One lane for each section, one for deltas, and one for answers."""
    heard = [one for one in history.heard if one.connection == "app"]
    for name in ("desired", "reported"):
        told = [(one.time, _said(one, name), SpanKind.SETTLED) for one in heard if _shows(one, name)]
        yield Lane(name, list(frame.spans(told)))
    deltas = [one for one in heard if one.level is AnswerLevel.DELTA]
    yield Lane("delta", list(frame.marks((one.time, brief(object_at(one.content, "state"))) for one in deltas)))
    answers = [one for one in heard if one.level in (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)]
    yield Lane("answers", list(frame.marks((one.time, f"{one.operation} {one.level}") for one in answers)))


def device_lanes(history: ReplicaDeviceHistory, frame: Frame) -> Iterator[Lane]:
    """Both sections as wishes and reports made them, the deltas that were said, and the device's requests."""
    document, desired, reported = FlatDocument(), list[tuple[float, str]](), list[tuple[float, str]]()
    wishes = [
        (place, one.time, {"desired": one.detail})
        for place, one in history.placed()
        if isinstance(one, Provoked) and isinstance(one.detail, Mapping)
    ]
    reports = [(one.place, one.time, {"reported": one.reported}) for one in history.updates if one.reported is not None]
    for _, time, state in sorted([*wishes, *reports], key=lambda one: one[0]):
        document = document.after(state)
        desired.append((time, _listed(document.desired)))
        reported.append((time, _listed(document.reported)))
    for name, told in (("desired", desired), ("reported", reported)):
        yield Lane(name, list(frame.spans((time, words, SpanKind.SETTLED) for time, words in told)))
    deltas = [one for one in history.told if one.level is AnswerLevel.DELTA]
    yield Lane("delta", list(frame.marks((one.time, brief(object_at(one.content, "state"))) for one in deltas)))
    yield Lane("requests", list(frame.marks((one.time, one.operation) for one in history.requests)))


def _listed(leaves: Leaves) -> str:
    return ", ".join(f"{printable('.'.join(path))} {brief(leaf)}" for path, leaf in leaves.items()) or "nothing"


def _shows(one: HeardMessage, name: str) -> bool:
    is_whole = one.operation is Operation.GET and one.level is AnswerLevel.ACCEPTED
    return is_whole or (one.level is AnswerLevel.ACCEPTED and object_at(one.content, "state", name) is not None)


def _said(one: HeardMessage, name: str) -> str:
    return brief(object_at(one.content, "state", name))
