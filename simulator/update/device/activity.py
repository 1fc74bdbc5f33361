"""A desired state on its way through a device: how far each agent is, and each action."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.protocols.update.words.desired_state import DesiredState
from harness.protocols.update.words.status import FeedbackStatus
from simulator.update.device.law import DONE
from simulator.update.feedback.report import ToldAction


@dataclass
class LedAgent:
    """An agent that is led. `due`: when the manager's patience with it ends; `has_failed`: in whatever step.

    `is_idle`: it has nothing to do.
    """

    domain: str
    due: float
    status: FeedbackStatus = FeedbackStatus.IDENTIFYING
    actions: dict[str, ToldAction] = field(default_factory=dict)
    has_failed: bool = False
    is_idle: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it is commanded nothing more."""
        return self.status in DONE or self.status is FeedbackStatus.IDENTIFICATION_FAILED


@dataclass
class DeviceActivity:
    """`before`: the versions of all components when it began. `failures`: messages, in the order in which they came.

    `unknown`: domains that are desired and that the device has not.
    """

    id: str
    state: DesiredState
    before: Mapping[str, str]
    agents: Mapping[str, LedAgent] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    unknown: tuple[str, ...] = ()

    @property
    def actions(self) -> list[ToldAction]:
        """All of them, whatever their agent."""
        return [action for agent in self.agents.values() for action in agent.actions.values()]
