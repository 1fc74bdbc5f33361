"""value_state: how far a write has come. Writeback, section value_state."""

from harness.protocols.udmi.suite import (
    ABSENT,
    APPLIED,
    FAILURE,
    INVALID,
    OVERRIDDEN,
    UPDATING,
    Episode,
    ValueState,
    at,
    before_telemetry_or,
    covers,
    each,
    given,
    within,
)
from suites.udmi.limits import Limits

DOCUMENTED = {APPLIED, UPDATING, OVERRIDDEN, INVALID, FAILURE}


@covers("writeback.applied")
def test_write_of_a_good_value_is_applied(plain_write: Episode, limits: Limits) -> None:
    plain_write.write("first").becomes(APPLIED, within(limits.in_time))


@covers("writeback.absent-without-set-value")
def test_point_that_is_not_written_has_no_value_state(plain_write: Episode, limits: Limits) -> None:
    with given("another point was written meanwhile"):
        plain_write.write("first").becomes(APPLIED, within(limits.in_time))

    plain_write.includes("others")
    plain_write.write("first").sent.leaves_other_points_alone()


@covers("writeback.misspelt-is-ignored")
def test_misspelt_set_value_gets_no_value_state(odd_fields: Episode) -> None:
    odd_fields.write("misspelt").remains(ABSENT)


@covers("writeback.misspelt-is-ignored")
def test_misspelt_set_value_is_not_written(odd_fields: Episode) -> None:
    write = odd_fields.write("misspelt")

    write.never_shows(write.value)


@covers("writeback.stop-time")
def test_write_with_a_stop_time_goes_on_when_that_comes(odd_fields: Episode) -> None:
    odd_fields.write("easing").ends_as(APPLIED)


@covers("writeback.updating-in-time")
def test_unsettled_write_is_updating_in_time(many_points: Episode, limits: Limits) -> None:
    many_points.write("stuck").becomes(UPDATING, before_telemetry_or(limits.updating_in))


@covers("writeback.updating-in-time")
def test_unsettled_write_is_updating_before_the_next_telemetry(write_before_telemetry: Episode, limits: Limits) -> None:
    write_before_telemetry.write("late").becomes(UPDATING, before_telemetry_or(limits.updating_in))


@covers("writeback.updating-in-time")
@each("label", ["first", "second"])
def test_write_that_takes_its_time_is_updating_in_time(plain_write: Episode, label: str, limits: Limits) -> None:
    plain_write.write(label).becomes(UPDATING, before_telemetry_or(limits.updating_in))


@covers("writeback.failure-after-a-minute")
def test_unsettled_write_is_a_failure_after_a_minute(many_points: Episode, limits: Limits) -> None:
    write = many_points.write("stuck")
    with given("it is a point that never settles"):
        write.never_settles(within(limits.minute))

    write.becomes(FAILURE, at(limits.failure_at, give_or_take=limits.failure_tolerance))


@covers("writeback.documented-time-to-failure")
def test_time_to_failure_is_written_down(many_points: Episode, limits: Limits) -> None:
    stuck = many_points.write("stuck")

    stuck.fails_as_documented(many_points.documented_time_to_failure, give_or_take=limits.failure_tolerance)


@covers("writeback.held-point-is-overridden")
def test_write_to_a_held_point_is_overridden(many_points: Episode, limits: Limits) -> None:
    many_points.write("overridden").becomes(OVERRIDDEN, within(limits.in_time))


@covers("writeback.held-point-is-overridden")
def test_point_that_is_taken_during_a_write_is_overridden(many_points: Episode, limits: Limits) -> None:
    write, taken = many_points.write("overridden"), many_points.provocation("taken again")
    with given("the write was applied before"):
        write.until(taken).becomes(APPLIED, within(limits.in_time), since=many_points.provocation("let go"))

    write.becomes(OVERRIDDEN, within(limits.in_time), since=taken)


@covers("writeback.read-only-is-invalid")
def test_write_to_a_read_only_point_is_invalid(many_points: Episode, limits: Limits) -> None:
    many_points.write("read_only").becomes(INVALID, within(limits.in_time))


@covers("writeback.unfit-value-is-invalid")
@each("label", ["out of range", "wrong type"])
def test_value_that_the_point_cannot_take_is_invalid(refused_values: Episode, label: str, limits: Limits) -> None:
    with given("the point takes a good value"):
        refused_values.write("good").becomes(APPLIED, within(limits.in_time))

    refused_values.write(label).becomes(INVALID, within(limits.in_time))


@covers("writeback.device-error-is-failure")
def test_write_to_a_faulty_point_is_a_failure(many_points: Episode, limits: Limits) -> None:
    many_points.write("faulty").becomes(FAILURE, within(limits.in_time))


@covers("writeback.device-error-is-failure")
def test_point_that_breaks_during_a_write_is_a_failure(many_points: Episode, limits: Limits) -> None:
    write, broken = many_points.write("faulty"), many_points.provocation("broken again")
    with given("the write was applied before"):
        write.until(broken).becomes(APPLIED, within(limits.in_time), since=many_points.provocation("mended"))
    with given("the value is no longer in force then"):
        write.loses_its_value(since=broken)

    write.becomes(FAILURE, within(limits.in_time), since=broken)


@covers("writeback.value-state-is-known")
def test_value_state_is_one_of_the_schema(many_points: Episode) -> None:
    many_points.states.know_only(set(ValueState))


@covers("writeback.value-state-is-documented")
def test_value_state_is_one_of_the_documents(many_points: Episode) -> None:
    many_points.states.know_only(DOCUMENTED)
