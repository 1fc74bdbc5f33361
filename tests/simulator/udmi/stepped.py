"""A device on a bench: told what happens and when, and woken just when it wishes. Times are seconds since it began."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.machine.effects import WakeAt
from harness.payload.values import Field, Value
from harness.protocols.udmi.words.device_events import ChangeUnits, DeviceEvent
from harness.protocols.udmi.words.messages import (
    Config,
    PointConfig,
    PointsetConfig,
    PointState,
    State,
    SystemEvent,
    Telemetry,
    ValueState,
)
from simulator.udmi.declared.identity import DeviceIdentity
from simulator.udmi.declared.points import Behaviour, SimulatedPoint, Writable
from simulator.udmi.device import SimulatedDevice
from simulator.udmi.events import Event
from simulator.udmi.message_machine import Saying, SendMessage
from simulator.udmi.rules import KEPT, Rules
from tests.udmi_1_5 import VERSION

BEGAN = 1_000_000.0  # Unix seconds
APPLIED, UPDATING, FAILURE = ValueState.APPLIED, ValueState.UPDATING, ValueState.FAILURE
INVALID, OVERRIDDEN = ValueState.INVALID, ValueState.OVERRIDDEN
CELSIUS = SimulatedPoint("point", 20.0, Writable(), -20, 60, "Degrees-Celsius")
FAHRENHEIT = ChangeUnits("point", "Degrees-Fahrenheit", "Degrees-Celsius")
M = TypeVar("M")


def stepped(behaviour: Behaviour | None = None) -> "SteppedPoints":
    """A device with a single point, which shows 0 by itself and takes a value at once unless told otherwise."""
    return SteppedPoints(SimulatedPoint("point", 0.0, behaviour or Writable()))


def two_points() -> "SteppedPoints":
    """A device with two points that show 0 by themselves and take a value at once."""
    return SteppedPoints(SimulatedPoint("point", 0.0, Writable()), SimulatedPoint("other", 0.0, Writable()))


@dataclass(frozen=True)
class Said(Generic[M]):
    """A message that the device sent; `place` tells which of two at the same instant came first."""

    at: float
    place: int
    message: M


def moment(at: float) -> float:
    """Unix seconds of what happens `at` seconds after the device began."""
    return round(BEGAN + at, 6)


def config(
    *,
    at: float,
    etag: Field[str] = None,
    expiry: Field[float] = 3600.0,
    rate: float | None = 10,
    points: Mapping[str, PointConfig] | None = None,
    **values: Value | None,
) -> Config:
    """One that sets these values, and lists no other points than those and `points`. None lists without a write."""
    written = {name: PointConfig(set_value=value) for name, value in values.items()}
    expires = moment(expiry) if isinstance(expiry, int | float) else expiry
    return Config(moment(at), VERSION, PointsetConfig(etag, expires, rate, {**written, **(points or {})}))


class SteppedPoints:
    """Time only goes on; what the device said is kept."""

    def __init__(self, *points: SimulatedPoint, rules: Rules = KEPT) -> None:
        self.device = SimulatedDevice(DeviceIdentity("DEV-1"), points, rules)
        self.states: list[Said[State]] = []
        self.telemetry: list[Said[Telemetry]] = []
        self.events: list[Said[SystemEvent]] = []
        self.rejoined: list[float] = []
        self.configs: list[Config] = []
        self.now = 0.0
        self._wakes_at = BEGAN
        self.run(0)

    def run(self, until: float) -> "SteppedPoints":
        """Let time go on, that instant included."""
        while self._wakes_at <= moment(until):
            self._take(self.device.wake(self._wakes_at), self._wakes_at)
        self.now = until
        return self

    def tell(self, event: Event | DeviceEvent, *, at: float) -> "SteppedPoints":
        """A config reaches the device then, or something happens to it."""
        self.run(at)
        self.configs += [event] if isinstance(event, Config) else []
        self._take(self.device.receive(event, moment(at)), moment(at))
        return self

    def nudge(self) -> None:
        """Wake it, whether it wishes to be or not."""
        self._take(self.device.wake(moment(self.now)), moment(self.now))

    def write(
        self,
        *,
        at: float,
        etag: Field[str] = None,
        expiry: Field[float] = 3600.0,
        rate: float | None = 10,
        points: Mapping[str, PointConfig] | None = None,
        **values: Value | None,
    ) -> "SteppedPoints":
        """A config reaches the device at the moment that it is stamped with."""
        return self.tell(config(at=at, etag=etag, expiry=expiry, rate=rate, points=points, **values), at=at)

    @property
    def wakes_at(self) -> float:
        """When it wishes to be woken."""
        return self._wakes_at - BEGAN

    @property
    def state(self) -> State:
        """The latest."""
        return self.states[-1].message

    def point(self, name: str = "point") -> PointState:
        """The point in the latest state."""
        return self.state.point(name)

    def reading(self, name: str = "point") -> Field[Value]:
        """The value of the point in the latest telemetry."""
        return self.telemetry[-1].message.readings.get(name)

    def course(self, name: str = "point") -> list[tuple[float, Field[ValueState]]]:
        """When the point's value_state became what, from the second state on."""
        course: list[tuple[float, Field[ValueState]]] = []
        for before, after in zip(self.states, self.states[1:], strict=False):
            word = after.message.point(name).value_state
            if word != before.message.point(name).value_state:
                course.append((after.at, word))
        return course

    def shown(self, name: str = "point") -> list[Field[Value]]:
        """Every value of the point that telemetry has shown, in order, without repetitions."""
        values = [said.message.readings.get(name) for said in self.telemetry]
        return [value for n, value in enumerate(values) if n == 0 or value != values[n - 1]]

    def _take(self, effects: list[Saying], now: float) -> None:
        for effect in effects:
            at, place = round(now - BEGAN, 6), len(self.states) + len(self.telemetry)
            match effect:
                case SendMessage(message=State() as state):
                    self.states.append(Said(at, place, state))
                case SendMessage(message=Telemetry() as telemetry):
                    self.telemetry.append(Said(at, place, telemetry))
                case SendMessage(message=SystemEvent() as event):
                    self.events.append(Said(at, place, event))
                case SendMessage():
                    raise AssertionError("a device sends states, telemetry and events of the system, nothing else")
                case WakeAt(time):
                    assert time > now, "it would be woken for ever, and time would stand still"
                    self._wakes_at = time
                case _:
                    self.rejoined.append(at)
