"""The picture of a replica service: documents as its own messages tell of them, its deltas, and its answers. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.judging.comparison import Comparison
from harness.judging.lanes import Frame, Lane
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.protocols.replica.judging.flat_document import FlatDocument, flat
from harness.protocols.replica.judging.service.history import HeardMessage, ServiceHistory
from harness.protocols.replica.lanes.document_view import compared, sections, spelt
from harness.protocols.replica.words.content import Object, levels_of, object_at, object_in
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, answer_at, request_at
from harness.record.kinds import Answer, Received, Request, Sent
from harness.text import printable

_APP = "app"  # the connection that hears all that is said of a replica
_DEEPEST = 60  # levels of a message that are looked at
_MOST_REPLICAS = 2
_SECTIONS = ("desired", "reported")


@dataclass(frozen=True, slots=True)
class _DocumentFrom:
    """The document from that place on; `is_whole`: the message there shows all of it."""

    place: int
    time: float
    document: FlatDocument
    is_whole: bool


def lanes(history: ServiceHistory, frame: Frame) -> Iterator[Lane]:
    """Of the replica that the picture begins with: a lane for each section, one for deltas, and one for answers.

    Of the first two of the scenario, where it begins with none.
    """
    about = _replica_of(history, frame)
    heard = [one for one in history.heard if one.connection == _APP and about in (None, one.replica)]
    replicas = list(dict.fromkeys(one.replica for one in heard))[:_MOST_REPLICAS]
    for replica in replicas:
        of_it = f" of {printable(replica.device)}" if len(replicas) > 1 else ""
        told = _told(heard, replica)
        yield from sections(frame, [(one.time, one.document) for one in told], of_it)
    deltas = [one for one in heard if one.level is AnswerLevel.DELTA]
    yield Lane("delta", list(frame.marks((one.time, words_of_delta(one.content)) for one in deltas)))
    answers = [one for one in heard if one.level in (AnswerLevel.ACCEPTED, AnswerLevel.REJECTED)]
    yield Lane("answers", list(frame.marks((one.time, _words(one)) for one in answers)))


def concerns(history: ServiceHistory, frame: Frame, sent: Sent) -> bool:
    """Whether a request is of the replica that the picture begins with."""
    asked, about = request_at(sent.topic, history.profile.scheme), _replica_of(history, frame)
    return asked is None or about in (None, asked[0])


def _replica_of(history: ServiceHistory, frame: Frame) -> ReplicaId | None:
    """The replica of the request at the picture's origin."""
    begins = (sent.topic for _, sent in history.sent if sent.time == frame.origin)
    found = (request_at(topic, history.profile.scheme) for topic in begins)
    return next((asked[0] for asked in found if asked), None)


def comparison(history: ServiceHistory, where: EvidenceRef) -> Comparison | None:
    """The document before the last update that a finding rests on, and as the service showed it afterwards.

    By the message that decided, where it shows all of it; else by all up to the next update.
    """
    scheme, decided = history.profile.scheme, where.decisive if where.decisive is not None else where.since
    if decided is None or decided not in history.places:
        return None
    about = _replica_at(history, decided)
    updates = [
        (place, sent) for place, sent in history.sent if request_at(sent.topic, scheme) == (about, Operation.UPDATE)
    ]
    before = [(place, sent) for place, sent in updates if place <= decided]
    if about is None or not before:
        return None
    place, update = before[-1]
    until = next((later for later, _ in updates if later > decided), history.end)
    told = _told([one for one in history.heard if one.connection == _APP], about)
    old = _latest(told, place)
    new = next((one.document for one in told if one.place == decided and one.is_whole), _latest(told, until))
    asked = (object_in(update.payload) or {}).get("state")
    title = f"The document before {sent_words(history, update)}, and after"
    return compared(title, "asked", old, new, asked if levels_of(asked) <= _DEEPEST else None)


def sent_words(history: ServiceHistory, sent: Sent) -> str:
    """A request of ours in a few words."""
    asked = request_at(sent.topic, history.profile.scheme)
    what = str(asked[1]) if asked else printable(sent.topic.rpartition("/")[2])
    if isinstance(sent.http, Request):
        what = f"{printable(sent.http.method)} over HTTP"
    by = "" if sent.connection == _APP or sent.http else f" by {sent.connection}"
    return f"{what} {printable(sent.label)!r}{by}" if sent.label else f"{what}{by}"


def heard_words(history: ServiceHistory, message: Received) -> str:
    """A message of the service in a few words."""
    told = answer_at(message.topic, history.profile.scheme)
    if isinstance(message.http, Answer):
        return f"answered over HTTP with {message.http.status}"
    if told is None:
        return f"message received at {printable(message.topic)}"
    replica, operation, level = told
    version = (object_in(message.payload) or {}).get("version")
    which = "" if version is None else f", version {spelt(version)}"
    return f"{operation}/{level} of {printable(replica.device)} heard by {message.connection}{which}"


def words_of_delta(content: Object | None) -> str:
    """The change that a device is to make, and the report that components read beside it."""
    state, reported = object_at(content, "state"), object_at(content, "reported")
    to_do = spelt(state) if state else "nothing to do"
    return f"{to_do}; reported {spelt(reported)}" if reported else to_do


def _words(one: HeardMessage) -> str:
    code = (one.content or {}).get("code") if one.level is AnswerLevel.REJECTED else None
    return f"{one.operation} {one.level}{'' if code is None else f' {spelt(code)}'}"


def _replica_at(history: ServiceHistory, place: int) -> ReplicaId | None:
    """The replica of the message there; of something else, that of the last update before it."""
    scheme = history.profile.scheme
    topics = [
        getattr(history.record_at(place), "topic", ""),
        *(sent.topic for at, sent in history.sent[::-1] if at < place),
    ]
    found = (request_at(topic, scheme) or answer_at(topic, scheme) for topic in topics)
    return next((one[0] for one in found if one), None)


def _told(heard: Sequence[HeardMessage], replica: ReplicaId) -> list[_DocumentFrom]:
    """The document from message to message: whole where one shows it, else what was accepted merged into it."""
    told, document = list[_DocumentFrom](), FlatDocument()
    for one in heard:
        if one.replica == replica and one.content is not None and levels_of(one.content) <= _DEEPEST:
            found = _after(document, one, one.content)
            if found is not None:
                document = found
                is_whole = one.level is AnswerLevel.DOCUMENTS or one.operation is Operation.GET
                told.append(_DocumentFrom(one.place, one.time, document, is_whole))
    return told


def _after(document: FlatDocument, one: HeardMessage, content: Object) -> FlatDocument | None:
    """The document by that message; None: it tells nothing of it."""
    match (one.operation, one.level):
        case (Operation.GET, AnswerLevel.ACCEPTED):
            return _whole(object_at(content, "state"))
        case (Operation.UPDATE, AnswerLevel.DOCUMENTS):
            return _whole(object_at(content, "current", "state"))
        case (Operation.DELETE, AnswerLevel.ACCEPTED):
            return FlatDocument()
        case (Operation.UPDATE, AnswerLevel.ACCEPTED):
            return document.after(_sections(object_at(content, "state")))
        case _:
            return None


def _whole(state: Object | None) -> FlatDocument:
    desired, reported = (flat(object_at(state, name) or {}) for name in _SECTIONS)
    return FlatDocument(desired, reported)


def _sections(state: Object | None) -> dict[str, Object | None]:
    found = {name: state[name] for name in _SECTIONS if state is not None and name in state}
    return {name: one for name, one in found.items() if one is None or isinstance(one, dict)}


def _latest(told: Sequence[_DocumentFrom], before: int) -> FlatDocument:
    return next((one.document for one in reversed(told) if one.place < before), FlatDocument())
