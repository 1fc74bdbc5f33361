"""The decisions about the inventory: when it is told, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.payload.values import JSON
from harness.protocols.update.words.inventory import Inventory
from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.feedback.writing_rules import message


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question for the inventory comes. `is_empty`: without any byte; `has_id`: with an activity's id.

    `has_failed`: the latest activity has.
    """

    is_empty: bool
    has_id: bool
    is_busy: bool
    retain: bool
    malformed: int
    has_failed: bool = False


def _ends(status: FeedbackStatus) -> bool:
    return status in (
        FeedbackStatus.COMPLETED,
        FeedbackStatus.INCOMPLETE,
        FeedbackStatus.INCOMPLETE_INCONSISTENT,
        FeedbackStatus.IDENTIFICATION_FAILED,
    )


@dataclass(frozen=True, slots=True)
class InventoryRules:
    """`at_start`: whether it is told when the agent connects, by whether it did before.

    `first_id`: its activity then. `answers`: whether a question is answered; `answer_id`: the activity of the answer,
    by that of the question; `waits`: seconds until then. `disturbs`: whether a question ends the activity under way.
    `behind`: the statuses behind which it is told unasked. `of`: what is told, of all there is; `content`: as it is
    written. `encode`: the bytes.
    """

    at_start: Callable[[bool], bool] = lambda _again: True
    first_id: Callable[[float], str] = lambda now: f"initial-current-state-{round(now * 1000)}"
    answers: Callable[[Asked], bool] = lambda asked: not asked.retain
    answer_id: Callable[[str], str] = lambda activity: activity
    waits: float = 0.0
    disturbs: bool = False
    behind: Callable[[FeedbackStatus], bool] = _ends
    of: Callable[[Inventory], Inventory] = lambda inventory: inventory
    content: Callable[[dict[str, JSON]], dict[str, JSON]] = lambda content: content
    encode: Callable[..., bytes] = message
    topics: Callable[[str], tuple[str, ...]] = lambda topic: (topic,)
    retain: bool = True
    qos: int = 1
