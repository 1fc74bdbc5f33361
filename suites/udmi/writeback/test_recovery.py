"""A device never gives up: once the obstacle is gone the write is applied, without a new config."""

from harness.protocols.udmi.suite import (
    ABSENT,
    APPLIED,
    FAILURE,
    INVALID,
    OVERRIDDEN,
    Episode,
    covers,
    each,
    given,
    within,
)
from suites.udmi.limits import Limits


@covers("writeback.never-gives-up")
def test_overridden_write_is_applied_once_the_point_is_let_go(many_points: Episode, limits: Limits) -> None:
    write, let_go = many_points.write("overridden"), many_points.provocation("let go")
    with given("the write was overridden"):
        write.becomes(OVERRIDDEN, within(limits.in_time))

    write.becomes(APPLIED, within(limits.in_time), since=let_go)


@covers("writeback.never-gives-up")
def test_failed_write_is_applied_once_the_fault_is_gone(many_points: Episode, limits: Limits) -> None:
    write, mended = many_points.write("faulty"), many_points.provocation("mended")
    with given("the write had failed"):
        write.becomes(FAILURE, within(limits.in_time))

    write.becomes(APPLIED, within(limits.in_time), since=mended)


@covers("writeback.never-gives-up")
def test_write_that_failed_after_a_minute_is_applied_once_it_can_settle(many_points: Episode, limits: Limits) -> None:
    write, loosened = many_points.write("stuck"), many_points.provocation("loosened")
    with given("the write was reported as failure"):
        write.until(loosened).ends_as(FAILURE)

    write.becomes(APPLIED, within(limits.in_time), since=loosened)


@covers("status.recovery-clears-status")
@each(("label", "since"), [("overridden", "let go"), ("faulty", "mended"), ("stuck", "loosened")])
def test_recovered_point_has_no_status(many_points: Episode, label: str, since: str, limits: Limits) -> None:
    write, obstacle_gone = many_points.write(label), many_points.provocation(since)
    with given("the point explained its error"):
        write.in_error().explains_itself()
    with given("the write was applied then"):
        write.becomes(APPLIED, within(limits.in_time), since=obstacle_gone)

    write.clears(within(limits.in_time), since=obstacle_gone)


@covers("status.recovery-clears-status")
def test_good_write_after_a_refused_one_has_no_status(refused_values: Episode, limits: Limits) -> None:
    with given("the point explained its refusal"):
        refused_values.write("out of range").becomes(INVALID, within(limits.in_time)).explains_itself()
    with given("the good value is applied"):
        refused_values.write("good again").becomes(APPLIED, within(limits.in_time))

    refused_values.write("good again").clears(within(limits.in_time))


@covers("status.sticks-while-it-lasts")
def test_status_is_still_there_after_the_next_config(refused_values: Episode) -> None:
    refused_values.write("out of range").keeps_explaining_itself()


@covers("status.sticks-while-it-lasts")
@each("label", ["read_only", "overridden", "faulty"])
def test_status_is_still_there_when_something_else_is_reported(many_points: Episode, label: str) -> None:
    many_points.write(label).keeps_explaining_itself()


@covers("writeback.release-clears-value-state")
def test_released_point_has_no_value_state(plain_write: Episode, limits: Limits) -> None:
    with given("the point was written"):
        plain_write.write("second").becomes(APPLIED, within(limits.in_time))

    plain_write.write("released").becomes(ABSENT, within(limits.in_time))
