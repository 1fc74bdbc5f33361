"""A device that is stepped by hand: what it told its backend, agents that the test plays, and an owner."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.files.data import data
from harness.machine.effects import Effect, Publish, WakeAt
from harness.payload.values import JSON
from harness.protocols.update.words.desired_state import Baseline, DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.device_events import AgentEvent, Connected, HeardMessage
from harness.protocols.update.words.envelope import encoded, read_message
from harness.protocols.update.words.feedback import Feedback, read_feedback
from harness.protocols.update.words.inventory import Association, Inventory, SoftwareNode, read_inventory
from harness.protocols.update.words.status import ActionStatus as A
from harness.protocols.update.words.status import FeedbackStatus as F
from harness.protocols.update.words.status import PhaseCommand as P
from harness.protocols.update.words.topics import MessageKind
from simulator.update.agent.components import Installed, SimulatedComponent
from simulator.update.device.device import UpdateDevice
from simulator.update.device.rules import KEPT, ManagerRules
from simulator.update.device.setup import ManagerSetup

GATEWAY = data("update", "devices", "gateway.toml")
_SECONDS = {P.DOWNLOAD: 2.0, P.UPDATE: 1.0, P.ACTIVATE: 1.0, P.CLEANUP: 0.2, P.ROLLBACK: 1.0}
WEB = SimulatedComponent(
    "apps:web",
    ("1.0", "1.1"),
    Installed("1.0"),
    _SECONDS,
    {command: f"fails-{command.lower()}" for command in P},
    {command: f"hangs-{command.lower()}" for command in P},
)
STORE = SimulatedComponent("apps:store", ("4.3", "4.4"), Installed("4.3"), _SECONDS)
FIRMWARE = SimulatedComponent("self-update:os", ("20", "21"), Installed("20"), _SECONDS, is_system=True)
OWN = ("apps", "self-update")
SETUP = ManagerSetup(own=OWN)
PLAYED = ManagerSetup(own=OWN, played=("lab", "field"))
NOW = {"apps": {"web": "1.0", "store": "4.3"}, "self-update": {"os": "20"}}


@dataclass
class Said:
    """One feedback. `raw`: its payload."""

    time: float
    activity: object
    feedback: Feedback
    raw: Mapping[str, Any]
    publish: Publish

    @property
    def status(self) -> F:
        """Of the whole."""
        assert isinstance(self.feedback.status, F)
        return self.feedback.status


@dataclass
class Told:
    """A message to an agent, or to the owner."""

    time: float
    activity: object
    payload: Any
    publish: Publish


@dataclass
class SteppedDevice:
    """`said`: all feedback; `shown`: all inventories, with their activities. `told`: all else, by topics."""

    setup: ManagerSetup = SETUP
    rules: ManagerRules = KEPT
    components: Sequence[SimulatedComponent] = (WEB, STORE, FIRMWARE)
    said: list[Said] = field(default_factory=list)
    shown: list[tuple[object, Inventory, Publish]] = field(default_factory=list)
    told: dict[str, list[Told]] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    alarm: float = float("inf")
    now: float = 1_000_000.0

    def __post_init__(self) -> None:
        """Switched on, and connected."""
        self.device = UpdateDevice(self.setup, self.components, self.rules)
        self.meet(Connected())

    def meet(self, event: AgentEvent) -> None:
        """Something happens to it now."""
        self._note(self.device.receive(event, self.now))

    def send(
        self,
        kind: MessageKind,
        payload: Mapping[str, JSON] | None,
        activity: str | None = "a",
        domain: str | None = None,
        *,
        retain: bool = False,
    ) -> None:
        """A message with that payload, at a topic of the manager's domain or of that one."""
        raw = encoded(payload, activity=activity, now=self.now, enveloped=self.setup.envelope)
        self.meet(HeardMessage(self.setup.topic(kind, domain), raw, retain))

    def desire(
        self,
        wanted: Mapping[str, Mapping[str, str]] | None = None,
        *baselines: Baseline,
        activity: str = "a",
        retain: bool = False,
    ) -> None:
        """A backend desires that of these domains; of others nothing."""
        domains = (
            DesiredDomain(name, tuple(DesiredComponent(one, version) for one, version in components.items()))
            for name, components in (NOW if wanted is None else wanted).items()
        )
        state = DesiredState(tuple(domains), baselines)
        self.send(MessageKind.DESIRED_STATE, state.as_json(), activity, retain=retain)

    def agent(
        self,
        domain: str,
        status: str,
        actions: Mapping[str, A] | Sequence[JSON] | None = None,
        *,
        activity: str = "a",
        message: str | None = None,
        baseline: str | None = None,
        version: str = "2",
        retain: bool = False,
    ) -> None:
        """A played agent says that."""
        listed: JSON = (
            [{"component": {"id": name, "version": version}, "status": str(one)} for name, one in actions.items()]
            if isinstance(actions, Mapping)
            else actions  # type: ignore[assignment]  # anything may come
        )
        content: dict[str, JSON] = {"status": status, "actions": listed, "message": message, "baseline": baseline}
        given = {name: value for name, value in content.items() if value is not None}
        self.send(MessageKind.FEEDBACK, given, activity, domain, retain=retain)

    def shows(self, domain: str, versions: Mapping[str, str]) -> None:
        """A played agent shows its inventory."""
        nodes = tuple(SoftwareNode(f"{domain}:{name}", version) for name, version in versions.items())
        root = SoftwareNode(f"{domain}-agent", None, None, None, (("domain", domain),))
        inventory = Inventory((root, *nodes), (), tuple(Association(f"{domain}-agent", str(one.id)) for one in nodes))
        self.send(MessageKind.CURRENT_STATE, inventory.as_json(), "", domain)

    def identify(self, *domains: str, activity: str = "a") -> None:
        """Played agents have something to do each."""
        for domain in domains:
            self.agent(domain, "IDENTIFYING", activity=activity)
            self.agent(domain, "IDENTIFIED", {f"{domain}:one": A.IDENTIFIED}, activity=activity)
        self.wait(1)

    def wait(self, seconds: float = 60.0) -> None:
        """Time passes; it is woken whenever it asked for it."""
        end = self.now + seconds
        while self.alarm <= end:
            self.now = max(self.now, self.alarm)
            self._note(self.device.wake(self.now))
        self.now = end

    def of(self, activity: str = "a") -> list[Said]:
        """All feedback on it."""
        return [one for one in self.said if one.activity == activity]

    def statuses(self, activity: str = "a") -> list[F]:
        """The statuses of it, each as often as it changed."""
        found: list[F] = []
        for one in self.of(activity):
            if [one.status] != found[-1:]:
                found.append(one.status)
        return found

    def path(self, component: str, activity: str = "a") -> list[object]:
        """The statuses of a component, each as often as it changed."""
        found: list[object] = []
        for one in self.of(activity):
            action = one.feedback.action(component)
            if action is not None and [action.status] != found[-1:]:
                found.append(action.status)
        return found

    def commands(self, domain: str) -> list[object]:
        """All commands that a played agent was given."""
        return [one.payload["command"] for one in self.told_of(MessageKind.COMMAND, domain)]

    def told_of(self, kind: MessageKind, domain: str | None = None) -> list[Told]:
        """All messages of that kind."""
        return self.told.get(self.setup.topic(kind, domain), [])

    @property
    def last(self) -> Said:
        """The last feedback."""
        return self.said[-1]

    @property
    def versions(self) -> dict[str, str]:
        """All that its own agents have installed."""
        return {name: one.version for name, one in self.device.stock.items()}

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
        raw = json.loads(payload)
        content = raw["payload"] if self.setup.envelope else raw
        if topic == self.setup.topic(MessageKind.CURRENT_STATE):
            assert message.body is not None
            self.shown.append((message.activity, read_inventory(message.body), publish))
        elif topic == self.setup.topic(MessageKind.FEEDBACK):
            assert message.body is not None
            self.said.append(Said(self.now, message.activity, read_feedback(message.body), content, publish))
        else:
            self.told.setdefault(topic, []).append(Told(self.now, message.activity, content, publish))
        assert not message.problems, message.problems
