"""The feedback of an agent as a manager reads it: hostile until it is checked.

Nearly all of it is sound, and is decoded in one go; what is not is read field by field, as far as it can be.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

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


class _Component(msgspec.Struct):
    id: str
    version: str


class _Action(msgspec.Struct):
    component: _Component
    status: ActionStatus
    progress: int | None = None
    message: str | None = None


class _Feedback(msgspec.Struct):
    status: FeedbackStatus
    baseline: str | None = None
    message: str | None = None
    actions: list[_Action] | None = None


class _Message(msgspec.Struct):
    activity: str = msgspec.field(name="activityId")
    payload: _Feedback


_ENVELOPED, _BARE = msgspec.json.Decoder(_Message), msgspec.json.Decoder(_Feedback)


def read_agent_feedback(payload: bytes, domain: str, *, enveloped: bool) -> AgentFeedback | None:
    """None: it cannot be read, or is of no activity."""
    try:
        activity, sound = _sound(payload, enveloped=enveloped)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return read_field_by_field(payload, domain, enveloped=enveloped)
    actions = tuple(
        ToldAction(one.component.id, one.component.version, one.status, one.progress, one.message)
        for one in sound.actions or ()
        if _is_own(one, domain)
    )
    return AgentFeedback(domain, activity, sound.status, sound.baseline or None, sound.message, actions)


def _sound(payload: bytes, *, enveloped: bool) -> tuple[str, _Feedback]:
    if not enveloped:
        return "", _BARE.decode(payload)
    message = _ENVELOPED.decode(payload)
    return message.activity, message.payload


def _is_own(action: _Action, domain: str) -> bool:
    is_whole = action.component.version and (action.progress is None or 0 <= action.progress <= _MOST)
    return bool(is_whole) and action.component.id.startswith(f"{domain}:")


def read_field_by_field(payload: bytes, domain: str, *, enveloped: bool) -> AgentFeedback | None:
    """The same of a payload that may be anything."""
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
