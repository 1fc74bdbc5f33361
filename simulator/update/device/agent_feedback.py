"""The feedback of an agent as a manager reads it: hostile until it is checked."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.protocols.update.words.envelope import read_message
from harness.protocols.update.words.feedback import Action, Feedback, read_feedback
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.feedback.report import ToldAction

_MOST = 100  # percent


@dataclass(frozen=True, slots=True)
class AgentFeedback:
    """`activity`: "" where messages are bare. `baseline`: the one that it is of; None: it is of the whole domain.

    `status` None: one that nobody knows, or none. `actions`: those that are whole and of the agent's own domain.
    """

    domain: str
    activity: str
    status: FeedbackStatus | None
    baseline: str | None
    message: str | None
    actions: tuple[ToldAction, ...]


def read_agent_feedback(payload: bytes, domain: str, *, enveloped: bool) -> AgentFeedback | None:
    """None: it cannot be read, or is of no activity."""
    message = read_message(payload, enveloped=enveloped)
    activity = "" if message.is_bare else message.activity
    if message.body is None or not isinstance(activity, str):
        return None
    feedback = read_feedback(message.body)
    return AgentFeedback(
        domain,
        activity,
        feedback.status if isinstance(feedback.status, FeedbackStatus) else None,
        (feedback.baseline or None) if isinstance(feedback.baseline, str) else None,
        feedback.message if isinstance(feedback.message, str) else None,
        tuple(_whole(feedback, domain)),
    )


def _whole(feedback: Feedback, domain: str) -> Iterator[ToldAction]:
    for action in feedback.actions:
        if action.domain == domain and isinstance(action.status, ActionStatus) and _has_progress(action):
            name, version = action.id, action.version
            if isinstance(name, str) and isinstance(version, str) and version:
                progress = action.progress if isinstance(action.progress, int) else None
                message = action.message if isinstance(action.message, str) else None
                yield ToldAction(name, version, action.status, progress, message)


def _has_progress(action: Action) -> bool:
    """Whether its progress is one, or it has none."""
    return action.progress is None or (isinstance(action.progress, int) and 0 <= action.progress <= _MOST)
