"""One point while the device runs."""

from collections.abc import Iterator

import pytest

from harness.payload.values import Value
from harness.protocols.udmi.words.device_events import Break, ChangeUnits, DeviceEvent, Mend, Override, Release
from harness.protocols.udmi.words.messages import ValueState
from simulator.udmi.declared.points import (
    Behaviour,
    Faulty,
    Overridden,
    ReadOnly,
    SimulatedPoint,
    Slow,
    Stuck,
    Writable,
)
from simulator.udmi.live_point import LivePoint
from simulator.udmi.rules import KEPT
from simulator.udmi.write_progress import Cause, StateReason

APPLIED, UPDATING, FAILURE = ValueState.APPLIED, ValueState.UPDATING, ValueState.FAILURE
INVALID, OVERRIDDEN = ValueState.INVALID, ValueState.OVERRIDDEN

CELSIUS = SimulatedPoint("point", 20.0, Writable(), -20, 60, "Degrees-Celsius")
FAHRENHEIT = ChangeUnits("point", "Degrees-Fahrenheit", "Degrees-Celsius")


OLD = StateReason(Cause.STALE_ETAG, "the etag is old")


def live(behaviour: Behaviour) -> LivePoint:
    """A point that shows 0 by itself."""
    return LivePoint(SimulatedPoint("point", 0.0, behaviour), KEPT)


def written(point: LivePoint, value: Value = 30.0, *, at: float = 0.0, refused: StateReason | None = None) -> LivePoint:
    """The same point with a write on it."""
    point.write(value, at, 10.0, refused)
    point.refresh(at)
    return point


def met(point: LivePoint, *provocations: DeviceEvent, at: float = 0.0) -> LivePoint:
    """The same point after this has happened to it."""
    for provocation in provocations:
        point.meet(provocation, at, 10.0)
    point.refresh(at)
    return point


def value_states(point: LivePoint, *times: float) -> Iterator[ValueState | None]:
    """How far the write has come at these times."""
    for at in times:
        point.refresh(at)
        yield point.value_state


def test_point_that_nobody_wrote_shows_its_own_value() -> None:
    point = live(Writable())

    assert (point.value_state, point.reading(), point.is_written, point.next_step(0)) == (None, 0.0, False, None)


def test_applied_value_is_in_force() -> None:
    point = written(live(Writable()))

    assert (point.value_state, point.reading(), point.is_written) == (APPLIED, 30.0, True)


@pytest.mark.parametrize("behaviour", [ReadOnly(), Overridden(), Faulty(), Stuck()])
def test_value_that_is_not_applied_is_not_shown(behaviour: Behaviour) -> None:
    assert written(live(behaviour)).reading() == 0.0


def test_refused_value_is_invalid_and_says_why() -> None:
    point = written(live(Writable()), refused=OLD)

    assert (point.value_state, point.reading()) == (INVALID, 0.0)
    assert point.state.status is not None
    assert "the etag is old" in str(point.state.status)


def test_good_value_has_no_status() -> None:
    assert written(live(Writable())).state.status is None


def test_release_gives_the_own_value_back() -> None:
    point = written(live(Writable()))

    point.release()
    point.refresh(1)

    assert (point.value_state, point.reading(), point.is_written) == (None, 0.0, False)


def test_write_that_is_repeated_goes_on() -> None:
    point = written(live(Slow(4)))

    written(point, at=3)
    point.refresh(4)

    assert point.value_state is APPLIED


def test_new_value_begins_anew() -> None:
    point = written(live(Slow(4)))

    written(point, 50.0, at=3)
    point.refresh(4)

    assert (point.value_state, point.next_step(4)) == (None, 5)


def test_same_number_in_other_units_is_a_new_write() -> None:
    point = met(written(LivePoint(CELSIUS, KEPT), 50.0), FAHRENHEIT, at=1)

    before = point.reading()
    written(point, 50.0, at=2)

    assert (before, point.reading()) == (122.0, 50.0)


def test_one_for_true_is_a_new_write() -> None:
    point = written(LivePoint(SimulatedPoint("point", base=False, behaviour=Writable()), KEPT), value=True)

    assert (point.value_state, written(point, 1, at=1).value_state) == (APPLIED, INVALID)


def test_same_value_after_a_refusal_begins_anew() -> None:
    point = written(live(Writable()), refused=OLD)

    written(point, at=1)

    assert point.value_state is APPLIED


def test_refusal_takes_an_applied_value_out_of_force() -> None:
    point = written(live(Writable()))

    written(point, 50.0, at=1, refused=OLD)

    assert (point.value_state, point.reading()) == (INVALID, 0.0)


def test_refresh_tells_whether_there_is_something_new_to_say() -> None:
    point = live(Slow(4))
    point.write(30.0, 0.0, 10.0, None)

    assert [point.refresh(at) for at in (0, 1, 2, 3, 4, 5)] == [True, False, True, False, True, False]


def test_write_that_fails_is_applied_once_it_is_mended() -> None:
    point = written(live(Stuck()))
    before = list(value_states(point, 61))

    met(point, Mend("point"), at=61)

    assert (before, point.value_state, point.reading()) == ([FAILURE], APPLIED, 30.0)


@pytest.mark.parametrize(
    ("behaviour", "error", "remedy"),
    [(Overridden(), OVERRIDDEN, Release("point")), (Faulty(), FAILURE, Mend("point"))],
)
def test_write_is_applied_once_its_obstacle_is_gone(
    behaviour: Behaviour, error: ValueState, remedy: DeviceEvent
) -> None:
    point = written(live(behaviour))

    before = point.value_state
    met(point, remedy, at=1)

    assert (before, point.value_state) == (error, APPLIED)


@pytest.mark.parametrize(("provocation", "error"), [(Override("point"), OVERRIDDEN), (Break("point"), FAILURE)])
def test_applied_write_is_lost_to_a_new_obstacle(provocation: DeviceEvent, error: ValueState) -> None:
    point = met(written(live(Writable())), provocation, at=1)

    assert (point.value_state, point.reading()) == (error, 0.0)


@pytest.mark.parametrize(
    ("behaviour", "course"),
    [(Slow(4), [None, UPDATING, APPLIED]), (Stuck(), [None, UPDATING, UPDATING]), (Faulty(), [FAILURE] * 3)],
)
def test_trouble_that_comes_back_is_the_point_s_own(behaviour: Behaviour, course: list[ValueState | None]) -> None:
    point = met(live(behaviour), Mend("point"), Break("point"))
    point.write(30.0, 0.0, 10.0, None)

    assert list(value_states(point, 0, 2, 4)) == course


def test_obstacle_that_is_there_already_changes_nothing() -> None:
    point = written(live(Overridden("fire panel")))

    assert met(point, Override("point"), at=5).state == written(live(Overridden("fire panel"))).state


def test_refused_write_stays_refused_whatever_happens() -> None:
    point = written(live(Overridden()), refused=OLD)

    assert met(point, Release("point"), at=1).value_state is INVALID


def test_obstacle_on_a_point_that_nobody_wrote_is_not_reported() -> None:
    point = live(Writable())

    point.meet(Override("point"), 0.0, 10.0)

    assert point.refresh(0.0) is False


def test_change_of_units_converts_the_own_value() -> None:
    point = met(LivePoint(CELSIUS, KEPT), FAHRENHEIT)

    assert (point.state.units, point.reading()) == ("Degrees-Fahrenheit", 68.0)


def test_change_of_units_converts_the_value_in_force() -> None:
    point = met(written(LivePoint(CELSIUS, KEPT), 10.0), FAHRENHEIT, at=1)

    assert (point.value_state, point.reading()) == (APPLIED, 50.0)


def test_value_is_taken_in_the_units_of_the_day() -> None:
    point = written(met(LivePoint(CELSIUS, KEPT), FAHRENHEIT), 77.0, at=1)

    assert (point.value_state, point.reading()) == (APPLIED, 77.0)


def test_way_back_to_the_first_units_leaves_the_value_as_it_was() -> None:
    point = met(written(LivePoint(CELSIUS, KEPT), 21.5), FAHRENHEIT, at=1)

    met(point, ChangeUnits("point", "Degrees-Celsius", "Degrees-Fahrenheit"), at=2)

    assert (point.state.units, point.reading()) == ("Degrees-Celsius", 21.5)


def test_units_that_are_empty_are_none() -> None:
    assert met(LivePoint(CELSIUS, KEPT), ChangeUnits("point", "", "Degrees-Celsius")).state.units is None


def test_fingerprint_follows_the_units() -> None:
    point = LivePoint(CELSIUS, KEPT)

    before = point.fingerprint
    met(point, FAHRENHEIT)

    assert point.fingerprint != before


def test_fingerprint_follows_the_echo_of_the_value() -> None:
    assert written(live(Writable()), 30.0).fingerprint != written(live(Writable()), 50.0).fingerprint


def test_fingerprint_is_the_first_one_again_after_the_release() -> None:
    point = written(live(Writable()))

    point.release()
    point.refresh(1)

    assert point.fingerprint == live(Writable()).fingerprint
