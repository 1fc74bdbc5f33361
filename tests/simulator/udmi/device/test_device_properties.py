"""Facts of the simulated device that hold for any configs and provocations, at any time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.payload.values import Field, IllTyped, Value
from harness.protocols.udmi.words.device_events import Break, DeviceEvent, Mend, Override, Release
from harness.protocols.udmi.words.messages import Config, PointConfig, Status
from simulator.udmi.declared.points import Faulty, Overridden, ReadOnly, SimulatedPoint, Slow, Stuck, Writable
from simulator.udmi.events import Event
from tests.simulator.udmi.stepped import APPLIED, FAILURE, INVALID, OVERRIDDEN, SteppedPoints, config

POINTS = {
    "setpoint": SimulatedPoint("setpoint", 20.0, Writable(), -20, 60, "Degrees-Celsius"),
    "valve": SimulatedPoint("valve", 0.0, Slow(4)),
    "damper": SimulatedPoint("damper", 0.0, Stuck()),
    "sensor": SimulatedPoint("sensor", 19.0, ReadOnly()),
    "fan": SimulatedPoint("fan", base=False, behaviour=Overridden()),
    "pump": SimulatedPoint("pump", "auto", Faulty()),
}
NAMES = st.sampled_from([*POINTS, "ghost"])


@dataclass(frozen=True)
class Cloud:
    """A config that the cloud makes out by the latest state. `lasts`: seconds from its arrival to its expiry."""

    values: Mapping[str, Field[Value]]
    etag: Field[str]
    lasts: float | None
    stamped_ago: float
    rate: float | None

    def event(self, stepped: SteppedPoints) -> Config:
        """The config."""
        return config(
            at=stepped.now - self.stamped_ago,
            etag=stepped.state.etag if self.etag == "fresh" else self.etag,
            expiry=None if self.lasts is None else stepped.now + self.lasts,
            rate=self.rate,
            points={name: PointConfig(set_value=value) for name, value in self.values.items()},
        )


@dataclass(frozen=True)
class Local:
    """Something that happens on the device itself; or a message that is no config."""

    what: Event

    def event(self, _bench: SteppedPoints) -> Event:
        """Just that."""
        return self.what


Happening: TypeAlias = tuple[float, Cloud | Local]  # after a pause, in seconds
KINDS: Sequence[Callable[[str], DeviceEvent]] = (Override, Release, Break, Mend)
CONFIGS = st.builds(
    Cloud,
    # No point shows one of these by itself.
    st.dictionaries(NAMES, st.sampled_from([None, 30.0, 50, 400.0, True, "hand", IllTyped([30.0])]), max_size=4),
    st.sampled_from(["fresh", "fresh", None, "stale", IllTyped(17)]),
    st.sampled_from([3600.0, 3600.0, 3.0, 0.5, 0.0, -1.0, -200.0, None]),
    st.sampled_from([0.0, 5.0, 100.0]),
    st.sampled_from([10.0, 2.0, 0.7, None]),
)
PROVOCATIONS = st.builds(lambda kind, name: Local(kind(name)), st.sampled_from(KINDS), NAMES)
HARD_ERRORS = st.sampled_from([Local(Config()), Local(Config(IllTyped(3)))])
PAUSES = st.sampled_from([0.0, 0.001, 0.3, 1.0, 1.5, 4.0, 61.0])
HAPPENINGS = st.lists(st.tuples(PAUSES, CONFIGS | PROVOCATIONS | HARD_ERRORS), max_size=12)

whatever_happens = settings(derandomize=True, deadline=None, database=None, max_examples=60)


def driven(happenings: Sequence[Happening], *, nudged: bool = False) -> SteppedPoints:
    """The device after all of that, and some time more. It may be nudged: woken when it has no wish to be."""
    stepped = SteppedPoints(*POINTS.values())
    for pause, happening in (*happenings, (70.0, Local(Config()))):
        for part in (0.3, 0.7):
            stepped.run(round(stepped.now + part * pause, 6))
            if nudged:
                stepped.nudge()
        stepped.tell(happening.event(stepped), at=stepped.now)
    return stepped


@whatever_happens
@given(HAPPENINGS)
def test_states_are_never_closer_than_a_second(happenings: Sequence[Happening]) -> None:
    stepped = driven(happenings)

    assert all(round(after.at - before.at, 6) >= 1 for before, after in pairwise(stepped.states))


@whatever_happens
@given(HAPPENINGS)
def test_device_never_wishes_to_be_woken_at_once_or_in_the_past(happenings: Sequence[Happening]) -> None:
    stepped = driven(happenings)  # which refuses every such wish on the way

    assert stepped.wakes_at > stepped.now


@whatever_happens
@given(HAPPENINGS)
def test_device_that_is_woken_for_nothing_does_nothing(happenings: Sequence[Happening]) -> None:
    restless, calm = driven(happenings, nudged=True), driven(happenings)

    assert (restless.states, restless.telemetry) == (calm.states, calm.telemetry)


@whatever_happens
@given(HAPPENINGS)
def test_last_config_is_answered_at_last(happenings: Sequence[Happening]) -> None:
    stepped = driven(happenings)

    timestamps = [config.timestamp for config in stepped.configs if not isinstance(config.timestamp, IllTyped | None)]
    assert stepped.state.last_config == (timestamps[-1] if timestamps else 0.0)


@whatever_happens
@given(HAPPENINGS)
def test_telemetry_never_contradicts_the_latest_state(happenings: Sequence[Happening]) -> None:
    stepped = driven(happenings)

    for telemetry in stepped.telemetry:
        state = [state for state in stepped.states if state.place < telemetry.place][-1].message
        for name, reading in telemetry.message.readings.items():
            assert (reading != POINTS[name].base) is (state.point(name).value_state is APPLIED)


@whatever_happens
@given(HAPPENINGS)
def test_etag_never_names_two_states_of_the_pointset(happenings: Sequence[Happening]) -> None:
    stepped = driven(happenings)

    named: dict[object, object] = {}
    for said in stepped.states:
        known = {n: (p.units, p.value_state) for n, p in said.message.points.items() if n in POINTS}
        assert named.setdefault(said.message.etag, known) == known


@whatever_happens
@given(HAPPENINGS)
def test_point_explains_itself_in_an_error_state_and_nowhere_else(happenings: Sequence[Happening]) -> None:
    stepped = driven(happenings)

    points = [(n, p) for said in stepped.states for n, p in said.message.points.items() if n in POINTS]
    errors = (INVALID, FAILURE, OVERRIDDEN)
    assert all(isinstance(point.status, Status) is (point.value_state in errors) for _, point in points)


@whatever_happens
@given(HAPPENINGS)
def test_no_write_outlives_the_last_expiry(happenings: Sequence[Happening]) -> None:
    stepped = driven([*happenings, (0.0, Cloud({"setpoint": 30.0, "damper": 50}, None, 3.0, 0.0, 2.0))])

    assert {point.value_state for point in stepped.state.points.values()} == {None}
