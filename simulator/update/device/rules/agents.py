"""The decisions of the device's own agents: each is an agent as any other."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.update.agent.rules import KEPT, AgentRules


@dataclass(frozen=True, slots=True)
class OwnAgentsRules:
    """`of`: the rules of the agent of that domain."""

    of: Callable[[str], AgentRules] = lambda _domain: KEPT
