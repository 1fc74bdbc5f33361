"""Points are independent, and what concerns one is said of that one."""

from harness.suite import APPLIED, INVALID, Episode, Write, covers, given
from suites.udmi.windows import IN_TIME


@covers("writeback.points-are-independent")
def test_good_write_beside_bad_ones_is_applied(many_points: Episode, plain_write: Episode) -> None:
    with given("the same write alone is applied"):
        plain_write.write("first").becomes(APPLIED, IN_TIME)
    with given("another write of the config was refused"):
        many_points.write("read_only").becomes(INVALID, IN_TIME)

    many_points.write("writable").becomes(APPLIED, IN_TIME)


@covers("writeback.value-in-current-units")
def test_write_is_taken_in_the_units_that_the_device_reports(changed_units: Episode) -> None:
    write: Write = changed_units.write("in new units")

    write.becomes(APPLIED, IN_TIME)
    write.is_shown(once=APPLIED)
