"""The target `update-agent`: a simulated update agent whose manager the harness plays, in virtual time."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.files.data import data
from harness.protocols.update.profile import Role
from harness.protocols.update.words.device_events import AgentEvent
from harness.target import TargetOptions
from simulator.base.linked_device import LinkedDevice
from simulator.update.agent.rules import AgentRules
from simulator.update.agent_variations import VARIATIONS
from simulator.update.agent_variations.variation import HEALTHY, AgentVariation
from simulator.update.targets.linked_machines import linked_agent, simulated_agent
from simulator.update.targets.update_target import UpdateTarget, file_of

AGENT = data("update", "devices", "agent.toml")


@dataclass(frozen=True)
class UpdateAgentTarget(UpdateTarget[AgentRules]):
    """An agent read from a file, and how it is varied."""

    variation: AgentVariation = HEALTHY

    @classmethod
    def from_option(cls, path: str, options: TargetOptions) -> "UpdateAgentTarget":
        """From what stands behind `update-agent`; nothing there means the agent that comes with Setpoint."""
        return cls(*file_of(Role.AGENT, AGENT, path, options))

    @property
    def variations(self) -> Sequence[AgentVariation]:
        """Every deviation and quirk."""
        return VARIATIONS

    @property
    def device(self) -> LinkedDevice[AgentEvent]:
        """The agent, made anew."""
        return linked_agent(simulated_agent(self.file, self.variation), self.file, self.variation)
