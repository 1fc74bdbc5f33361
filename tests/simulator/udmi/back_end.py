"""UDMI's own back end opposite the air handling unit, as its official tests play it: JSON in, JSON out.

It stamps in whole seconds, and says neither when a write ends nor which pointset it saw. Times are seconds since the
device began.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harness.machine.effects import WakeAt
from harness.protocols.udmi.words.device_events import Restart
from harness.protocols.udmi.words.spec import Spec
from simulator.udmi.declared.device_file import DeviceFile
from simulator.udmi.device import SimulatedDevice
from simulator.udmi.message_machine import SendMessage
from simulator.udmi.rules.expiry import Expiry, read_by
from simulator.udmi.rules.rules_by_spec import rules_under
from simulator.udmi.target import AHU_1
from simulator.udmi.variations.variation import HEALTHY, Variation
from tests.udmi_1_5 import CODEC

BEGAN = 1_000_000.0  # Unix seconds
ROOT = "/r/ZZ-SITE/d/{id}"
AT = ROOT.replace("{id}", "AHU-1")
Json = dict[str, Any]


def stamp(at: float) -> str:
    """In whole seconds, as it stands in a config."""
    return datetime.fromtimestamp(BEGAN + int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Said:
    """A message of the device's, as it went over the wire."""

    at: float
    topic: str
    content: Json


class BackEnd:
    """`config` is what lies at the device's topic; what is wanted of it is edited there, and sent."""

    def __init__(self, expiry: Expiry = Expiry.OPTIONAL, variation: Variation = HEALTHY) -> None:
        file = DeviceFile.read(AHU_1)
        rules = rules_under(Spec.UDMI_1_5, read_by(expiry, variation.rules), file.profile.time_to_failure)
        self.device = SimulatedDevice(file.identity, file.points, rules, CODEC.layout, ROOT)
        self.said: list[Said] = []
        self.now = 0.0
        self._wakes_at = BEGAN
        points: Mapping[str, Json] = {point.name: {} for point in file.points}
        self.config: Json = {
            "version": "1.5.7",
            "system": {"min_loglevel": 100, "metrics_rate_sec": 600},
            "pointset": {"sample_rate_sec": 10, "points": deepcopy(points)},
        }
        self.run(1)
        self.send()

    def send(self, **more: object) -> str:
        """The whole config, stamped anew and a second later; its timestamp."""
        self.run(self.now + 1)
        self.config["timestamp"] = stamp(self.now)
        self._tell(json.dumps({**self.config, **more}).encode())
        return str(self.config["timestamp"])

    def send_nonsense(self) -> None:
        """A broken config of the test."""
        self._tell(b"{ broken by extra_field == break_json")

    def write(self, point: str, value: object) -> str:
        """A value for the point; None takes the write back."""
        entry = self.config["pointset"]["points"][point]
        entry.pop("set_value", None)
        entry |= {} if value is None else {"set_value": value}
        return self.send()

    def switch_off_and_on(self) -> None:
        """Somebody does."""
        self._take(self.device.receive(Restart(), BEGAN + self.now))

    def run(self, until: float) -> None:
        """Let time go on, that instant included."""
        while self._wakes_at <= BEGAN + until:
            self._take(self.device.wake(self._wakes_at), self._wakes_at)
        self.now = until

    def wait(self, seconds: float) -> None:
        """Likewise."""
        self.run(self.now + seconds)

    def all_of(self, suffix: str, since: float = 0.0) -> list[Json]:
        """Every message at the topic, from then on."""
        return [said.content for said in self.said if said.topic == f"{AT}/{suffix}" and said.at >= since]

    @property
    def state(self) -> Json:
        """The latest."""
        return self.all_of("state")[-1]

    def value_state(self, point: str) -> object:
        """The value_state of the latest state for the write on it; None: it has none."""
        return self.state["pointset"]["points"][point].get("value_state")

    def reading(self, point: str) -> object:
        """The value of it in the latest telemetry."""
        return self.all_of("events/pointset")[-1]["points"][point]["present_value"]

    def logged(self, since: float) -> list[tuple[str, int]]:
        """Category and level of every entry that came from then on."""
        events = self.all_of("events/system", since)
        return [(entry["category"], entry["level"]) for event in events for entry in event.get("logentries", ())]

    def _tell(self, payload: bytes) -> None:
        self._take(self.device.receive(CODEC.decode_config(payload), BEGAN + self.now), BEGAN + self.now)

    def _take(self, effects: list[Any], now: float | None = None) -> None:
        for effect in effects:
            match effect:
                case WakeAt(time):
                    self._wakes_at = time
                case SendMessage(topic, message):
                    at = (now if now is not None else BEGAN + self.now) - BEGAN
                    self.said.append(Said(at, topic, json.loads(CODEC.encode(message))))
