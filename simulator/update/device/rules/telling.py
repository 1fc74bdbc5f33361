"""The decisions about feedback to a backend: which of it is told, and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.device.law import AFTER
from simulator.update.feedback.report import FeedbackContext

_BEFORE_ACTIONS = (FeedbackStatus.IDENTIFYING, FeedbackStatus.IDENTIFICATION_FAILED)


def by_law(context: FeedbackContext) -> Sequence[FeedbackStatus]:
    """The status, where it may follow the one before."""
    return (context.status,) if context.status in AFTER.get(context.before, ()) else ()


@dataclass(frozen=True, slots=True)
class DeviceTellingRules:
    """`says`: the statuses that go out: one; none at all; or more than one, each a feedback.

    `gap`: seconds at least between two RUNNING; `on_change`: whether RUNNING is told on change alone, or every `gap`.
    `lists`: whether a status lists the actions.
    """

    says: Callable[[FeedbackContext], Sequence[FeedbackStatus]] = by_law
    gap: float = 1.0
    on_change: bool = True
    lists: Callable[[FeedbackStatus], bool] = lambda status: status not in _BEFORE_ACTIONS
