"""The picture of an update: played agents, every component with its steps, the whole beneath, current states. Pure.

A stretch in which the same status is said is one block, however often it is said; progress is a line in that block.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from harness.judging.lanes import Curve, Frame, Item, Lane, Mark, Span, SpanKind
from harness.protocols.update.judging.history import SaidMessage, UpdateHistory
from harness.protocols.update.judging.law import FAILURES, SUCCESSES, UNSUCCESSFUL
from harness.protocols.update.lanes.message_words import named_actions, place_of, told_in_brief
from harness.protocols.update.words.envelope import read_message
from harness.protocols.update.words.feedback import Action, Feedback, read_feedback
from harness.protocols.update.words.status import PHASES, ActionStatus, FeedbackStatus
from harness.protocols.update.words.topics import MessageKind
from harness.record.kinds import Received, Sent
from harness.text import counted, printable

_MOST_COMPONENTS = 12  # a picture of more would fill the page
_ENDED_WELL = SUCCESSES | {ActionStatus.DOWNLOAD_SUCCESS, ActionStatus.UPDATE_SUCCESS}
_WELL = {FeedbackStatus.COMPLETED, *(phase.success for phase in PHASES.values())}
_ILL = {FeedbackStatus.IDENTIFICATION_FAILED, *UNSUCCESSFUL, *(phase.failure for phase in PHASES.values())}


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that was said of a lane's subject. `share`: the progress; None: none was told."""

    place: int
    time: float
    activity: object
    words: str
    kind: SpanKind
    share: float | None = None

    @property
    def said(self) -> tuple[object, str, float | None]:
        """All of it that another may repeat."""
        return self.activity, self.words, self.share


def lanes(history: UpdateHistory, frame: Frame) -> Iterator[Lane]:
    """Of a device's played agents first what it tells them, and what they answer; then what it says itself."""
    for domain in history.profile.played:
        told = _heard_at(history, (MessageKind.DESIRED_STATE, MessageKind.COMMAND), domain)
        yield _marked(history, frame, f"to the agent of {domain}", told)
        yield _blocks(frame, f"from the agent of {domain}", list(_answers(history, domain)))
    yield _marked(history, frame, "to the owner", _heard_at(history, (MessageKind.OWNER_CONSENT,)))
    yield from _components(history, frame)
    yield _blocks(frame, "status", _whole(history, frame))
    states = [(one.place, one.time, "current state") for one in history.inventories if not one.is_retained]
    marks = list(frame.marks((time, words) for _, time, words in states))
    yield Lane("current state", marks, _decided(frame, [(place, words) for place, _, words in states]))


def _components(history: UpdateHistory, frame: Frame) -> Iterator[Lane]:
    """A lane for each, those that decided before others; of those for which there is no room, when they were named."""
    steps: dict[str, list[_Step]] = {}
    for one in history.feedback:
        for name, action in named_actions(one.feedback) if one.feedback else ():
            steps.setdefault(name, []).append(_step(one, action))
    drawn = {name: _blocks(frame, printable(name), said) for name, said in sorted(steps.items())}
    chosen = sorted(drawn, key=lambda name: drawn[name].decided is None)[:_MOST_COMPONENTS]
    yield from (lane for name, lane in drawn.items() if name in chosen)
    left = [(said[0].time, name) for name, said in steps.items() if name not in chosen]
    if left:
        yield Lane(f"{counted(len(left), 'more component')}, not drawn", [Mark(frame.at(left[0][0]), "first named")])


def _whole(history: UpdateHistory, frame: Frame) -> Sequence[_Step]:
    """The status of the domain; where several activities are in view, with the label of the desired state."""
    labels = {told.message.activity: told.label for told in history.told if told.kind is MessageKind.DESIRED_STATE}
    said = [(one, one.feedback) for one in history.feedback if one.feedback]
    in_view = {one.message.activity for one, _ in said if frame.start <= frame.at(one.time) <= frame.end}
    steps = []
    for one, feedback in said:
        label = labels.get(one.message.activity) if len(in_view) > 1 else None
        words = f"{printable(feedback.spelling)} ({label})" if label else printable(feedback.spelling)
        steps.append(_Step(one.place, one.time, one.message.activity, words, _kind_of_whole(feedback)))
    return steps


def _answers(history: UpdateHistory, domain: str) -> Iterator[_Step]:
    """The feedback of an agent that the harness plays."""
    topic = history.profile.topic(MessageKind.FEEDBACK, domain)
    for place, record in history.sent:
        message = read_message(record.payload, enveloped=history.profile.envelope) if record.topic == topic else None
        feedback = read_feedback(message.body) if message and message.body else None
        if message and feedback:
            words, kind = printable(feedback.spelling), _kind_of_whole(feedback)
            yield _Step(place, record.time, message.activity, words, kind)


def _heard_at(
    history: UpdateHistory, kinds: Sequence[MessageKind], domain: str | None = None
) -> Sequence[tuple[int, Received]]:
    topics = {history.profile.topic(kind, domain) for kind in kinds}
    return [(place, one) for place, one in history.placed() if isinstance(one, Received) and one.topic in topics]


def _marked(history: UpdateHistory, frame: Frame, title: str, heard: Sequence[tuple[int, Received]]) -> Lane:
    told = [(place, one.time, told_in_brief(history, one)) for place, one in heard]
    decided = _decided(frame, [(place, words) for place, _, words in told])
    return Lane(title, [Mark(frame.at(time), words) for _, time, words in told], decided)


def _blocks(frame: Frame, title: str, steps: Sequence[_Step]) -> Lane:
    """A block for each run of the same words of one activity, and a line in it where progress was told."""
    runs = [list(run) for _, run in groupby(steps, key=lambda one: (one.words, one.activity))]
    items: list[Item] = []
    for run, later in zip_longest(runs, runs[1:]):
        first = run[0]
        end = frame.end if later is None else frame.at(later[0].time)
        items.append(Span(frame.at(first.time), end, first.words, first.kind))
        shares = [(frame.at(one.time), one.share) for one in run if one.share is not None]
        if shares:
            items.append(Curve(shares, "progress"))
    return Lane(title, items, _deciding_step(frame, steps))


def _deciding_step(frame: Frame, steps: Sequence[_Step]) -> str | None:
    """The words of the step that the decisive message says, if it says anything new there."""
    before: _Step | None = None
    for one in steps:
        if one.place == frame.decisive:
            return _with_progress(one) if before is None or before.said != one.said else None
        before = one
    return None


def _with_progress(step: _Step) -> str:
    return step.words if step.share is None else f"{step.words} {step.share:.0%}"


def _decided(frame: Frame, told: Sequence[tuple[int, str]]) -> str | None:
    return next((words for place, words in told if place == frame.decisive), None)


def _step(one: SaidMessage, action: Action) -> _Step:
    share = min(max(action.progress, 0), 100) / 100 if isinstance(action.progress, int) else None
    return _Step(one.place, one.time, one.message.activity, printable(action.spelling), _kind(action), share)


def _kind(action: Action) -> SpanKind:
    if action.status in FAILURES:
        return SpanKind.FAILED
    if action.status in _ENDED_WELL:
        return SpanKind.SETTLED
    return SpanKind.OTHER if action.status is ActionStatus.IDENTIFIED else SpanKind.PENDING


def _kind_of_whole(feedback: Feedback) -> SpanKind:
    if feedback.status in _ILL:
        return SpanKind.FAILED
    return SpanKind.SETTLED if feedback.status in _WELL else SpanKind.OTHER


def concerns(history: UpdateHistory, sent: Sent) -> bool:
    """Whether it stands among what is sent: what played agents say has lanes of its own."""
    domain, kind = place_of(history, sent.topic)
    return domain not in history.profile.played or kind not in (MessageKind.FEEDBACK, MessageKind.CURRENT_STATE)
