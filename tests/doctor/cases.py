"""Cases made by hand: a healthy device that was heard out, to be altered."""

from collections.abc import Mapping
from dataclasses import replace

from harness.doctor.case import Beside, Case, Said
from harness.doctor.check import Check
from harness.doctor.door import Door, Reach
from harness.doctor.trouble import Trouble
from harness.profile import Kind, Point, Profile
from harness.record import Received
from harness.wire.udmi import (
    Config,
    Field,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    State,
    SystemState,
    Telemetry,
    Value,
)
from tests.udmi_1_5 import CODEC, encode

NOW = 1_767_225_600.0
CONFIG = encode(Config(NOW - 60, pointset=PointsetConfig(points={"setpoint": PointConfig(), "mode": PointConfig()})))
PROFILE = Profile(
    "DEV-1",
    {
        "setpoint": Point("setpoint", Kind.WRITABLE, (21.5, 18.0), units="Degrees-Celsius"),
        "mode": Point("mode", Kind.WRITABLE, ("hand",)),
    },
)
READINGS: Mapping[str, Field[Value]] = {"setpoint": 20.0, "mode": "auto"}
DOOR = Door("broker", 1883, Reach.OPEN)


def state(
    at: float = 1, *, serial: str = "S-1", last_config: float | None = NOW - 60, retain: bool = False
) -> Said[State]:
    """A healthy state, so many seconds after the beginning."""
    points = {"setpoint": PointState(units="Degrees-Celsius"), "mode": PointState()}
    system = SystemState(last_config=last_config, serial_no=serial)
    return Said(NOW + at, State(NOW + at, "1.5.7", system, PointsetState("e", points)), retain)


def telemetry(
    at: float = 2,
    readings: Mapping[str, Field[Value]] = READINGS,
    *,
    off: float = 0.0,
    partial: bool | None = None,
    retain: bool = False,
) -> Said[Telemetry]:
    """Telemetry, so many seconds after the beginning, by a clock that is `off`."""
    return Said(NOW + at, Telemetry(NOW + at + off, "1.5.7", readings, partial), retain)


def case(**changed: object) -> Case:
    """A healthy device behind somebody's broker, and what is different about it."""
    fine = Case(
        "mqtt://broker:1883",
        NOW,
        PROFILE,
        CODEC,
        sent=[CONFIG],
        states=[state()],
        telemetry=[telemetry(2), telemetry(4)],
        beside=beside(),
    )
    return replace(fine, **changed)  # type: ignore[arg-type]  # each test names a field of its own


def beside(**changed: object) -> Beside:
    """What an examination learnt beside it, and what is different about that."""
    fine = Beside(door=DOOR, configs=[Received(NOW, "/devices/DEV-1/config", CONFIG, retain=False)], spoke=True)
    return replace(fine, **changed)  # type: ignore[arg-type]  # each test names a field of its own


def silent(**changed: object) -> Case:
    """A device that was not heard, and what the broker carried in its place."""
    return case(states=[], telemetry=[], beside=beside(silent_for=30.0, **changed))


def found(check: Check, examined: Case) -> Trouble:
    """The one thing that is amiss."""
    [trouble] = check.find(examined)
    return trouble


def is_sound(check: Check, examined: Case) -> bool:
    """Whether nothing is amiss, and that is said."""
    return not list(check.find(examined)) and bool(check.sound(examined))
