"""A pure device, its bridge and a pure replica service, stepped by hand: what they say reaches its place at once."""

import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import starmap
from typing import Any

from harness.machine.effects import Effect, Publish, WakeAt
from harness.payload.values import JSON
from harness.protocols.replica.words.topics import AnswerLevel, Operation, ReplicaId, Scheme, request_at
from harness.protocols.update.profile import OnNewDesiredState
from harness.protocols.update.words.desired_state import DesiredComponent, DesiredDomain, DesiredState
from harness.protocols.update.words.device_events import Connected, HeardMessage, Reset
from harness.protocols.update.words.envelope import encoded
from harness.protocols.update.words.topics import MessageKind
from simulator.bridge.bridge import DeviceReported, DeviceShown, ReplicaBridge, ReplicaConnected, ReplicaSaid
from simulator.replica.service import ReplicaService
from simulator.update.declared import DeviceFile
from simulator.update.device_variations.variation import HEALTHY
from simulator.update.targets.device import GATEWAY
from simulator.update.targets.linked_machines import simulated_device

FILE = DeviceFile.read(GATEWAY).alone
REPLICA = ReplicaId("GATEWAY-1")
AT_FIRST = {
    "containers:web": "1.0",
    "containers:store": "4.3",
    "self-update:firmware": "20",
    "lab:probe": "1",
    "field:sensor": "5",
}


@dataclass
class Bridged:
    """`desired`: every desired state that reached the device. `reports`: what the bridge sent to the replica.

    `is_away`: the service is, so that nothing is answered. `policy`: of the device, on a second desired state.
    """

    scheme: Scheme = Scheme.SEED
    is_away: bool = False
    policy: OnNewDesiredState = OnNewDesiredState.SUPERSEDE
    desired: list[Mapping[str, Any]] = field(default_factory=list)
    reports: list[Mapping[str, Any]] = field(default_factory=list)
    now: float = 1_000_000.0

    def __post_init__(self) -> None:
        """Nobody is connected yet."""
        profile = replace(FILE.profile, on_new_desired_state=self.policy)
        self.device = simulated_device(replace(FILE, profile=profile), HEALTHY)
        self.bridge = ReplicaBridge(profile, self.scheme)
        self.service = ReplicaService(self.scheme)
        self._alarms = {"device": float("inf"), "bridge": float("inf")}
        self._queue = deque[tuple[str, Publish]]()

    def connect(self) -> None:
        """First the device's broker, then the replica's."""
        self._device(self.device.receive(Connected(), self.now))
        self.join_replica()

    def join_replica(self) -> None:
        """The bridge is connected."""
        self._bridge(self.bridge.receive(ReplicaConnected(), self.now))

    def reset(self) -> None:
        """The device is as it was at first, and is there again."""
        self._device(self.device.receive(Reset(), self.now))
        self._device(self.device.receive(Connected(), self.now))

    def desire(self, software: JSON) -> None:
        """A component writes what it desires."""
        content = json.dumps({"state": {"desired": {"software": software}}}).encode()
        reply = self.service.ask(REPLICA, Operation.UPDATE, content, self.now)
        assert reply.answer is AnswerLevel.ACCEPTED, reply.body
        self._told(reply.messages if self.scheme is Scheme.SEED else self.service.over_mqtt(reply))

    def desires_beside(self, domains: Mapping[str, Mapping[str, str]]) -> None:
        """A backend desires these versions of the device itself."""
        parts = [DesiredDomain(name, tuple(starmap(DesiredComponent, one.items()))) for name, one in domains.items()]
        content = DesiredState(tuple(parts)).as_json()
        payload = encoded(content, activity="backend-1", now=self.now, enveloped=True)
        self._device(self.device.receive(HeardMessage(FILE.profile.inbox, payload), self.now))

    def says(self, topic: str, payload: bytes) -> None:
        """Somebody publishes that at the replica's broker."""
        self._bridge(self.bridge.receive(ReplicaSaid(topic, payload), self.now))

    def wait(self, seconds: float = 60.0) -> None:
        """Time passes."""
        end = self.now + seconds
        while (due := min(self._alarms.values())) <= end:
            self.now = max(self.now, due)
            if self._alarms["device"] <= self.now:
                self._device(self.device.wake(self.now))
            if self._alarms["bridge"] <= self.now:
                self._bridge(self.bridge.wake(self.now))
        self.now = end

    @property
    def state(self) -> Mapping[str, Any]:
        """The replica's document, with its delta."""
        reply = self.service.ask(REPLICA, Operation.GET, b"", self.now)
        state = reply.body["state"]
        assert isinstance(state, dict)
        return state

    @property
    def reported(self) -> Mapping[str, Any]:
        """The software that it says the device has."""
        software = self.state["reported"]["software"]
        assert isinstance(software, dict)
        return software

    def _device(self, effects: Sequence[Effect]) -> None:
        self._take("device", effects)

    def _bridge(self, effects: Sequence[Effect]) -> None:
        self._take("bridge", effects)

    def _take(self, name: str, effects: Sequence[Effect]) -> None:
        """The words wait until their machine is done: it may be told something because of it."""
        is_first = not self._queue
        for effect in effects:
            if isinstance(effect, WakeAt):
                self._alarms[name] = effect.time
            elif isinstance(effect, Publish):
                self._queue.append((name, effect))
        while is_first and self._queue:
            self._carry(*self._queue[0])
            self._queue.popleft()

    def _carry(self, name: str, said: Publish) -> None:
        if name == "device":
            if said.topic == FILE.profile.topic(MessageKind.CURRENT_STATE):
                self._bridge(self.bridge.receive(DeviceShown(said.payload), self.now))
            if said.topic == FILE.profile.topic(MessageKind.FEEDBACK):
                self._bridge(self.bridge.receive(DeviceReported(said.payload), self.now))
            return
        if said.topic == FILE.profile.inbox:
            self.desired.append(json.loads(said.payload))
            self._device(self.device.receive(HeardMessage(said.topic, said.payload), self.now))
            return
        asked = request_at(said.topic, self.scheme)
        assert asked is not None
        assert asked[0] == REPLICA
        if asked[1] is Operation.UPDATE:
            self.reports.append(json.loads(said.payload)["state"]["reported"]["software"])
        if not self.is_away:
            self._told(self.service.over_mqtt(self.service.ask(*asked, said.payload, self.now)))

    def _told(self, messages: Sequence[Any]) -> None:
        for one in messages:
            self.says(one.topic, one.payload)


def versions_in(desired: object) -> dict[str, str]:
    """The version of every component in a desired state, as it went over the wire."""
    assert isinstance(desired, dict)
    domains = desired["payload"]["domains"]
    return {f"{one['id']}:{part['id']}": part["version"] for one in domains for part in one["components"]}
