"""Points are independent, and what concerns one is said of that one."""

from harness.protocols.udmi.suite import APPLIED, Episode, Write, covers, given, within
from suites.udmi.limits import Limits


@covers("writeback.points-are-independent")
def test_good_write_beside_bad_ones_is_applied(many_points: Episode, plain_write: Episode, limits: Limits) -> None:
    with given("the same write alone is applied"):
        plain_write.write("first").becomes(APPLIED, within(limits.in_time))
    many_points.any_in_error("read_only", "overridden", "faulty")

    many_points.write("writable").becomes(APPLIED, within(limits.in_time))


@covers("writeback.value-in-current-units")
def test_write_is_taken_in_the_units_that_the_device_reports(changed_units: Episode, limits: Limits) -> None:
    write: Write = changed_units.write("in new units")

    write.becomes(APPLIED, within(limits.in_time))
    write.is_shown(once=APPLIED)
