"""The decisions about a desired state: whether it is taken, and what it takes to get there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.protocols.update.profile import OnNewDesiredState
from simulator.update.agent.changes import NeededChange, needed
from simulator.update.agent.components import SimulatedComponent, Stock
from simulator.update.agent.request import CHECKS, Check


@dataclass(frozen=True, slots=True)
class DesiredStateArrival:
    """How a desired state comes. `is_known`: it came before; `is_busy`: another, or itself, is under way.

    `malformed`: messages that nobody can read, since the agent was switched on.
    """

    is_known: bool
    is_busy: bool
    retain: bool
    malformed: int


@dataclass(frozen=True, slots=True)
class IdentifyingRules:
    """`heeds`: whether it is taken at all. `seconds` between IDENTIFYING and what comes of it.

    `checks`: each may refuse it. `changes`: by what is wanted, what is there, and the components that the agent knows.
    `on_new_desired_state`: while another is under way; None: as the setup says. `says_superseded`: of the one that is
    replaced. `fails_as`: the message of a desired state that cannot be identified.
    """

    heeds: Callable[[DesiredStateArrival], bool] = lambda arrival: not arrival.is_known
    seconds: float = 0.2
    checks: tuple[Check, ...] = CHECKS
    changes: Callable[[Stock, Stock, Mapping[str, SimulatedComponent]], tuple[NeededChange, ...]] = needed
    on_new_desired_state: OnNewDesiredState | None = None
    says_superseded: bool = False
    fails_as: Callable[[str], str | None] = lambda flaw: flaw
