"""A report: that an activity, or one baseline of it, has come so far."""

from dataclasses import dataclass

from harness.protocols.update.words.status import FeedbackStatus


@dataclass(frozen=True, slots=True)
class PhaseReport:
    """`baseline` None: it is of the domain. `is_progress`: nothing but progress has changed since the last."""

    status: FeedbackStatus
    baseline: str | None = None
    message: str | None = None
    is_progress: bool = False
    lists: bool = True


@dataclass(frozen=True, slots=True)
class Utterance:
    """The circumstances of a report. `number`: of the feedbacks of this activity before it.

    `since`: seconds since the last of them; infinite before the first. `activity`: its id.
    """

    report: PhaseReport
    activity: str
    number: int
    since: float

    @property
    def status(self) -> FeedbackStatus:
        """Of the report."""
        return self.report.status
