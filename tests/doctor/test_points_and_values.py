"""The profile against what is heard."""

from dataclasses import replace

import pytest

from harness.doctor.case import Said
from harness.doctor.checks.points import POINTS
from harness.doctor.checks.refusals import REFUSALS
from harness.doctor.checks.values import VALUES
from harness.doctor.trouble import Weight, Whose
from harness.profile import Kind, Point
from harness.wire.udmi import Odd, PointState, State, Status, Value
from tests.doctor.cases import NOW, PROFILE, READINGS, case, found, is_sound, state, telemetry
from tests.udmi_1_5 import decode_telemetry


def _says(point: PointState) -> Said[State]:
    said = state()
    assert said.message.pointset
    points = {**said.message.pointset.points, "setpoint": point}
    return replace(said, message=replace(said.message, pointset=replace(said.message.pointset, points=points)))


def test_points_that_fit_are_sound() -> None:
    assert is_sound(POINTS, case())


def test_without_telemetry_nothing_is_said_of_points() -> None:
    assert not list(POINTS.find(case(telemetry=[])))
    assert POINTS.sound(case(telemetry=[])) is None


@pytest.mark.parametrize("name", ["Mode", "modes", "m_ode"])
def test_name_that_is_nearly_right_is_a_line_of_the_profile(name: str) -> None:
    heard = telemetry(readings={"setpoint": 20.0, name: "auto"})
    silent_state = replace(state(), message=replace(state().message, pointset=None))

    missing, unlisted = POINTS.find(case(states=[silent_state], telemetry=[heard]))

    assert missing.mend == f"In the profile, write [points.{name}] in place of [points.mode]"
    assert unlisted.weight is Weight.MINOR


def test_point_without_a_reading_is_told_with_what_its_state_says() -> None:
    said = _says(PointState(status=Status("unknown point\x07")))

    trouble = found(POINTS, case(states=[said], telemetry=[telemetry(readings={"mode": "auto"})]))

    assert 'no reading of setpoint; of setpoint its state says "unknown point\\x07".' in trouble.what


def test_part_of_the_points_is_waited_for() -> None:
    assert not list(POINTS.find(case(telemetry=[telemetry(readings={"mode": "auto"}, partial=True)])))


def test_points_that_the_profile_lacks_are_told_once() -> None:
    heard = telemetry(readings={**READINGS, **{f"p{number}": number for number in range(8)}})

    trouble = found(POINTS, case(telemetry=[heard]))

    assert "not tested: p0, p1, p2, p3, p4 and 3 more." in trouble.what
    assert "[points.p0]" in trouble.mend


@pytest.mark.parametrize(("declared", "weight"), [("Kelvins", Weight.GRAVE), (None, Weight.MINOR)])
def test_units_that_differ_are_told(declared: str | None, weight: Weight) -> None:
    points = {**PROFILE.points, "setpoint": replace(PROFILE.points["setpoint"], units=declared)}

    trouble = found(POINTS, case(profile=replace(PROFILE, points=points)))

    assert (trouble.weight, trouble.mend) == (weight, 'In [points.setpoint], write units = "Degrees-Celsius"')


def test_message_that_is_not_udmi_is_the_devices() -> None:
    message = decode_telemetry(b'{"points": {"setpoint": {"present_value": null}, "mode": {"present_value": "auto"}}}')

    trouble = found(POINTS, case(telemetry=[Said(NOW, message)]))

    assert trouble.whose is Whose.DEVICE
    assert "1 of 1 messages at /devices/DEV-1/events/pointset are not what UDMI says" in trouble.what


def test_values_that_differ_are_sound() -> None:
    assert is_sound(VALUES, case())


@pytest.mark.parametrize("reading", [21.5, 21.500000001])
def test_good_value_that_is_there_already_is_told_with_those_that_are_left(reading: float) -> None:
    trouble = found(VALUES, case(telemetry=[telemetry(readings={"setpoint": reading})]))

    assert trouble.mend == "In [points.setpoint], write good = [18.0]"


def test_last_good_value_wants_another() -> None:
    trouble = found(VALUES, case(telemetry=[telemetry(readings={"mode": "hand"})]))

    assert trouble.mend == 'In [points.mode], write good = […] with a value other than "hand"'


@pytest.mark.parametrize(("reading", "said"), [("20", "a string"), (True, "a boolean"), ("\x1b]0;x", "\\x1b]0;x")])
def test_reading_of_another_type_is_told(reading: Value, said: str) -> None:
    assert said in found(VALUES, case(telemetry=[telemetry(readings={"setpoint": reading})])).what


def test_odd_reading_is_no_value() -> None:
    assert not list(VALUES.find(case(telemetry=[telemetry(readings={"setpoint": Odd([1])})])))


def test_read_only_point_with_good_values_is_warned_of_with_what_would_be_written() -> None:
    mode = Point("mode", Kind.READ_ONLY, ("hand",))
    trouble = found(REFUSALS, case(profile=replace(PROFILE, points={**PROFILE.points, "mode": mode})))

    assert trouble.weight is Weight.MINOR
    assert 'mode = "hand"' in trouble.what
    assert "[points.mode]" in trouble.mend


@pytest.mark.parametrize(("target", "good"), [("sim", ("hand",)), ("mqtt://broker:1883", ())])
def test_read_only_point_is_nothing_amiss_in_a_simulated_device_or_without_values(
    target: str, good: tuple[str, ...]
) -> None:
    mode = Point("mode", Kind.READ_ONLY, good)
    profile = replace(PROFILE, points={**PROFILE.points, "mode": mode})

    assert list(REFUSALS.find(case(target=target, profile=profile))) == []
