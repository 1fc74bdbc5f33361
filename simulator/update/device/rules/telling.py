"""The decisions about feedback to a backend: which of it is told, when, and how it is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.payload.values import JSON
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.agent.rules.telling import Content, message
from simulator.update.device.law import AFTER
from simulator.update.device.utterance import DeviceUtterance

_BEFORE_ACTIONS = (FeedbackStatus.IDENTIFYING, FeedbackStatus.IDENTIFICATION_FAILED)


def by_law(utterance: DeviceUtterance) -> Sequence[FeedbackStatus]:
    """The status, where it may follow the one before."""
    return (utterance.status,) if utterance.status in AFTER.get(utterance.before, ()) else ()


@dataclass(frozen=True, slots=True)
class DeviceTellingRules:
    """`says`: the statuses that go out: one; none at all; or more than one, each a feedback.

    `gap`: seconds at least between two RUNNING; `on_change`: whether RUNNING is told on change alone, or every `gap`.
    `lists`: whether a status lists the actions. `status`, `action_status`: the spelling. `progress`: in percent; None
    is left out. `words`: likewise, of a message. `actions`: those that are listed, and their order. `lists_none`:
    whether an empty list is written. `nulls`: whether fields that are absent are written as null. `action`: one of them
    as it is written; `feedback`: all of it. `activity`: the id in the envelope. `encode`: the bytes. `topics`: where
    they go. `copies`: how often each goes out.
    """

    says: Callable[[DeviceUtterance], Sequence[FeedbackStatus]] = by_law
    gap: float = 1.0
    on_change: bool = True
    lists: Callable[[FeedbackStatus], bool] = lambda status: status not in _BEFORE_ACTIONS
    status: Callable[[FeedbackStatus], JSON] = lambda status: status.value
    action_status: Callable[[ActionStatus], JSON] = lambda status: status.value
    progress: Callable[[int], JSON] = lambda percent: percent or None
    words: Callable[[str | None], JSON] = lambda words: words
    actions: Callable[[Sequence[Content], DeviceUtterance], Sequence[JSON]] = lambda actions, _utterance: actions
    lists_none: bool = False
    nulls: bool = False
    action: Callable[[Content, DeviceUtterance], Content] = lambda action, _utterance: action
    feedback: Callable[[Content, DeviceUtterance], Content] = lambda feedback, _utterance: feedback
    activity: Callable[[str, DeviceUtterance], str] = lambda activity, _utterance: activity
    encode: Callable[..., bytes] = message
    topics: Callable[[str], tuple[str, ...]] = lambda topic: (topic,)
    copies: int = 1
    retain: bool = False
    qos: int = 1
