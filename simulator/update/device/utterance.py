"""A status of a whole desired state, and the circumstances in which it is told."""

from dataclasses import dataclass

from harness.protocols.update.words.status import FeedbackStatus


@dataclass(frozen=True, slots=True)
class DeviceUtterance:
    """`before`: the status that was told last of this activity; None: none was. `number`: of feedbacks before it.

    `since`: seconds since the last of them; infinite before the first. `lists`: whether there are actions to list.
    """

    status: FeedbackStatus
    before: FeedbackStatus | None
    message: str | None
    activity: str
    number: int
    since: float
    lists: bool = True
