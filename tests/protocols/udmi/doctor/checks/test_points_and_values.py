"""The profile against what is heard."""

import tomllib
from dataclasses import replace

import pytest

from harness.doctor.problem import Party, Severity, valued
from harness.payload.values import IllTyped, Value
from harness.protocols.udmi.doctor.case import Said
from harness.protocols.udmi.doctor.checks.points import POINTS
from harness.protocols.udmi.doctor.checks.refusals import REFUSALS
from harness.protocols.udmi.doctor.checks.values import VALUES
from harness.protocols.udmi.profile import Point, PointKind
from harness.protocols.udmi.words.messages import PointState, State, Status
from tests.protocols.udmi.doctor.cases import NOW, PROFILE, READINGS, beside, case, found, is_sound, state, telemetry
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


@pytest.mark.parametrize("name", ["modes", "m_ode"])
def test_name_that_is_nearly_right_is_a_line_of_the_profile(name: str) -> None:
    heard = telemetry(readings={"setpoint": 20.0, name: "auto"})
    silent_state = replace(state(), message=replace(state().message, pointset=None))

    missing, unlisted = POINTS.find(case(states=[silent_state], telemetry=[heard]))

    assert missing.mend == f"In the profile, write [points.{name}] in place of [points.mode]"
    assert unlisted.weight is Severity.MINOR


def test_point_without_a_reading_is_told_with_what_its_state_says() -> None:
    said = _says(PointState(status=Status("unknown point\x07")))

    problem = found(POINTS, case(states=[said], telemetry=[telemetry(readings={"mode": "auto"})]))

    assert 'no reading of setpoint; of setpoint its state says "unknown point\\u0007".' in problem.what


def test_part_of_the_points_is_waited_for() -> None:
    assert not list(POINTS.find(case(telemetry=[telemetry(readings={"mode": "auto"}, partial=True)])))


def test_points_that_the_profile_lacks_are_told_once() -> None:
    heard = telemetry(readings={**READINGS, **{f"p{number}": number for number in range(8)}})

    problem = found(POINTS, case(telemetry=[heard]))

    assert "not tested: p0, p1, p2, p3, p4 and 3 more." in problem.what
    assert "[points.p0]" in problem.mend


@pytest.mark.parametrize(("declared", "weight"), [("Kelvins", Severity.GRAVE), (None, Severity.MINOR)])
def test_units_that_differ_are_told(declared: str | None, weight: Severity) -> None:
    points = {**PROFILE.points, "setpoint": replace(PROFILE.points["setpoint"], units=declared)}

    problem = found(POINTS, case(profile=replace(PROFILE, points=points)))

    assert (problem.weight, problem.mend) == (weight, 'In [points.setpoint], write units = "Degrees-Celsius"')


def test_message_that_is_not_udmi_is_the_devices() -> None:
    message = decode_telemetry(b'{"points": {"setpoint": {"present_value": []}, "mode": {"present_value": "auto"}}}')

    problem = found(POINTS, case(telemetry=[Said(NOW, message)]))

    assert problem.whose is Party.DEVICE
    assert "1 of 1 message at /devices/DEV-1/events/pointset is not what UDMI says" in problem.what


def test_values_that_differ_are_sound() -> None:
    assert is_sound(VALUES, case())


@pytest.mark.parametrize("reading", [21.5, 21.500000001])
def test_good_value_that_is_there_already_is_told_with_those_that_are_left(reading: float) -> None:
    problem = found(VALUES, case(telemetry=[telemetry(readings={"setpoint": reading})]))

    assert problem.mend == "In [points.setpoint], write good = [18.0]"


def test_good_value_that_single_precision_loses_is_told_where_the_device_shows_that() -> None:
    setpoint = replace(PROFILE.points["setpoint"], good=(21.5, 18.1))
    profile = replace(PROFILE, points={**PROFILE.points, "setpoint": setpoint})
    problem = found(VALUES, case(profile=profile, telemetry=[telemetry(readings={"setpoint": 20.100000381469727})]))

    assert "18.1 comes back as 18.100000381469727: a write of it to setpoint would not be seen" in problem.what
    assert problem.mend.startswith("In [points.setpoint], write tolerance = 1e-06, or good values that survive")


@pytest.mark.parametrize(
    ("good", "tolerance", "reading"),
    [((18.1,), 0.0, 20.1), ((18.1,), 1e-3, 20.100000381469727), ((18.25, 300), 0.0, 20.100000381469727)],
)
def test_value_that_survives_or_is_tolerated_is_sound(
    good: tuple[float, ...], tolerance: float, reading: float
) -> None:
    setpoint = replace(PROFILE.points["setpoint"], good=good, tolerance=tolerance)
    profile = replace(PROFILE, points={**PROFILE.points, "setpoint": setpoint})

    assert is_sound(VALUES, case(profile=profile, telemetry=[telemetry(readings={"setpoint": reading})]))


def test_last_good_value_wants_another() -> None:
    problem = found(VALUES, case(telemetry=[telemetry(readings={"mode": "hand"})]))

    assert problem.mend == 'In [points.mode], write good = […] with a value other than "hand"'


@pytest.mark.parametrize(("reading", "said"), [("20", "a string"), (True, "a boolean"), ("\x1b]0;x", "\\u001b]0;x")])
def test_reading_of_another_type_is_told(reading: Value, said: str) -> None:
    assert said in found(VALUES, case(telemetry=[telemetry(readings={"setpoint": reading})])).what


def test_odd_reading_is_no_value() -> None:
    assert not list(VALUES.find(case(telemetry=[telemetry(readings={"setpoint": IllTyped([1])})])))


def test_read_only_point_with_good_values_is_warned_of_with_what_would_be_written() -> None:
    mode = Point("mode", PointKind.READ_ONLY, ("hand",))
    problem = found(REFUSALS, case(profile=replace(PROFILE, points={**PROFILE.points, "mode": mode})))

    assert problem.weight is Severity.MINOR
    assert 'mode = "hand"' in problem.what
    assert "[points.mode]" in problem.mend


@pytest.mark.parametrize(("declares_itself", "good"), [(True, ("hand",)), (False, ())])
def test_read_only_point_is_nothing_amiss_in_a_device_that_declares_itself_or_without_values(
    *, declares_itself: bool, good: tuple[str, ...]
) -> None:
    mode = Point("mode", PointKind.READ_ONLY, good)
    profile = replace(PROFILE, points={**PROFILE.points, "mode": mode})

    learnt = beside(declares_itself=declares_itself)
    assert list(REFUSALS.find(case(profile=profile, beside=learnt))) == []


def test_point_whose_name_no_profile_can_have_is_the_devices() -> None:
    heard = telemetry(readings={**READINGS, "1extra.point": 1, "Fan": 2})

    problem = found(POINTS, case(telemetry=[heard]))

    assert problem.whose is Party.DEVICE
    assert "whose names no config can repeat, and that are not tested: 1extra.point, Fan." in problem.what
    assert "[points." not in problem.mend


def test_point_of_the_profile_that_the_device_spells_otherwise_is_to_be_renamed_there() -> None:
    heard = telemetry(readings={"Setpoint": 21.5, "mode": "auto"})

    missing, *_ = POINTS.find(case(telemetry=[heard]))

    assert missing.mend.startswith("Rename it in the device, as no profile can have it: UDMI names points in words")


@pytest.mark.parametrize("text", ['a"b', "a\\b", "\x1b]0;x", "a\nb", "°C"])
def test_value_of_a_line_to_write_is_toml(text: str) -> None:
    assert tomllib.loads(f"units = {valued(text)}") == {"units": text}


def test_what_a_draft_guessed_is_told_with_how_it_is_confirmed() -> None:
    points = {**PROFILE.points, "mode": replace(PROFILE.points["mode"], guessed=("kind",))}

    problem = found(POINTS, case(profile=replace(PROFILE, points=points, guessed=("make",))))

    assert problem.what == "what a draft guessed is undecided until it is confirmed: make, mode."
    assert "setpoint profile --confirm FILE" in problem.mend
