"""The device's clock against ours."""

import pytest

from harness.doctor.problem import Severity
from harness.payload.values import IllTyped
from harness.protocols.udmi.doctor.case import Said
from harness.protocols.udmi.doctor.checks.clock import CLOCK
from harness.protocols.udmi.words.messages import Telemetry
from tests.protocols.udmi.doctor.cases import NOW, case, found, is_sound, telemetry


@pytest.mark.parametrize("off", [-1.9, -1.0, 0.0, 0.9])
def test_clock_that_may_be_right_is_sound(off: float) -> None:
    assert is_sound(CLOCK, case(states=[], telemetry=[telemetry(2.5, off=off)]))


@pytest.mark.parametrize(
    ("off", "weight", "said"),
    [
        (1.5, Severity.MINOR, "1.5 s ahead of ours"),
        (-2.6, Severity.MINOR, "1.6 s behind ours"),
        (7.25, Severity.GRAVE, "7.2 s ahead of ours"),
        (-60.0, Severity.GRAVE, "59.0 s behind ours"),
        (-90_000_000.0, Severity.GRAVE, "1,042 days behind ours"),
    ],
)
def test_clock_that_is_off_is_told(off: float, weight: Severity, said: str) -> None:
    problem = found(CLOCK, case(states=[], telemetry=[telemetry(2.5, off=off)]))

    assert (problem.weight, said in problem.what) == (weight, True), problem.what


def test_message_that_came_quickest_tells() -> None:
    slow, quick = telemetry(2.5, off=-6), telemetry(4.5, off=-0.1)

    assert is_sound(CLOCK, case(states=[], telemetry=[slow, quick]))


def test_device_is_not_accused_of_the_time_for_which_our_own_machine_stalled() -> None:
    heard_late = telemetry(2.5, off=-2.6)

    assert found(CLOCK, case(states=[], telemetry=[heard_late], stalled=0.5)).weight is Severity.MINOR
    assert is_sound(CLOCK, case(states=[], telemetry=[heard_late], stalled=2.0))


def test_whole_seconds_are_given_a_second() -> None:
    assert is_sound(CLOCK, case(states=[], telemetry=[telemetry(2, off=-3.0)]))


def test_retained_message_tells_nothing_of_the_clock() -> None:
    assert not list(CLOCK.find(case(states=[], telemetry=[telemetry(off=-900, retain=True)])))


@pytest.mark.parametrize("hours", [-8, 1, 2, 5.5])
def test_whole_hours_look_like_local_time(hours: float) -> None:
    problem = found(CLOCK, case(states=[], telemetry=[telemetry(2.5, off=hours * 3600 - 0.2)]))

    assert 'local time with a "Z"' in problem.mend


def test_clock_of_another_age_was_never_set() -> None:
    problem = found(CLOCK, case(states=[], telemetry=[telemetry(2.5, off=-NOW)]))

    assert "never set (1970-01-01 by its clock)" in problem.mend


def test_timestamp_that_cannot_be_read_is_told() -> None:
    problem = found(CLOCK, case(states=[], telemetry=[Said(NOW, Telemetry(IllTyped("noon")))]))

    assert "its only message has no timestamp" in problem.what
