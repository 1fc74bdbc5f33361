"""A whole device: its update manager and its own agents, which talk through one queue of messages.

No machine calls another: what one says to another lies in the queue until it is done with what it is at.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from harness.machine.effects import Effect, Publish, Rejoin, WakeAt
from harness.protocols.update.profile import TO_AGENTS, OnNewDesiredState
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage, Reset, Restarted
from harness.protocols.update.words.status import FeedbackStatus
from simulator.base.waking import while_due
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.components import SimulatedComponent, Stock
from simulator.update.agent.setup import AgentSetup
from simulator.update.device.manager import UpdateManager
from simulator.update.device.rules import KEPT, ManagerRules
from simulator.update.device.setup import ManagerSetup

_MANAGER = ""  # its name in the queue; agents go by their domains


@dataclass
class _QueueMember:
    """A machine within the device. `alarm`: when it wants to be woken."""

    machine: UpdateManager | UpdateAgent
    alarm: float = field(default=float("inf"))


class UpdateDevice:
    """`components`: of its own agents; those of domains that are played are their agents'."""

    def __init__(
        self, setup: ManagerSetup, components: Iterable[SimulatedComponent], rules: ManagerRules = KEPT
    ) -> None:
        self._setup = setup
        self._manager = UpdateManager(setup, rules)
        listed = [*components]
        self._agents = {
            domain: UpdateAgent(
                _setup_of(domain, setup), [one for one in listed if one.domain == domain], rules.agents.of(domain)
            )
            for domain in setup.own
        }
        self._parts = {
            _MANAGER: _QueueMember(self._manager),
            **{name: _QueueMember(one) for name, one in self._agents.items()},
        }
        self._inner = {
            **{setup.topic(kind, domain): domain for domain in setup.own for kind in TO_AGENTS},
            **{topic: _MANAGER for topic, (_, domain) in setup.of_agents().items() if domain in setup.own},
        }
        self._from_outside = frozenset(setup.filters)
        self._queue = deque[tuple[str, Publish]]()
        self._is_on = False

    @property
    def setup(self) -> ManagerSetup:
        """Its domains, its topics, and its spec."""
        return self._setup

    @property
    def activity(self) -> str | None:
        """The activity under way; None: there is none."""
        return self._manager.activity

    @property
    def status(self) -> FeedbackStatus | None:
        """The status of it that was told last."""
        return self._manager.status

    @property
    def stock(self) -> Stock:
        """All that its own agents have installed."""
        return {name: one for agent in self._agents.values() for name, one in agent.stock.items()}

    @property
    def versions(self) -> Mapping[str, str]:
        """Of all components, as its manager knows of them."""
        return self._manager.versions

    def receive(self, event: AgentEvent, now: float) -> list[Effect]:
        """Something happened."""
        out: list[Effect] = []
        match event:
            case Connected():
                if not self._is_on:
                    out += self._to_agents(Connected(), now)
                self._is_on = True
                out += self._tell(_MANAGER, event, now)
            case Restarted():
                self._is_on = False
                out += self._to_agents(event, now)
                out += self._tell(_MANAGER, event, now)
            case Reset():
                self._is_on = False
                self._queue.clear()
                out += self._to_agents(event, now)
                out += self._tell(_MANAGER, event, now)
            case HeardMessage(topic) if topic in self._from_outside:
                out += self._tell(_MANAGER, event, now)
            case HeardMessage():
                pass
        return [*out, self._next]

    def wake(self, now: float) -> list[Effect]:
        """Do all that is due. Raises EndlessWakingError where that never ends."""
        out: list[Effect] = []
        for _ in while_due(f"update device {self._setup.device}".strip(), lambda: self._next.time, now):
            due = min(self._parts, key=lambda one: self._parts[one].alarm)
            out += self._take(due, self._parts[due].machine.wake(now))
            out += self._deliver(now)
        return [*out, self._next]

    @property
    def _next(self) -> WakeAt:
        return WakeAt(min(part.alarm for part in self._parts.values()))

    def _to_agents(self, event: AgentEvent, now: float) -> list[Effect]:
        """An agent has no connection of its own that could be brought about."""
        effects = [effect for name in self._agents for effect in self._tell(name, event, now)]
        return [effect for effect in effects if not isinstance(effect, Rejoin)]

    def _tell(self, name: str, event: AgentEvent, now: float) -> list[Effect]:
        return [*self._take(name, self._parts[name].machine.receive(event, now)), *self._deliver(now)]

    def _deliver(self, now: float) -> list[Effect]:
        out: list[Effect] = []
        while self._queue:
            name, said = self._queue.popleft()
            event = HeardMessage(said.topic, said.payload)
            out += self._take(name, self._parts[name].machine.receive(event, now))
        return out

    def _take(self, name: str, effects: Iterable[Effect]) -> list[Effect]:
        """The effects for the outside; messages for another part go into the queue."""
        out: list[Effect] = []
        for effect in effects:
            match effect:
                case WakeAt(time):
                    self._parts[name].alarm = time
                case Publish(topic) if topic in self._inner:
                    self._queue.append((self._inner[topic], effect))
                case Publish() if name != _MANAGER:
                    pass  # nobody on the device listens there
                case _:
                    out.append(effect)
        return out


def _setup_of(domain: str, setup: ManagerSetup) -> AgentSetup:
    """Its agents always follow their manager, who alone decides about a second desired state."""
    return AgentSetup(
        domain,
        setup.device,
        setup.envelope,
        setup.template,
        OnNewDesiredState.SUPERSEDE,
        setup.rolls_back,
        setup.spec,
    )
