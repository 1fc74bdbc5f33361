"""cov_increment: changes that are told of before complete telemetry is due. Pointset, config; writeback draft."""

from harness.protocols.udmi.suite import APPLIED, Episode, covers, given, tells_of_changes, within
from suites.udmi.limits import Limits
from suites.udmi.scenarios.samples import LIMIT


@covers("telemetry.change-is-told")
def test_change_of_more_than_an_increment_is_told(moved_point: Episode, limits: Limits) -> None:
    moved_point.move("moved").is_told(within(limits.promptly))


@covers("telemetry.small-change-waits")
def test_change_of_less_than_an_increment_waits(moved_point: Episode, limits: Limits) -> None:
    tells_of_changes(moved_point.move("moved"), within(limits.promptly))

    moved_point.move("moved by little").is_not_told()


@covers("telemetry.changes-are-coalesced")
def test_changes_within_the_limit_are_told_with_the_latest_value(moved_point: Episode, limits: Limits) -> None:
    again = moved_point.move("moved again")
    tells_of_changes(moved_point.move("moved"), within(limits.promptly))
    again.was_held_back(LIMIT)

    again.is_told_as_it_is()


@covers("telemetry.write-that-changes-is-told")
def test_write_that_changes_the_point_is_told(told_writes: Episode, limits: Limits) -> None:
    with given("the write was applied"):
        applied = told_writes.write("second").becomes(APPLIED, within(limits.in_time))

    told_writes.written("second").is_told(within(limits.promptly), since=applied.stimulus)


@covers("telemetry.write-that-changes-nothing-is-not-told")
def test_write_that_changes_nothing_is_not_told(told_writes: Episode, limits: Limits) -> None:
    tells_of_changes(told_writes.written("second"), within(limits.in_time))

    told_writes.written("again").is_not_repeated()
