"""One feedback in short: its status, whether it ends or fails, and its words for a story. Pure."""

from harness.protocols.update.judging.history import SaidMessage
from harness.protocols.update.judging.law import TERMINAL, UNSUCCESSFUL
from harness.protocols.update.words.feedback import Action, Feedback
from harness.protocols.update.words.status import PHASES, FeedbackStatus, PhaseCommand
from harness.text import printable


def status_of(one: SaidMessage) -> FeedbackStatus | None:
    """The status of the whole that it tells; None: none that anybody knows."""
    status = one.feedback.status if one.feedback else None
    return status if isinstance(status, FeedbackStatus) else None


def is_the_end(feedback: Feedback) -> bool:
    """Whether it ends the desired state as a whole."""
    return feedback.status in TERMINAL and not feedback.baseline


def is_failure(feedback: Feedback) -> bool:
    """Whether it tells that a phase, or all, has failed."""
    return feedback.status in {*UNSUCCESSFUL, *(phase.failure for phase in PHASES.values())}


def is_executing(one: SaidMessage) -> bool:
    """Whether it says that something is downloaded, updated or activated, or was."""
    phases = (PHASES[command] for command in (PhaseCommand.DOWNLOAD, PhaseCommand.UPDATE, PhaseCommand.ACTIVATE))
    return status_of(one) in {status for phase in phases for status in (phase.under_way, phase.success)}


def told_as(one: SaidMessage) -> str:
    """The status as it came, for a story."""
    feedback = one.feedback
    return printable(feedback.spelling) or "without a status" if feedback else "without a payload"


def name_of(action: Action) -> str:
    """The component of an action, for a story."""
    return printable(action.id) if isinstance(action.id, str) else "that on no component"
