"""The decisions about how feedback is written, which an agent and a manager have alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.payload.values import JSON
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.feedback.report import FeedbackContext

Content = dict[str, JSON]


def message(payload: Content | None, activity: str, now: float, *, enveloped: bool) -> bytes:
    """A message as it goes over the wire."""
    return encoded(payload, activity=activity, now=now, enveloped=enveloped)


@dataclass(frozen=True, slots=True)
class WritingRules:
    """`status`, `action_status`: the spelling. `progress`: in percent; None is left out.

    `words`: likewise, of a message. `actions`: those that are listed, and their order. `lists_none`: whether an empty
    list is written. `nulls`: whether fields that are absent are written as null. `action`: one of them as it is
    written; `feedback`: all of it. `activity`: the id in the envelope. `encode`: the bytes. `topics`: where they go.
    `copies`: how often each goes out.
    """

    status: Callable[[FeedbackStatus], JSON] = lambda status: status.value
    action_status: Callable[[ActionStatus], JSON] = lambda status: status.value
    progress: Callable[[int], JSON] = lambda percent: percent or None
    words: Callable[[str | None], JSON] = lambda words: words
    actions: Callable[[Sequence[Content], FeedbackContext], Sequence[JSON]] = lambda actions, _context: actions
    lists_none: bool = False
    nulls: bool = False
    action: Callable[[Content, FeedbackContext], Content] = lambda action, _context: action
    feedback: Callable[[Content, FeedbackContext], Content] = lambda feedback, _context: feedback
    activity: Callable[[str, FeedbackContext], str] = lambda activity, _context: activity
    encode: Callable[..., bytes] = message
    topics: Callable[[str], tuple[str, ...]] = lambda topic: (topic,)
    copies: int = 1
    retain: bool = False
    qos: int = 1
