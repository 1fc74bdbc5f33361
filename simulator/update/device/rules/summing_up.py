"""The decisions about the whole: how all agents sum up, and the end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus
from simulator.update.device.law import SUCCESSES, TOLD_AS
from simulator.update.feedback.report import ToldAction

Actions: TypeAlias = Mapping[str, ToldAction]


@dataclass(frozen=True, slots=True)
class DeviceOutcome:
    """How a desired state comes to its end. `has_failed`: a step did, or an action has not ended well.

    `is_inconsistent`: some component is neither as before nor as desired. `unknown`: domains without an agent.
    """

    has_failed: bool
    is_inconsistent: bool
    failures: Sequence[str] = ()
    unknown: Sequence[str] = ()


def end_of(outcome: DeviceOutcome) -> FeedbackStatus | None:
    """COMPLETED where nothing failed."""
    if not outcome.has_failed:
        return FeedbackStatus.COMPLETED
    return FeedbackStatus.INCOMPLETE_INCONSISTENT if outcome.is_inconsistent else FeedbackStatus.INCOMPLETE


def words_of(outcome: DeviceOutcome) -> str | None:
    """Every failure, and every domain that the device has not."""
    unknown = (f"there is no agent of domain {name}" for name in outcome.unknown)
    return "; ".join((*outcome.failures, *unknown)) or None


def told_as(status: ActionStatus, spec: UpdateSpec) -> ActionStatus:
    """The status as which it is told to a backend."""
    return TOLD_AS[spec].get(status, status)


def latest(old: Actions, new: Actions) -> Actions:
    """Of every action the last that was told."""
    return {**old, **new}


@dataclass(frozen=True, slots=True)
class SummingUpRules:
    """`is_well`: whether an action that is so at the end has ended well. `ends`: the status behind all; None: none is.

    `words`: the message with it. `told_as`: an action's status, as a backend is told of it. `merges`: what is known of
    an agent's actions, of what was, and what it told now. `is_inconsistent`: a component, by the version that it had,
    that was desired, and that it has; None: it is not there.
    """

    is_well: Callable[[ActionStatus, UpdateSpec], bool] = lambda status, spec: status in SUCCESSES[spec]
    ends: Callable[[DeviceOutcome], FeedbackStatus | None] = end_of
    words: Callable[[DeviceOutcome], str | None] = words_of
    told_as: Callable[[ActionStatus, UpdateSpec], ActionStatus] = told_as
    merges: Callable[[Actions, Actions], Actions] = latest
    is_inconsistent: Callable[[str | None, str | None, str | None], bool] = lambda before, desired, now: (
        now not in (before, desired)
    )
