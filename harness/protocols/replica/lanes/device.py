"""The picture of a device behind a replica: its document by wishes and reports, deltas, and what it asks for. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.judging.comparison import Comparison
from harness.judging.lanes import Frame, Lane
from harness.judging.verdicts.evidence_ref import EvidenceRef
from harness.payload.values import JSON
from harness.protocols.replica.judging.device.history import DEEPEST, ReplicaDeviceHistory
from harness.protocols.replica.judging.flat_document import FlatDocument, flat
from harness.protocols.replica.lanes.document_view import compared, listed, sections
from harness.protocols.replica.lanes.service import words_of_delta
from harness.protocols.replica.words.content import levels_of, object_at, object_in
from harness.protocols.replica.words.topics import AnswerLevel, Operation
from harness.record.kinds import Provoked, Received, Record, Sent
from harness.text import printable

_WISH, _REST, _FORGET = "desire", "rest", "forget"  # names of provocations; at rest, nothing else is desired


@dataclass(frozen=True, slots=True)
class _Step:
    """The document from that place on; `state`: the update that made it so, and `label`: whose it was."""

    place: int
    time: float
    document: FlatDocument
    state: JSON
    label: str


def lanes(history: ReplicaDeviceHistory, frame: Frame) -> Iterator[Lane]:
    """Both sections as wishes and reports made them, the deltas that were said, and the device's requests."""
    yield from sections(frame, [(one.time, one.document) for one in _steps(history)])
    deltas = [one for one in history.told if one.level is AnswerLevel.DELTA]
    yield Lane("delta", list(frame.marks((one.time, words_of_delta(one.content)) for one in deltas)))
    yield Lane("requests", list(frame.marks((one.time, one.operation) for one in history.requests)))


def comparison(history: ReplicaDeviceHistory, where: EvidenceRef) -> Comparison | None:
    """The document before what the finding counts from, and once it was decided; or at the end of the scenario."""
    since = where.since if where.since is not None else where.decisive
    if since is None or since not in history.places:
        return None
    steps, decided = _steps(history), where.decisive
    until = history.end if decided is None or decided <= since else decided + 1
    before = [one for one in steps if one.place < since]
    between = [one for one in steps if since <= one.place < until]
    if not between:
        return None
    old = before[-1].document if before else FlatDocument()
    wish = next((one for one in between if one.place == since and one.label), None)
    asked: JSON = wish.state if wish else None
    about = f"the wish {printable(wish.label)!r}" if wish else f"line {since + 1} of the trace"
    return compared(f"The document before {about}, and after", "desired", old, between[-1].document, asked)


def sent_words(history: ReplicaDeviceHistory, sent: Sent) -> str:
    """A message of the replica that we play, in a few words."""
    told = {history.profile.topic(one, level): f"{one}/{level}" for one in Operation for level in AnswerLevel}
    what = told.get(sent.topic, printable(sent.topic))
    return what if sent.label in ("", what) else f"{what} {printable(sent.label)!r}"


def heard_words(history: ReplicaDeviceHistory, message: Received) -> str:
    """A request of the device in a few words."""
    asked = {history.profile.topic(one): one for one in Operation}.get(message.topic)
    content = object_in(message.payload)
    if asked is None or content is None or levels_of(content) > DEEPEST:
        return f"message received at {printable(message.topic)}"
    reported = object_at(content, "state", "reported")
    return f"{asked} received{'' if reported is None else f': reported {listed(flat(reported))}'}"


def _steps(history: ReplicaDeviceHistory) -> Sequence[_Step]:
    """From the beginning of the run: the document is older than the scenario."""
    steps, document = list[_Step](), FlatDocument()
    for place, record in enumerate(history.records_before(history.end)):
        found = _state_of(record, history)
        if found is not None:
            state, label = found
            begins_anew = isinstance(record, Provoked) and record.name == _REST
            document = (document.after({"desired": None}) if begins_anew else document).after(state)
            steps.append(_Step(place, record.time, document, None if state is None else {**state}, label))
    return steps


def _state_of(
    record: Record, history: ReplicaDeviceHistory
) -> tuple[dict[str, dict[str, JSON] | None] | None, str] | None:
    """The update that a record stands for, and its name where it is a wish; a state that is None: it is deleted."""
    match record:
        case Provoked(name=name, label=label, detail=dict() as detail) if name in (_WISH, _REST):
            return {"desired": detail}, label
        case Provoked(name=name) if name == _FORGET:
            return None, ""
        case Sent(topic=topic) if topic == history.profile.topic(Operation.DELETE, AnswerLevel.ACCEPTED):
            return None, ""
        case Received(topic=topic, payload=payload, retain=False) if topic == history.profile.topic(Operation.UPDATE):
            content = object_in(payload)
            state = content.get("state") if content is not None and levels_of(content) <= DEEPEST else None
            sections = state if isinstance(state, dict) else {}
            told = {name: sections[name] for name in ("desired", "reported") if name in sections}
            return {name: one for name, one in told.items() if one is None or isinstance(one, dict)}, ""
        case _:
            return None
