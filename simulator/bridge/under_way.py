"""The desired states that a device is at, as its feedback tells of them. Pure."""

import math

from harness.protocols.update.profile import PHASE_DEADLINES, Deadline, UpdateProfile
from harness.protocols.update.words.envelope import read_message
from harness.protocols.update.words.feedback import read_feedback
from harness.protocols.update.words.status import FeedbackStatus

_ENDS = (
    FeedbackStatus.IDENTIFICATION_FAILED,
    FeedbackStatus.COMPLETED,
    FeedbackStatus.INCOMPLETE,
    FeedbackStatus.INCOMPLETE_INCONSISTENT,
    FeedbackStatus.SUPERSEDED,
)
_USUAL = 600.0  # seconds that a desired state may take of which the profile does not say it
_NEVER = -math.inf


class UnderWay:
    """Each begins with its first feedback, and ends with its last; or, as a device may forget it, in its time."""

    def __init__(self, profile: UpdateProfile) -> None:
        self._enveloped = profile.envelope
        self._patience = profile.deadline(Deadline.IDENTIFY, *PHASE_DEADLINES) or _USUAL
        self._until: dict[str, float] = {}

    def hear(self, payload: bytes, now: float) -> None:
        """The device has published this feedback."""
        message = read_message(payload, enveloped=self._enveloped)
        if message.body is None:
            return
        activity = message.activity if isinstance(message.activity, str) else ""
        if read_feedback(message.body).status in _ENDS:
            self._until.pop(activity, None)
        else:
            self._until[activity] = now + self._patience

    def until(self, now: float) -> float:
        """When it is at nothing more, if nothing more is heard; in the past, where it is at nothing."""
        self._until = {activity: time for activity, time in self._until.items() if time > now}
        return max(self._until.values(), default=_NEVER)
