"""The decisions about a manager's commands: whether one is executed, refused or ignored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from harness.protocols.update.words.status import PHASES, FeedbackStatus, PhaseCommand
from simulator.update.law import TAKEN_BEHIND


class CommandRefusal(StrEnum):
    """The fate of a command that is out of phase, or of a baseline that nobody knows."""

    TELL = "failure feedback says so"
    IGNORE = "nothing"
    EXECUTE = "it is executed all the same"


@dataclass(frozen=True, slots=True)
class CommandArrival:
    """How a command comes. `is_own`: of the activity that is under way. `unknown`: fields that stand in no document.

    `malformed`: messages that nobody can read, since the agent was switched on.
    """

    command: PhaseCommand
    is_own: bool
    retain: bool
    malformed: int
    unknown: tuple[str, ...] = ()


def spelled_out(word: str) -> PhaseCommand | None:
    """The command of exactly that spelling."""
    return next((command for command in PhaseCommand if command == word), None)


def refused_unless_under_way(command: PhaseCommand, statuses: Sequence[FeedbackStatus]) -> CommandRefusal:
    """A command that is being executed may have come twice, as QoS 1 allows."""
    is_under_way = set(statuses) == {PHASES[command].under_way}
    return CommandRefusal.IGNORE if is_under_way else CommandRefusal.TELL


def possible_only(command: PhaseCommand, behind: Sequence[FeedbackStatus]) -> str | None:
    """The words of a refusal."""
    return f"{command} is possible only after status {' or '.join(behind)} is reported"


@dataclass(frozen=True, slots=True)
class CommandRules:
    """`heeds`: whether a command is looked at. `reads`: the command that a word is; None: nobody knows it.

    `behind`: the statuses behind which it is executed; one that is not there always is. `refusal`: what becomes of it
    otherwise, by the statuses of what it is about. `words`: of the refusal. `whole`: whether that baseline means all.
    `unknown_baseline`: what becomes of a command for one that nobody knows; executed, it is about all.
    `apart`: one that is for all is executed, and told of, for each baseline by itself.
    """

    heeds: Callable[[CommandArrival], bool] = lambda arrival: arrival.is_own and not arrival.retain
    reads: Callable[[str], PhaseCommand | None] = spelled_out
    behind: Mapping[PhaseCommand, Sequence[FeedbackStatus]] = field(default_factory=lambda: TAKEN_BEHIND)
    refusal: Callable[[PhaseCommand, Sequence[FeedbackStatus]], CommandRefusal] = refused_unless_under_way
    words: Callable[[PhaseCommand, Sequence[FeedbackStatus]], str | None] = possible_only
    whole: Callable[[str | None], bool] = lambda baseline: baseline in (None, "", "*")
    unknown_baseline: CommandRefusal = CommandRefusal.TELL
    apart: bool = False
