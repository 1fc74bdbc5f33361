"""Plays a sequence to a device that is told the time, and writes down what passes, as a run does."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from harness.errors import HarnessError
from harness.machine.effects import Effect, Machine, Publish, Rejoin, WakeAt
from harness.payload.values import Field
from harness.protocols.udmi.driving.counterpart import Counterpart, Manner
from harness.protocols.udmi.fuzzing.step import Garbage, Happens, Redeliver, Rests, SayAgain, Step, Wait, WriteStep
from harness.protocols.udmi.profile import Profile, Setting
from harness.protocols.udmi.words.codec import Codec
from harness.protocols.udmi.words.device_events import NAMES, ChangeUnits, DeviceEvent
from harness.protocols.udmi.words.messages import Config
from harness.protocols.udmi.words.topics import Topics
from harness.record.kinds import Began, Closed, Desired, Done, Ended, Opened, Provoked, Received, Record, Sent

NAME = "fuzzed"  # the scenario's
SAMPLE_RATE = 2.0  # seconds
_BEGAN = 1_767_225_600.0  # Unix seconds; every sequence begins then
_SETTLES = 4.0  # seconds before the first step, and
_ENDS = 12.0  # after the last: who owes something has said it by then
_MOST_WAKES = 10_000

Told: TypeAlias = Config | DeviceEvent


@dataclass
class SteppedDevice:
    """One device, from its first config on. `records` are those of a run with a single scenario."""

    machine: Machine[Told]
    profile: Profile
    codec: Codec
    records: list[Record] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._topics = Topics.of(self.profile.id, self.profile.topics)
        self._counterpart = Counterpart(self.profile.points, self.codec, self.profile.wiring)
        self._counterpart.sample_rate = SAMPLE_RATE
        self._now = self._alarm = _BEGAN
        self._last_sent = self._retained = b""

    def run(self, script: Sequence[Step]) -> Sequence[Record]:
        """From first contact to farewell."""
        self.records.append(Began(_BEGAN, 1, "fuzz", self.codec.layout.spec, "stepped", "fuzz", self.profile.as_dict()))
        self._send(self._counterpart.compose(self._now, Manner()), "first contact", {})
        self._pass(_SETTLES)
        self.records.append(Opened(self._now, NAME))
        self._send(self._counterpart.compose(self._now, Manner()), "first", {})
        self._pass(_SETTLES)
        first = self._counterpart.etag
        for number, step in enumerate(script):
            self._do(step, number, first)
        self._pass(_ENDS)
        self.records.extend((Closed(self._now), Ended(self._now)))
        return self.records

    def _do(self, step: Step, number: int, first: Field[str]) -> None:
        match step:
            case WriteStep(values, rests, expiry):
                desired = {f"{name} {number}": Desired(name, value) for name, value in values}
                self._counterpart.want(Setting(name, value, f"{name} {number}") for name, value in values)
                etags = {Rests.LATEST: self._counterpart.etag, Rests.FIRST: first, Rests.NONE: None}
                config = self._counterpart.compose(self._now, Manner(etags[rests], expiry))
                self._send(config, f"write {number}", desired)
            case SayAgain():
                self._send(self._counterpart.compose(self._now, Manner()), f"again {number}", {})
            case Redeliver():
                self._deliver(self._last_sent, f"redelivered {number}", {})
            case Garbage(payload):
                self._deliver(payload, f"garbage {number}", {})
            case Happens(what):
                detail = what.units if isinstance(what, ChangeUnits) else None
                self.records.append(Provoked(self._now, f"{number}", NAMES[type(what)], what.point, detail))
                self.records.append(Done(self._now, len(self.records) - 1))
                self._carry_out(self.machine.receive(what, self._now))
            case Wait(seconds):
                self._pass(seconds)
            case _:
                assert_never(step)

    def _send(self, config: Config, label: str, desired: Mapping[str, Desired]) -> None:
        self._last_sent = self.codec.encode(config)
        self._deliver(self._last_sent, label, desired)

    def _deliver(self, payload: bytes, label: str, desired: Mapping[str, Desired]) -> None:
        self._retained = payload
        self.records.append(Sent(self._now, self._topics.config, payload, label, desired, retain=True))
        self.records.append(Done(self._now, len(self.records) - 1))
        self._arrive(payload)

    def _arrive(self, payload: bytes) -> None:
        self._carry_out(self.machine.receive(self.codec.decode_config(payload), self._now))

    def _pass(self, seconds: float) -> None:
        until = round(self._now + seconds, 6)
        for _ in range(_MOST_WAKES):
            if self._alarm > until:
                break
            self._now = max(self._now, self._alarm)
            self._alarm = math.inf  # it has rung; the machine says when it wants the next
            self._carry_out(self.machine.wake(self._now))
        else:
            raise HarnessError(f"{self.profile.id} wants to be woken again and again, and lets no time pass")
        self._now = until

    def _carry_out(self, effects: Sequence[Effect]) -> None:
        """Carry out effects in order. A device that connects anew gets the retained config after that."""
        for effect in effects:
            match effect:
                case WakeAt(time):
                    self._alarm = time
                case Publish(topic, payload):
                    self.records.append(Received(self._now, topic, payload, retain=False))
                    if topic == self._topics.state:
                        self._counterpart.hear(self.codec.decode_state(payload))
        if any(isinstance(effect, Rejoin) for effect in effects):
            self._arrive(self._retained)
