"""The decisions about the execution of a command: how long it takes, how it ends, and what takes effect."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import PHASES, FeedbackStatus, PhaseCommand
from simulator.update.agent.components import SimulatedComponent
from simulator.update.law import STEPS, ChangeKind, Steps

_MARKS = {PhaseCommand.DOWNLOAD: (0.25, 0.5, 0.75), PhaseCommand.UPDATE: (0.25, 0.5, 0.75)}


@dataclass(frozen=True, slots=True)
class ActivityOutcome:
    """How an activity comes to its end. `is_well`: every component was activated, and cleaned up."""

    is_well: bool
    is_rolled_back: bool = False
    failures: Sequence[str] = ()

    @property
    def why(self) -> str | None:
        """The reason why it is not well, in words; None: it is."""
        usual = "rolled back" if self.is_rolled_back else "cleaned up before it was activated"
        return None if self.is_well else "; ".join(self.failures) or usual


def seconds_of(component: SimulatedComponent, command: PhaseCommand) -> float:
    """As the component has it."""
    return component.seconds.get(command, 0.0)


def failure_of(component: SimulatedComponent, version: str, command: PhaseCommand) -> str | None:
    """As the component has it."""
    return f"{command.lower()} of version {version} failed" if component.fails.get(command) == version else None


def never_ends(component: SimulatedComponent, version: str, command: PhaseCommand) -> bool:
    """As the component has it."""
    return component.never_ends.get(command) == version


def takes_effect(kind: ChangeKind, command: PhaseCommand) -> bool:
    """A component is another once it is activated; what is to go is there until all else is cleaned up."""
    return command is (PhaseCommand.CLEANUP if kind is ChangeKind.REMOVE else PhaseCommand.ACTIVATE)


def phase_end(command: PhaseCommand, has_failed: bool) -> FeedbackStatus:  # noqa: FBT001 - what it is about
    """The status that ends a phase."""
    return PHASES[command].failure if has_failed else PHASES[command].success


@dataclass(frozen=True, slots=True)
class ExecutingRules:
    """`seconds` that a component takes, `fails`: why it does with that version, or None.

    `steps`: what a command does to an action. `marks`: the parts of its time at which progress is told. `at_once`: all
    components of a command at the same time. `goes_on`: with the others of a unit, after one has failed. `by_itself`:
    the command that is executed without being given, behind that status. `takes_effect`: with which command a change
    does. `undoes`: whether a rollback does. `phase_end`: the status behind a command. `ends`: the status behind all.
    `removes`: whether what is to go does go where the rest was not activated.
    """

    seconds: Callable[[SimulatedComponent, PhaseCommand], float] = seconds_of
    fails: Callable[[SimulatedComponent, str, PhaseCommand], str | None] = failure_of
    never_ends: Callable[[SimulatedComponent, str, PhaseCommand], bool] = never_ends
    steps: Callable[[UpdateSpec], Steps] = lambda spec: STEPS[spec]
    marks: Mapping[PhaseCommand, Sequence[float]] = field(default_factory=lambda: _MARKS)
    at_once: bool = False
    goes_on: bool = False
    by_itself: Callable[[FeedbackStatus], PhaseCommand | None] = lambda _status: None
    takes_effect: Callable[[ChangeKind, PhaseCommand], bool] = takes_effect
    undoes: bool = True
    removes: bool = False
    phase_end: Callable[[PhaseCommand, bool], FeedbackStatus] = phase_end
    ends: Callable[[ActivityOutcome], FeedbackStatus | None] = lambda outcome: (
        FeedbackStatus.COMPLETED if outcome.is_well else FeedbackStatus.INCOMPLETE
    )
