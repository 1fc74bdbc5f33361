"""A report: that an activity, or one baseline of it, has come so far; and the circumstances in which it is told."""

from dataclasses import dataclass

from harness.protocols.update.words.status import ActionStatus, FeedbackStatus


@dataclass(frozen=True, slots=True)
class PhaseReport:
    """`baseline` None: it is of the whole. `is_progress`: nothing but progress has changed since the last.

    `lists`: whether there are actions to list.
    """

    status: FeedbackStatus
    baseline: str | None = None
    message: str | None = None
    is_progress: bool = False
    lists: bool = True


@dataclass(frozen=True, slots=True)
class FeedbackContext:
    """The circumstances of a report. `before`: the status that was told last of this activity; None: none was.

    `activity`: its id. `number`: of the feedbacks of it before this one. `since`: seconds since the last of them;
    infinite before the first.
    """

    report: PhaseReport
    before: FeedbackStatus | None
    activity: str
    number: int
    since: float

    @property
    def status(self) -> FeedbackStatus:
        """Of the report."""
        return self.report.status


@dataclass(frozen=True, slots=True)
class ToldAction:
    """An action as it is told. `progress` in percent."""

    component: str
    version: str
    status: ActionStatus
    progress: int | None = None
    message: str | None = None
