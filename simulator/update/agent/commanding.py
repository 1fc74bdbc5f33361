"""The fate of a manager's command: it is executed on some units, or refused, or left alone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.protocols.update.words.status import PHASES, FeedbackStatus, PhaseCommand
from simulator.update.agent.activity import AgentActivity, Unit
from simulator.update.agent.rules import CommandRefusal, CommandRules
from simulator.update.feedback.report import PhaseReport
from simulator.update.law import ORDER


@dataclass(frozen=True, slots=True)
class Execute:
    """`parts`: the units on which it is executed together, and the baseline of their feedback; None: it has none."""

    parts: Sequence[tuple[Sequence[Unit], str | None]]


def decided(
    command: PhaseCommand, baseline: str | None, activity: AgentActivity, rules: CommandRules
) -> Execute | PhaseReport | None:
    """The fate of a command of the activity; a report refuses it."""
    label = None if rules.whole(baseline) else baseline
    unit = None if label is None else activity.unit(label)
    if label is not None and unit is None and rules.unknown_baseline is not CommandRefusal.EXECUTE:
        refused = PhaseReport(PHASES[command].failure, label, f"Unknown baseline {label}")
        return refused if rules.unknown_baseline is CommandRefusal.TELL else None
    units = [unit] if unit else activity.left
    statuses = [unit.status] if unit else activity.statuses
    behind = rules.behind.get(command)
    if _may(command, statuses, behind):
        due = [one for one in units if _is_next(command, one.status, behind)]
        return Execute([([one], one.title) for one in due] if rules.apart and label is None else [(due, label)])
    match rules.refusal(command, statuses):
        case CommandRefusal.EXECUTE:
            return Execute([(units, label)])
        case CommandRefusal.TELL:
            return PhaseReport(PHASES[command].failure, label, rules.words(command, behind or ()))
        case CommandRefusal.IGNORE:
            return None


def _may(command: PhaseCommand, statuses: Sequence[FeedbackStatus], behind: Sequence[FeedbackStatus] | None) -> bool:
    """Whether it is next for one of them, and has been executed on the others."""
    is_next = [_is_next(command, status, behind) for status in statuses]
    if behind is None:
        return any(is_next)
    done = {PHASES[one].success for one in ORDER[ORDER.index(command) :]} if command in ORDER else set()
    return any(is_next) and all(status in done or status in behind for status in statuses)


def _is_next(command: PhaseCommand, status: FeedbackStatus, behind: Sequence[FeedbackStatus] | None) -> bool:
    return status is not PHASES[command].under_way if behind is None else status in behind
