"""A lamp that is stepped by hand, and what it said."""

import json
from dataclasses import dataclass, field

from harness.machine.effects import Effect, Publish, WakeAt
from harness.payload.values import JSON
from harness.protocols.replica.words.content import object_in
from simulator.replica.device.declared import DeviceFile
from simulator.replica.device.device import ReplicaDevice
from simulator.replica.device.events import Connected, DeviceEvent, Heard
from simulator.replica.device.rules import KEPT, DeviceRules
from simulator.replica.targets.device import LAMP


@dataclass
class SteppedLamp:
    """`said`: topics behind the device's id, and bodies. `alarm`: when it wants to be woken."""

    rules: DeviceRules = KEPT
    said: list[tuple[str, dict[str, JSON]]] = field(default_factory=list)
    alarm: float = float("inf")
    now: float = 0.0

    def __post_init__(self) -> None:
        """Switched on."""
        self.device = ReplicaDevice("LAMP-1", DeviceFile.read(LAMP).properties, self.rules)

    def meet(self, event: DeviceEvent) -> None:
        """Something happens to it now."""
        self._note(self.device.receive(event, self.now))

    def hear(self, topic: str, **body: JSON) -> None:
        """A replica says that."""
        self.meet(Heard(f"state/LAMP-1/{topic}", json.dumps(body).encode()))

    def wait(self, seconds: float) -> None:
        """Time passes; it is woken whenever it asked for it."""
        end = self.now + seconds
        while self.alarm <= end:
            self.now = self.alarm
            self._note(self.device.wake(self.now))
        self.now = end

    def greet(self, **values: JSON) -> None:
        """It is connected, and its replica has it all as it is, but for these values that are desired."""
        self.meet(Connected())
        token = self.said[-1][1]["clientToken"]
        self.hear("get/accepted", state={"reported": {}, "delta": values}, version=7, clientToken=token)
        self.hear("update/accepted", state={}, version=8, clientToken=self.said[-1][1]["clientToken"])

    @property
    def reported(self) -> list[JSON]:
        """The reported section of every update."""
        states = [body["state"] for topic, body in self.said if topic == "update"]
        return [state["reported"] for state in states if isinstance(state, dict)]

    def _note(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case WakeAt(time):
                    self.alarm = time
                case Publish(topic, payload):
                    body = object_in(payload)
                    assert body is not None
                    self.said.append((topic.removeprefix("state/LAMP-1/"), body))
