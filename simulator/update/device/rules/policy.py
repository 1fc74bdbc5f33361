"""The decisions about a desired state that comes while another is under way."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.status import FeedbackStatus


@dataclass(frozen=True, slots=True)
class PolicyRules:
    """`on_new_desired_state`: None: as the setup says. `supersedes`: whether one with that status is replaced at once.

    `superseded`: the status of the one that is replaced; None: none is told. `superseded_id`: the activity with it, by
    the old and the new one. `rejected`: the status of the one that is not taken. `cleans_up`: whether agents that are
    left over by the new one get CLEANUP. `begins`: whether the new one is begun behind the old one's end.
    """

    on_new_desired_state: OnNewDesiredState | None = None
    supersedes: Callable[[FeedbackStatus | None], bool] = lambda status: status is FeedbackStatus.RUNNING
    superseded: FeedbackStatus | None = FeedbackStatus.SUPERSEDED
    superseded_id: Callable[[str, str], str] = lambda old, _new: old
    rejected: FeedbackStatus | None = FeedbackStatus.IDENTIFICATION_FAILED
    cleans_up: bool = True
    begins: bool = True
