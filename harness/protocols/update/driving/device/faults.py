"""Faults of a played agent, and answers of the owner: data, in force until they recover."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from harness.payload.values import JSON
from harness.protocols.update.words.status import Consent, PhaseCommand

IDENTIFY = "IDENTIFY"  # the step before any command


@dataclass(frozen=True, slots=True)
class MuteIn:
    """Nothing is said in that step: IDENTIFY, or a command."""

    step: str


@dataclass(frozen=True, slots=True)
class LateIn:
    """The end of that step is told so many seconds later."""

    step: str
    seconds: float


@dataclass(frozen=True, slots=True)
class FailsIn:
    """That step fails."""

    step: str


@dataclass(frozen=True, slots=True)
class HasNothingToDo:
    """It identifies no action."""


class OddFeedback(StrEnum):
    """Feedback that is said beside the right one, before the end of a step."""

    FOREIGN = "of an activity that nobody began"
    UNKNOWN = "with a status that nobody knows"
    BROKEN = "with actions that are broken"
    MALFORMED = "that nobody can read"
    TWICE = "that was said before"
    EARLY = "that ends a step which was not commanded"


@dataclass(frozen=True, slots=True)
class SaysOddly:
    """Odd feedback is said beside the right one in every step."""

    feedback: OddFeedback


@dataclass(frozen=True, slots=True)
class Answers:
    """The owner's answer, after so many seconds; None: no answer.

    `oddly_first`: at once, and before it, come one for another activity, that approves, one that is neither yes nor no,
    and one that nobody can read. `denies`: the command that is denied, whatever the answer to others is. `times`: how
    often it comes.
    """

    consent: Consent | None
    after: float = 0.0
    oddly_first: bool = False
    denies: PhaseCommand | None = None
    times: int = 1


AgentFault: TypeAlias = MuteIn | LateIn | FailsIn | HasNothingToDo | SaysOddly


def described(fault: AgentFault | Answers) -> tuple[str, str, JSON]:
    """A fault as a provocation: its name, what it is about, and the detail."""
    match fault:
        case MuteIn(step):
            return "mute", step, None
        case LateIn(step, seconds):
            return "delay", step, seconds
        case FailsIn(step):
            return "fail", step, None
        case HasNothingToDo():
            return "nothing to do", "", None
        case SaysOddly(feedback):
            return "odd feedback", "", str(feedback)
        case Answers(consent, after, oddly_first, denies, times):
            more: dict[str, JSON] = {"denies": str(denies)} if denies else {}
            detail: JSON = {"after": after, "oddly first": oddly_first, "times": times, **more}
            return "owner answers", str(consent or "not at all"), detail


STEPS = (IDENTIFY, *(str(command) for command in PhaseCommand))
