"""The state at first contact: points that nobody writes and are held, errors, fields that are null."""

from dataclasses import replace

import pytest

from harness.clock import Clock
from harness.doctor.diagnosis import at_first_contact
from harness.doctor.problem import Party, Severity
from harness.payload.values import IllTyped
from harness.protocols.udmi.doctor.case import Said
from harness.protocols.udmi.doctor.checks.standing_writes import STANDING
from harness.protocols.udmi.words.messages import PointsetState, PointState, State, Status, SystemState, ValueState
from harness.protocols.udmi.words.spec import Spec
from harness.record.kinds import Began, Received
from harness.record.lines import FORMAT
from tests.protocols.udmi.doctor.cases import NOW, PROFILE, case, found, is_sound, state
from tests.udmi_1_5 import decode_state

HELD = Status("held by hand", "pointset.point.overridden", 400, NOW)
BROKEN = Status("no bus", "pointset.point.failure", 500, NOW)
STATE = "/devices/DEV-1/state"


def _says(
    points: dict[str, PointState], *, system: Status | None = None, pointset: Status | None = None
) -> list[Said[State]]:
    told = replace(state().message, system=SystemState(last_config=NOW - 60, status=system))
    return [Said(NOW + 1, replace(told, pointset=PointsetState("e", points, pointset)))]


def test_device_on_which_nothing_stands_is_sound() -> None:
    assert is_sound(STANDING, case())


def test_device_that_said_no_state_is_not_said_to_be_sound() -> None:
    assert not list(STANDING.find(case(states=[])))
    assert STANDING.sound(case(states=[])) is None


def test_point_that_nobody_writes_is_named_with_what_it_says() -> None:
    problem = found(STANDING, case(states=_says({"setpoint": PointState(ValueState.OVERRIDDEN, HELD)})))

    assert (problem.whose, problem.weight) == (Party.DEVICE, Severity.GRAVE)
    assert problem.what == (
        "no config writes setpoint, but its value_state is overridden, "
        "and its status says held by hand (pointset.point.overridden, level 400)."
    )
    assert "Let go of setpoint" in problem.mend


def test_point_that_was_written_and_came_free_is_sound() -> None:
    earlier = _says({"setpoint": PointState(ValueState.APPLIED)})

    assert is_sound(STANDING, case(states=[*earlier, state()]))


@pytest.mark.parametrize(
    ("states", "where"),
    [
        (_says({}, system=BROKEN), "the system"),
        (_says({}, pointset=BROKEN), "the pointset"),
        (_says({"mode": PointState(status=BROKEN)}), "mode"),
    ],
)
def test_error_that_stands_is_told_with_where_it_stands(states: list[Said[State]], where: str) -> None:
    problem = found(STANDING, case(states=states))

    assert f"at {where}: the status of {where} says " in problem.what
    assert '"no bus" ("pointset.point.failure", level 500)' in problem.what


def test_warning_of_the_system_is_told_since_it_should_have_none() -> None:
    problem = found(STANDING, case(states=_says({}, system=HELD)))

    assert "at the system: the status of the system says" in problem.what


@pytest.mark.parametrize("status", [HELD, IllTyped("bad"), Status("text", "c", None, NOW)])
def test_status_that_is_no_error_is_sound(status: Status | IllTyped) -> None:
    assert is_sound(STANDING, case(states=_says({"mode": PointState(status=status)})))


def test_point_with_a_null_value_state_stands_written_by_nobody() -> None:
    said = decode_state(b'{"pointset":{"points":{"setpoint":{"value_state":null}}}}')

    assert is_sound(STANDING, case(states=[Said(NOW + 1, said)]))


def test_what_stands_is_told_at_first_contact() -> None:
    began = Began(NOW, FORMAT, "", Spec.UDMI_1_5, Clock.REAL, "mqtt://broker", PROFILE.as_dict())
    body = b'{"pointset":{"points":{"setpoint":{"value_state":"applied"}}}}'

    told = at_first_contact([began, Received(NOW + 1, STATE, body, retain=False)])

    assert any("no config writes setpoint" in problem.what for problem in told)
