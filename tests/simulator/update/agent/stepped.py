"""An agent that is stepped by hand, and what it said."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from harness.files.data import data
from harness.machine.effects import Effect, Publish, WakeAt
from harness.payload.values import JSON
from harness.protocols.update.words.command import command_message
from harness.protocols.update.words.desired_state import Baseline, DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage
from harness.protocols.update.words.envelope import encoded, read_message
from harness.protocols.update.words.feedback import Feedback, read_feedback
from harness.protocols.update.words.inventory import Inventory, read_inventory
from harness.protocols.update.words.spec import UpdateSpec
from harness.protocols.update.words.status import ActionStatus, FeedbackStatus, PhaseCommand
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.agent import UpdateAgent
from simulator.update.agent.components import Installed, SimulatedComponent
from simulator.update.agent.rules import KEPT, AgentRules
from simulator.update.agent.setup import AgentSetup
from simulator.update.law import ORDER

AGENT = data("update", "devices", "agent.toml")
_SECONDS = {
    PhaseCommand.DOWNLOAD: 2.0,
    PhaseCommand.UPDATE: 1.0,
    PhaseCommand.ACTIVATE: 1.0,
    PhaseCommand.CLEANUP: 0.2,
    PhaseCommand.ROLLBACK: 1.0,
}
WEB = SimulatedComponent(
    "apps:web",
    ("1.0", "1.1"),
    Installed("1.0"),
    _SECONDS,
    {command: f"fails-{command.lower()}" for command in PhaseCommand},
    {command: f"hangs-{command.lower()}" for command in PhaseCommand},
)
STORE = SimulatedComponent("apps:store", ("4.3", "4.4"), Installed("4.3"), _SECONDS)
NEW = SimulatedComponent("apps:new", ("0.1",), None, _SECONDS)
SYSTEM = SimulatedComponent("apps:system", ("7",), Installed("7"), _SECONDS, is_system=True)


@dataclass
class Said:
    """One feedback. `raw`: its payload."""

    time: float
    activity: object
    feedback: Feedback
    raw: Mapping[str, JSON]
    publish: Publish


@dataclass
class SteppedAgent:
    """`said`: all feedback; `told`: all inventories, with their activities. `alarm`: when it wants to be woken."""

    rules: AgentRules = KEPT
    setup: AgentSetup = field(default_factory=lambda: AgentSetup("apps"))
    components: Sequence[SimulatedComponent] = (WEB, STORE, NEW, SYSTEM)
    said: list[Said] = field(default_factory=list)
    told: list[tuple[object, Inventory, Publish]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    alarm: float = float("inf")
    now: float = 1_000_000.0

    def __post_init__(self) -> None:
        """Switched on, and connected."""
        self.agent = UpdateAgent(self.setup, self.components, self.rules)
        self.meet(Connected())

    def meet(self, event: AgentEvent) -> None:
        """Something happens to it now."""
        self._note(self.agent.receive(event, self.now))

    def hear(self, kind: MessageKind, payload: bytes, *, retain: bool = False) -> None:
        """A message comes."""
        self.meet(HeardMessage(self.setup.topic(kind), payload, retain))

    def desire(
        self,
        activity: str,
        versions: Mapping[str, str],
        *baselines: Baseline,
        domain: str = "apps",
        config: Mapping[str, tuple[tuple[str, str], ...]] | None = None,
        retain: bool = False,
    ) -> None:
        """A manager desires that; nothing of it is done yet."""
        components = (DesiredComponent(name, one, (config or {}).get(name, ())) for name, one in versions.items())
        state = DesiredState((DesiredDomain(domain, tuple(components)),), baselines)
        self.send(MessageKind.DESIRED_STATE, state.as_json(), activity, retain=retain)

    def command(
        self, command: PhaseCommand | str, activity: str = "a", baseline: str | None = None, *, retain: bool = False
    ) -> None:
        """A manager commands that."""
        self.send(MessageKind.COMMAND, command_message(command, baseline).as_json(), activity, retain=retain)

    def send(
        self, kind: MessageKind, payload: Mapping[str, JSON] | None, activity: str | None, *, retain: bool = False
    ) -> None:
        """A message with that payload."""
        self.hear(kind, encoded(payload, activity=activity, now=self.now, enveloped=self.setup.envelope), retain=retain)

    def wait(self, seconds: float = 30.0) -> None:
        """Time passes; it is woken whenever it asked for it."""
        end = self.now + seconds
        while self.alarm <= end:
            self.now = max(self.now, self.alarm)
            self._note(self.agent.wake(self.now))
        self.now = end

    def go(self, *commands: PhaseCommand, activity: str = "a", baseline: str | None = None) -> None:
        """One command after the other, each with all the time that it takes."""
        for command in commands:
            self.command(command, activity, baseline)
            self.wait()

    def update(self, versions: Mapping[str, str], *baselines: Baseline, activity: str = "a") -> None:
        """A whole update, from the desired state to its end."""
        self.desire(activity, versions, *baselines)
        self.wait()
        self.go(*ORDER, activity=activity)

    @property
    def statuses(self) -> list[FeedbackStatus]:
        """The statuses of all feedback, each as often as it changed."""
        found: list[FeedbackStatus] = []
        for one in self.said:
            assert isinstance(one.feedback.status, FeedbackStatus)
            if [one.feedback.status] != found[-1:]:
                found.append(one.feedback.status)
        return found

    def path(self, component: str) -> list[ActionStatus]:
        """The statuses of a component, each as often as it changed."""
        found: list[ActionStatus] = []
        for one in self.said:
            action = one.feedback.action(component)
            if action is not None:
                assert isinstance(action.status, ActionStatus)
                if [action.status] != found[-1:]:
                    found.append(action.status)
        return found

    def progress(self, component: str, status: ActionStatus) -> list[object]:
        """Its progress in every feedback in which it has that status."""
        actions = (one.feedback.action(component) for one in self.said)
        return [action.progress for action in actions if action is not None and action.status is status]

    @property
    def last(self) -> Said:
        """The last feedback."""
        return self.said[-1]

    @property
    def versions(self) -> dict[str, str]:
        """All that is installed."""
        return {name: one.version for name, one in self.agent.stock.items()}

    def _note(self, effects: Sequence[Effect]) -> None:
        for effect in effects:
            match effect:
                case WakeAt(time):
                    self.alarm = time
                case Publish(topic, payload):
                    self._read(effect, topic, payload)
                case _:
                    self.effects.append(effect)

    def _read(self, publish: Publish, topic: str, payload: bytes) -> None:
        message = read_message(payload, enveloped=self.setup.envelope)
        assert message.body is not None
        if topic == self.setup.topic(MessageKind.CURRENT_STATE):
            self.told.append((message.activity, read_inventory(message.body), publish))
        else:
            assert topic == self.setup.topic(MessageKind.FEEDBACK)
            raw = json.loads(payload)
            content = raw["payload"] if self.setup.envelope else raw
            self.said.append(Said(self.now, message.activity, read_feedback(message.body), content, publish))
        assert not message.problems, message.problems


def kanto(domain: str = "apps") -> AgentSetup:
    """An agent of Kanto's way."""
    return AgentSetup(domain, spec=UpdateSpec.KANTO)
