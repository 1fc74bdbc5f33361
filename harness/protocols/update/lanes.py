"""The picture of an update: every component with its steps, the whole beneath, commands above. Pure."""

from collections.abc import Iterator

from harness.judging.lanes import Frame, Lane, MarkKind, SpanKind
from harness.judging.lanes import Mark as LaneMark
from harness.protocols.update.judging.history import UpdateHistory
from harness.protocols.update.judging.law import FAILURES, SUCCESSES
from harness.protocols.update.words.command import read_command
from harness.protocols.update.words.feedback import Action
from harness.protocols.update.words.status import ActionStatus
from harness.protocols.update.words.topics import MessageKind
from harness.text import printable

_ENDED_WELL = SUCCESSES | {ActionStatus.DOWNLOAD_SUCCESS, ActionStatus.UPDATE_SUCCESS}


def lanes(history: UpdateHistory, frame: Frame) -> Iterator[Lane]:
    """Commands and desired states, a lane for each component, the status of the domain, and current states."""
    told = [(one.time, _told_words(history, one.place)) for one in history.told]
    yield Lane("told", [LaneMark(frame.at(time), words, MarkKind.SENT) for time, words in told])
    steps: dict[str, list[tuple[float, str, SpanKind]]] = {}
    for one in history.feedback:
        for action in one.feedback.actions if one.feedback else ():
            if isinstance(action.id, str):
                steps.setdefault(action.id, []).append((one.time, _words(action), _kind(action)))
    for name, said in sorted(steps.items()):
        yield Lane(printable(name), list(frame.spans(said)))
    whole = [(one.time, printable(one.feedback.spelling)) for one in history.feedback if one.feedback]
    yield Lane("status", list(frame.spans((time, words, SpanKind.OTHER) for time, words in whole)))
    states = [(one.time, "current state") for one in history.inventories if not one.is_retained]
    yield Lane("current state", list(frame.marks(states)))


def _told_words(history: UpdateHistory, place: int) -> str:
    one = next(told for told in history.told if told.place == place)
    if one.kind is MessageKind.COMMAND and one.message.body is not None:
        return printable(read_command(one.message.body).spelling)
    return str(one.kind)


def _words(action: Action) -> str:
    progress = f" {action.progress} %" if isinstance(action.progress, int) else ""
    return f"{printable(action.spelling)}{progress}"


def _kind(action: Action) -> SpanKind:
    if action.status in FAILURES:
        return SpanKind.FAILED
    if action.status in _ENDED_WELL:
        return SpanKind.SETTLED
    return SpanKind.OTHER if action.status is ActionStatus.IDENTIFIED else SpanKind.PENDING
