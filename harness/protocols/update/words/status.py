"""The statuses of a desired state and of its actions, the commands, and the phases that both name. Pure.

Which status may follow which, and which ends an activity, is no word: suites and simulator have a law each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FeedbackStatus(StrEnum):
    """Of a desired state, or of a baseline or domain in one phase."""

    IDENTIFYING = "IDENTIFYING"
    IDENTIFIED = "IDENTIFIED"
    IDENTIFICATION_FAILED = "IDENTIFICATION_FAILED"
    RUNNING = "RUNNING"
    DOWNLOAD_COMPLETED = "DOWNLOAD_COMPLETED"
    DOWNLOAD_FAILED = "DOWNLOAD_FAILED"
    UPDATE_COMPLETED = "UPDATE_COMPLETED"
    UPDATE_FAILED = "UPDATE_FAILED"
    ACTIVATION_COMPLETED = "ACTIVATION_COMPLETED"
    ACTIVATION_FAILED = "ACTIVATION_FAILED"
    COMPLETED = "COMPLETED"
    INCOMPLETE = "INCOMPLETE"
    INCOMPLETE_INCONSISTENT = "INCOMPLETE_INCONSISTENT"
    SUPERSEDED = "SUPERSEDED"
    DOWNLOADING = "DOWNLOADING"
    DOWNLOAD_SUCCESS = "DOWNLOAD_SUCCESS"
    DOWNLOAD_FAILURE = "DOWNLOAD_FAILURE"
    UPDATING = "UPDATING"
    UPDATE_SUCCESS = "UPDATE_SUCCESS"
    UPDATE_FAILURE = "UPDATE_FAILURE"
    ACTIVATING = "ACTIVATING"
    ACTIVATION_SUCCESS = "ACTIVATION_SUCCESS"
    ACTIVATION_FAILURE = "ACTIVATION_FAILURE"
    CLEANUP = "CLEANUP"
    CLEANUP_SUCCESS = "CLEANUP_SUCCESS"
    CLEANUP_FAILURE = "CLEANUP_FAILURE"
    ROLLBACK = "ROLLBACK"
    ROLLBACK_SUCCESS = "ROLLBACK_SUCCESS"
    ROLLBACK_FAILURE = "ROLLBACK_FAILURE"


class ActionStatus(StrEnum):
    """Of one component of a desired state."""

    IDENTIFIED = "IDENTIFIED"
    DOWNLOADING = "DOWNLOADING"
    DOWNLOAD_SUCCESS = "DOWNLOAD_SUCCESS"
    DOWNLOAD_FAILURE = "DOWNLOAD_FAILURE"
    UPDATING = "UPDATING"
    UPDATE_SUCCESS = "UPDATE_SUCCESS"
    UPDATE_FAILURE = "UPDATE_FAILURE"
    ACTIVATING = "ACTIVATING"
    ACTIVATION_SUCCESS = "ACTIVATION_SUCCESS"
    ACTIVATION_FAILURE = "ACTIVATION_FAILURE"
    REMOVING = "REMOVING"
    REMOVAL_SUCCESS = "REMOVAL_SUCCESS"
    REMOVAL_FAILURE = "REMOVAL_FAILURE"


FEEDBACK_SPELLINGS: Mapping[str, FeedbackStatus] = {
    "DOWNLOADED_COMPLETED": FeedbackStatus.DOWNLOAD_COMPLETED,
    "DOWNLOADED_FAILED": FeedbackStatus.DOWNLOAD_FAILED,
}
ACTION_SPELLINGS: Mapping[str, ActionStatus] = {
    "DOWNLOADED_SUCCESS": ActionStatus.DOWNLOAD_SUCCESS,
    "DOWNLOADED_FAILURE": ActionStatus.DOWNLOAD_FAILURE,
}
"""Spellings of the source document's tables; its own data model has the others."""


class PhaseCommand(StrEnum):
    """A command of an update manager to an agent."""

    DOWNLOAD = "DOWNLOAD"
    UPDATE = "UPDATE"
    ACTIVATE = "ACTIVATE"
    ROLLBACK = "ROLLBACK"
    CLEANUP = "CLEANUP"


@dataclass(frozen=True, slots=True)
class Phase:
    """The statuses by which an agent answers one command."""

    under_way: FeedbackStatus
    success: FeedbackStatus
    failure: FeedbackStatus


PHASES: Mapping[PhaseCommand, Phase] = {
    PhaseCommand.DOWNLOAD: Phase(
        FeedbackStatus.DOWNLOADING, FeedbackStatus.DOWNLOAD_SUCCESS, FeedbackStatus.DOWNLOAD_FAILURE
    ),
    PhaseCommand.UPDATE: Phase(FeedbackStatus.UPDATING, FeedbackStatus.UPDATE_SUCCESS, FeedbackStatus.UPDATE_FAILURE),
    PhaseCommand.ACTIVATE: Phase(
        FeedbackStatus.ACTIVATING, FeedbackStatus.ACTIVATION_SUCCESS, FeedbackStatus.ACTIVATION_FAILURE
    ),
    PhaseCommand.ROLLBACK: Phase(
        FeedbackStatus.ROLLBACK, FeedbackStatus.ROLLBACK_SUCCESS, FeedbackStatus.ROLLBACK_FAILURE
    ),
    PhaseCommand.CLEANUP: Phase(FeedbackStatus.CLEANUP, FeedbackStatus.CLEANUP_SUCCESS, FeedbackStatus.CLEANUP_FAILURE),
}


class Consent(StrEnum):
    """An owner's answer."""

    APPROVED = "APPROVED"
    DENIED = "DENIED"
