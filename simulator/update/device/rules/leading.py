"""The decisions about agents: which of their feedback counts, which command follows, and how long they have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand
from simulator.update.device.agent_feedback import AgentFeedback
from simulator.update.device.law import ANSWERS, FAILURES, NEXT
from simulator.update.feedback.report import ToldAction
from simulator.update.feedback.writing_rules import message

_UNDER_WAY = frozenset({F.DOWNLOADING, F.UPDATING, F.ACTIVATING, F.ROLLBACK})
_PART = 0.8  # of a deadline: the manager's own end is told within it


@dataclass(frozen=True, slots=True)
class AgentArrival:
    """How an agent's feedback comes. `is_own`: of the activity under way. `status`: what the agent is at.

    `retain`: because it lay at the broker.
    """

    feedback: AgentFeedback
    is_own: bool
    status: F
    retain: bool


def is_heeded(arrival: AgentArrival) -> bool:
    """It is of the activity under way, and was said now."""
    return arrival.is_own and not arrival.retain


def counts(arrival: AgentArrival) -> bool:
    """It is of the whole domain, and ends what the agent is at."""
    return arrival.feedback.baseline is None and arrival.feedback.status in ANSWERS.get(arrival.status, ())


def together(statuses: Sequence[F]) -> bool:
    """The command of a phase waits until no agent is in the one before. `statuses`: of agents that are not done."""
    return not _UNDER_WAY.intersection(statuses)


@dataclass(frozen=True, slots=True)
class LeadingRules:
    """`heeds`: whether feedback is looked at. `counts`: whether its status moves the agent on.

    `takes`: whether an action of it is taken in; `adds`: whether one is that was not identified. `next`: the command
    behind a status; None: nothing more. `is_ready`: whether those that have not failed are commanded. `leads`: whether
    an agent is commanded at all, by whether it has nothing to do. `cleans_up_failed`: at once; or never. `patience`:
    seconds that an agent has, of those in the profile. `gives_up`: whether that ends, by the command (None: while
    identifying). `has_failed`: whether an answer is a failure; None is one that nobody knows. `command_id`: the
    activity of a command. `times`: how often it is given. `encode`, `retain`, `qos`: of all that agents are told.
    """

    heeds: Callable[[AgentArrival], bool] = is_heeded
    counts: Callable[[AgentArrival], bool] = counts
    takes: Callable[[ToldAction], bool] = lambda _action: True
    adds: bool = False
    next: Callable[[F], PhaseCommand | None] = NEXT.get
    is_ready: Callable[[Sequence[F]], bool] = together
    leads: Callable[[bool], bool] = lambda is_idle: not is_idle
    cleans_up_failed: bool = True
    patience: Callable[[float], float] = lambda deadline: deadline * _PART
    gives_up: Callable[[PhaseCommand | None], bool] = lambda _command: True
    has_failed: Callable[[F | None], bool] = lambda status: status in FAILURES
    command_id: Callable[[str], str] = lambda activity: activity
    times: int = 1
    encode: Callable[..., bytes] = message
    retain: bool = False
    qos: int = 1
