"""The decisions about a desired state: whether it is taken, and what each agent is told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.agent.request import Check, UpdateRequest, is_whole
from simulator.update.agent.rules import DesiredStateArrival
from simulator.update.device.slices import slice_of


def has_domains(request: UpdateRequest) -> str | None:
    """It desires something."""
    return None if request.state.domains else "the desired state has no domains"


def names_each_domain_once(request: UpdateRequest) -> str | None:
    """A domain cannot be desired in two ways."""
    names = [domain.id for domain in request.state.domains]
    twice = [name for name in names if names.count(name) > 1]
    return f"domain {twice[0]} is there more than once" if twice else None


CHECKS: tuple[Check, ...] = (is_whole, has_domains, names_each_domain_once)


@dataclass(frozen=True, slots=True)
class DeviceIdentifyingRules:
    """`heeds`: whether a desired state is taken at all. `checks`: each may refuse it; `refused`: the status then.

    `unsupported`: the status where no domain is known, `unsupported_id`: the activity that it is told of then.
    `slices`: the domains that are told, of those that are desired and known. `slice`: what an agent is told;
    `slice_id`: with which activity. `is_ready`: whether enough agents have identified their actions.
    `has_failed`: whether it failed, by their statuses. `fails_as`: the message of a failure. `is_idle`: whether an
    agent with so many actions has nothing to do.
    """

    heeds: Callable[[DesiredStateArrival], bool] = lambda arrival: not arrival.is_known
    checks: tuple[Check, ...] = CHECKS
    refused: FeedbackStatus | None = FeedbackStatus.IDENTIFICATION_FAILED
    unsupported: FeedbackStatus | None = FeedbackStatus.INCOMPLETE
    unsupported_id: Callable[[str], str] = lambda activity: activity
    slices: Callable[[Sequence[str]], Sequence[str]] = lambda domains: domains
    slice: Callable[[DesiredState, str], DesiredState] = slice_of
    slice_id: Callable[[str], str] = lambda activity: activity
    is_ready: Callable[[Sequence[FeedbackStatus]], bool] = lambda statuses: FeedbackStatus.IDENTIFYING not in statuses
    has_failed: Callable[[Sequence[FeedbackStatus]], bool] = lambda statuses: (
        FeedbackStatus.IDENTIFICATION_FAILED in statuses
    )
    fails_as: Callable[[str], str | None] = lambda flaw: flaw
    is_idle: Callable[[int], bool] = lambda actions: actions == 0
