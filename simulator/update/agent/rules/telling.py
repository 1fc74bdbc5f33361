"""The decisions about feedback: which of it is told, and how it is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.payload.values import JSON
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.phase_report import Utterance

Content = dict[str, JSON]


def message(payload: Content | None, activity: str, now: float, *, enveloped: bool) -> bytes:
    """A message as it goes over the wire."""
    return encoded(payload, activity=activity, now=now, enveloped=enveloped)


@dataclass(frozen=True, slots=True)
class TellingRules:
    """`says`: the statuses that go out for a report: one; none at all; or more than one, each a feedback.

    `status`, `action_status`: the spelling. `progress`: in percent; None is left out. `baseline`, `words`: likewise, of
    the baseline and the message. `actions`: those that are listed, and their order. `lists_none`: whether an empty list
    is written. `nulls`: whether fields that are absent are written as null. `action`: one of them as it is written;
    `feedback`: all of it. `activity`: the id in the envelope. `encode`: the bytes. `topics`: where they go.
    """

    says: Callable[[Utterance], Sequence[FeedbackStatus]] = lambda utterance: (utterance.status,)
    status: Callable[[FeedbackStatus], JSON] = lambda status: status.value
    action_status: Callable[[ActionStatus], JSON] = lambda status: status.value
    progress: Callable[[int], JSON] = lambda percent: percent or None
    baseline: Callable[[str | None], JSON] = lambda baseline: baseline
    words: Callable[[str | None], JSON] = lambda words: words
    actions: Callable[[Sequence[Content], Utterance], Sequence[JSON]] = lambda actions, _utterance: actions
    lists_none: bool = False
    nulls: bool = False
    action: Callable[[Content, Utterance], Content] = lambda action, _utterance: action
    feedback: Callable[[Content, Utterance], Content] = lambda feedback, _utterance: feedback
    activity: Callable[[str, int], str] = lambda activity, _number: activity
    encode: Callable[..., bytes] = message
    topics: Callable[[str], tuple[str, ...]] = lambda topic: (topic,)
    retain: bool = False
    qos: int = 1
