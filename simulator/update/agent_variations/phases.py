"""Agents that take too long, do not wait, or end a phase or all of it wrongly."""

from collections.abc import Callable

from harness.protocols.update.words.status import ActionStatus, FeedbackStatus, PhaseCommand
from simulator.update.agent.components import SimulatedComponent
from simulator.update.agent.rules import (
    ActivityOutcome,
    Aftermath,
    CommandRules,
    ExecutingRules,
    ReturningRules,
)
from simulator.update.agent.rules.executing import seconds_of
from simulator.update.agent_variations.variation import deviation
from simulator.update.feedback.writing_rules import WritingRules
from simulator.update.law import ChangeKind

_EVERY_END = (
    "agent-identification.nothing-to-do",
    "agent-command.unknown",
    "agent-command.malformed",
    "agent-inventory.answers-in-the-middle",
)


def _longer(command: PhaseCommand, seconds: float) -> ExecutingRules:
    """One component takes that long for a command."""

    def taken(component: SimulatedComponent, given: PhaseCommand) -> float:
        if given is not command:
            return seconds_of(component, given)
        return seconds if component.fails else 0.1

    return ExecutingRules(seconds=taken)


def _rest_longer(command: PhaseCommand, seconds: float) -> ExecutingRules:
    """All but that component take that long for a command."""
    return ExecutingRules(
        seconds=lambda component, given: (
            seconds if given is command and not component.fails else seconds_of(component, given)
        )
    )


def _always(status: FeedbackStatus) -> Callable[[ActivityOutcome], FeedbackStatus]:
    return lambda _outcome: status


def _with_the_download(kind: ChangeKind, command: PhaseCommand) -> bool:
    """A component is another as soon as it is downloaded, and only its removal waits."""
    return command is (PhaseCommand.CLEANUP if kind is ChangeKind.REMOVE else PhaseCommand.DOWNLOAD)


def with_the_update(kind: ChangeKind, command: PhaseCommand) -> bool:
    """A component is another once it is updated, and not only once it is activated."""
    others = {ChangeKind.REMOVE: PhaseCommand.CLEANUP, ChangeKind.INSTALL: PhaseCommand.ACTIVATE}
    return command is others.get(kind, PhaseCommand.UPDATE)


def _in_secret(status: ActionStatus) -> str:
    """A failure is told as what was under way."""
    under_way = {
        ActionStatus.DOWNLOAD_FAILURE: ActionStatus.DOWNLOADING,
        ActionStatus.UPDATE_FAILURE: ActionStatus.UPDATING,
        ActionStatus.ACTIVATION_FAILURE: ActionStatus.ACTIVATING,
    }
    return under_way.get(status, status).value


PHASES_GONE_WRONG = (
    deviation(
        "downloads-without-a-command",
        ExecutingRules(by_itself=lambda status: PhaseCommand.DOWNLOAD if status is FeedbackStatus.IDENTIFIED else None),
        breaks="agent-phase.waits",
        implies=("agent-command.unknown", "agent-command.foreign-activity", "agent-command.baseline"),
    ),
    deviation(
        "downloads-very-late",
        _longer(PhaseCommand.DOWNLOAD, 21.5),
        breaks="agent-phase.download",
        implies=("agent-connection.resumes",),
    ),
    deviation(
        "downloads-its-last-baseline-very-late",
        CommandRules(apart=True),
        _rest_longer(PhaseCommand.DOWNLOAD, 21.5),
        breaks="agent-phase.download",
    ),
    deviation(
        "updates-its-last-baseline-very-late",
        CommandRules(apart=True),
        _rest_longer(PhaseCommand.UPDATE, 25.0),
        breaks="agent-phase.update",
    ),
    deviation(
        "activates-its-last-baseline-very-late",
        CommandRules(apart=True),
        _rest_longer(PhaseCommand.ACTIVATE, 25.0),
        breaks="agent-phase.activate",
    ),
    deviation("updates-very-late", _longer(PhaseCommand.UPDATE, 21.5), breaks="agent-phase.update"),
    deviation("activates-very-late", _longer(PhaseCommand.ACTIVATE, 21.5), breaks="agent-phase.activate"),
    deviation("cleans-up-very-late", _longer(PhaseCommand.CLEANUP, 11.5), breaks="agent-phase.cleanup"),
    deviation("rolls-back-very-late", _longer(PhaseCommand.ROLLBACK, 21.5), breaks="agent-phase.rollback"),
    deviation(
        "is-never-complete",
        ExecutingRules(ends=_always(FeedbackStatus.INCOMPLETE)),
        breaks="agent-phase.cleanup",
        implies=_EVERY_END,
    ),
    deviation(
        "is-always-complete",
        ExecutingRules(ends=_always(FeedbackStatus.COMPLETED)),
        breaks="agent-phase.failure-ends",
    ),
    deviation(
        "never-says-that-it-ends",
        ExecutingRules(ends=lambda _outcome: None),
        breaks="agent-phase.cleanup",
        implies=(
            *_EVERY_END,
            "agent-phase.failure-ends",
            "agent-connection.resumes",
            "agent-action.as-desired",
            "agent-command.unknown-baseline",
            "agent-phase.rollback-restores",
        ),
    ),
    deviation("fails-in-secret", WritingRules(action_status=_in_secret), breaks="agent-phase.failure-told"),
    deviation(
        "never-says-why",
        WritingRules(words=lambda _words: None),
        breaks="agent-phase.failure-told",
        implies=(
            "agent-identification.failure-explained",
            "agent-command.out-of-turn",
            "agent-command.unknown-baseline",
        ),
    ),
    deviation(
        "rollback-undoes-nothing",
        ExecutingRules(undoes=False, takes_effect=with_the_update),
        breaks="agent-phase.rollback-restores",
    ),
    deviation(
        "keeps-what-it-downloaded",
        ExecutingRules(undoes=False, takes_effect=_with_the_download),
        breaks="agent-phase.rollback-restores",
    ),
    deviation(
        "forgets-when-the-connection-is-lost",
        ReturningRules(after_loss=Aftermath.FORGETS),
        breaks="agent-connection.resumes",
    ),
)
