"""The picture of a replica service: sections as its answers show them, its deltas, and its answers. Pure."""

from collections.abc import Iterator

from harness.judging.lanes import Frame, Lane, SpanKind
from harness.protocols.replica.judging.service.history import HeardMessage, ServiceHistory
from harness.protocols.replica.words.content import object_at
from harness.protocols.replica.words.topics import AnswerLevel, Operation
from harness.text import brief


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


def _shows(one: HeardMessage, name: str) -> bool:
    is_whole = one.operation is Operation.GET and one.level is AnswerLevel.ACCEPTED
    return is_whole or (one.level is AnswerLevel.ACCEPTED and object_at(one.content, "state", name) is not None)


def _said(one: HeardMessage, name: str) -> str:
    return brief(object_at(one.content, "state", name))
