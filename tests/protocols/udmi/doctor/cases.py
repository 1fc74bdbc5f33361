"""Cases made by hand: a healthy device that was heard out, to be altered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.doctor.broker_access import BrokerAccess, Reachability
from harness.doctor.case import Beside
from harness.doctor.check import Check
from harness.doctor.problem import Problem
from harness.payload.values import Field, Value
from harness.protocols.udmi.doctor.case import Case, Said
from harness.protocols.udmi.profile import Point, PointKind, Profile
from harness.protocols.udmi.words.messages import (
    Config,
    PointConfig,
    PointsetConfig,
    PointsetState,
    PointState,
    State,
    SystemState,
    Telemetry,
)
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Received
from tests.udmi_1_5 import encode

NOW = 1_767_225_600.0
CONFIG = encode(Config(NOW - 60, pointset=PointsetConfig(points={"setpoint": PointConfig(), "mode": PointConfig()})))
PROFILE = Profile(
    "DEV-1",
    {
        "setpoint": Point("setpoint", PointKind.WRITABLE, (21.5, 18.0), units="Degrees-Celsius"),
        "mode": Point("mode", PointKind.WRITABLE, ("hand",)),
    },
)
READINGS: Mapping[str, Field[Value]] = {"setpoint": 20.0, "mode": "auto"}
DOOR = BrokerAccess("broker", 1883, Reachability.OPEN)


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
        Spec.UDMI_1_5,
        PROFILE,
        sent=[CONFIG],
        states=[state()],
        telemetry=[telemetry(2), telemetry(4)],
        beside=beside(),
    )
    return replace(fine, **changed)  # type: ignore[arg-type]  # each test names a field of its own


def beside(**changed: object) -> Beside:
    """The facts of an examination beside the record, with those that are different."""
    fine = Beside(access=DOOR, configs=[Received(NOW, "/devices/DEV-1/config", CONFIG, retain=False)], spoke=True)
    return replace(fine, **changed)  # type: ignore[arg-type]  # each test names a field of its own


def silent(**changed: object) -> Case:
    """A device that was not heard, and what the broker carried in its place."""
    return case(states=[], telemetry=[], beside=beside(silent_for=30.0, **changed))


def found(check: Check[Any], examined: Case) -> Problem:
    """The one thing that is amiss."""
    [problem] = check.find(examined)
    return problem


def is_sound(check: Check[Any], examined: Case) -> bool:
    """Whether nothing is amiss, and that is said."""
    return not list(check.find(examined)) and bool(check.sound(examined))
