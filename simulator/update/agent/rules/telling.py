"""The decisions about feedback: which of it is told, and of which baseline."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.payload.values import JSON
from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.feedback.report import FeedbackContext


@dataclass(frozen=True, slots=True)
class TellingRules:
    """`says`: the statuses that go out for a report: one; none at all; or more than one, each a feedback.

    `baseline`: the one that is told; None is left out.
    """

    says: Callable[[FeedbackContext], Sequence[FeedbackStatus]] = lambda context: (context.status,)
    baseline: Callable[[str | None], JSON] = lambda baseline: baseline
