"""Telemetry is the proof: an applied value shows, and no other does. Writeback, section value_state."""

from harness.protocols.udmi.suite import (
    ABSENT,
    APPLIED,
    FAILURE,
    INVALID,
    OVERRIDDEN,
    Episode,
    ValueState,
    covers,
    each,
    given,
    within,
)
from suites.udmi.limits import Limits


@covers("writeback.telemetry-follows")
@each("label", ["first", "second"])
def test_telemetry_shows_an_applied_value(plain_write: Episode, label: str) -> None:
    plain_write.write(label).is_shown(once=APPLIED)


@covers("writeback.telemetry-follows")
def test_telemetry_shows_a_value_that_settled_slowly(write_before_telemetry: Episode) -> None:
    write_before_telemetry.write("late").is_shown(once=APPLIED)


@covers("writeback.telemetry-follows")
@each(("label", "until"), [("overridden", "taken again"), ("faulty", "broken again")])
def test_telemetry_shows_a_value_whose_obstacle_is_gone(many_points: Episode, label: str, until: str) -> None:
    many_points.write(label).until(many_points.provocation(until)).is_shown(once=APPLIED)


@covers("writeback.not-shown-before-applied")
def test_unsettled_write_is_not_shown(write_before_telemetry: Episode, limits: Limits) -> None:
    write = write_before_telemetry.write("late")
    with given("it took its time"):
        write.takes_its_time()

    write.is_not_shown(write.value, before=APPLIED, ahead=limits.a_second)


@covers("writeback.not-shown-before-applied")
def test_write_that_never_settles_is_not_shown(many_points: Episode, limits: Limits) -> None:
    write = many_points.write("stuck")

    write.until(many_points.provocation("loosened")).is_not_shown(write.value, before=APPLIED, ahead=limits.a_second)


@covers("writeback.refused-value-is-not-shown")
def test_refused_value_is_not_shown_for_a_read_only_point(many_points: Episode, limits: Limits) -> None:
    write = many_points.write("read_only")
    with given("it was refused"):
        write.becomes(INVALID, within(limits.in_time))

    write.never_shows(write.value)


@covers("writeback.refused-value-is-not-shown")
def test_refused_value_is_not_shown_for_a_value_out_of_range(refused_values: Episode, limits: Limits) -> None:
    write = refused_values.write("out of range")
    with given("it was refused"):
        write.becomes(INVALID, within(limits.in_time))

    write.never_shows(write.value)


@covers("writeback.refused-value-is-not-shown")
@each(("label", "error", "until"), [("overridden", OVERRIDDEN, "let go"), ("faulty", FAILURE, "mended")])
def test_refused_value_is_not_shown_until_the_obstacle_is_gone(
    many_points: Episode, label: str, error: ValueState, until: str, limits: Limits
) -> None:
    write = many_points.write(label).until(many_points.provocation(until))
    with given("it was not done"):
        write.becomes(error, within(limits.in_time))

    write.never_shows(write.value)


@covers("writeback.release-restores-value")
def test_released_point_shows_its_own_value(plain_write: Episode) -> None:
    with given("the write was shown"):
        plain_write.write("second").is_shown(once=APPLIED)

    plain_write.write("released").no_more_shows(plain_write.write("second").value, once=ABSENT)
