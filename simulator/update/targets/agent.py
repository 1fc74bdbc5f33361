"""The target `update-agent`: a simulated update agent whose manager the harness plays, in virtual time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.files.data import data
from harness.protocols.update.profile import Role, UpdateProfile, update_profile
from harness.protocols.update.words.device_events import AgentEvent, Reset, Restarted
from harness.protocols.update.words.spec import UpdateSpec
from harness.provocations.provocation import CannotProvoke, Provocation
from harness.target import TargetOptions
from simulator.base.linked_device import LinkedDevice
from simulator.base.target import SimulatedTarget, refuse_options
from simulator.update.agent.rules import AgentRules
from simulator.update.agent_variations import VARIATIONS
from simulator.update.agent_variations.variation import HEALTHY, AgentVariation
from simulator.update.declared import DeviceFile
from simulator.update.targets.linked_agent import linked_agent, simulated_agent

AGENT = data("update", "devices", "agent.toml")


@dataclass(frozen=True)
class UpdateAgentTarget(SimulatedTarget[DeviceFile, AgentRules, AgentEvent]):
    """An agent read from a file, and how it is varied."""

    variation: AgentVariation = HEALTHY

    @classmethod
    def from_option(cls, path: str, options: TargetOptions) -> "UpdateAgentTarget":
        """From what stands behind `update-agent`; nothing there means the agent that comes with Setpoint."""
        refuse_options("update-agent", options)
        name = f"update-agent:{path}" if path else "update-agent"
        spec = UpdateSpec.KANTO if options.spec == UpdateSpec.KANTO else UpdateSpec.DIAGRAMS
        file = DeviceFile.read(Path(path) if path else AGENT, spec)
        update_profile(file.profile, Role.AGENT)
        return cls(name, file)

    @property
    def profile(self) -> UpdateProfile:
        """The profile of the file."""
        return self.file.profile

    @property
    def variations(self) -> Sequence[AgentVariation]:
        """Every deviation and quirk."""
        return VARIATIONS

    @property
    def device(self) -> LinkedDevice[AgentEvent]:
        """The agent, made anew."""
        return linked_agent(simulated_agent(self.file, self.variation), self.file, self.variation)

    def event_of(self, provocation: Provocation) -> AgentEvent:
        """A restart, or a reset. Raises CannotProvoke for anything else."""
        match provocation:
            case Provocation("restart"):
                return Restarted()
            case Provocation("reset"):
                return Reset()
            case _:
                raise CannotProvoke(provocation, "it is nothing that happens to an update agent")
