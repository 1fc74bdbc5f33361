"""set_value_expiry: a write has a time to live. Writeback, section value expiration."""

from harness.protocols.udmi.suite import ABSENT, APPLIED, INVALID, UPDATING, Episode, covers, each, given, within
from suites.udmi.limits import Limits


@covers("expiry.missing-is-invalid")
def test_write_without_expiry_is_invalid(bad_expiries: Episode, limits: Limits) -> None:
    bad_expiries.write("missing").becomes(INVALID, within(limits.in_time))


@covers("expiry.not-after-config-is-invalid")
@each("label", ["equal", "before"])
def test_write_that_expires_no_later_than_its_config_is_invalid(
    bad_expiries: Episode, label: str, limits: Limits
) -> None:
    bad_expiries.write(label).becomes(INVALID, within(limits.in_time))


@covers("expiry.already-past-changes-nothing")
@each("label", ["late", "beside"])
def test_write_that_comes_too_late_is_never_shown(past_expiry: Episode, label: str) -> None:
    late = past_expiry.write(label)
    with given("its time was up by the device's clock too"):
        late.came_too_late()

    late.never_shows(late.value)


@covers("expiry.already-past-changes-nothing")
def test_write_that_comes_too_late_gets_no_value_state(past_expiry: Episode) -> None:
    late = past_expiry.write("beside")
    with given("its time was up by the device's clock too"):
        late.came_too_late()

    late.remains(ABSENT)


@covers("expiry.already-past-changes-nothing")
def test_config_that_comes_too_late_leaves_the_write_before_it_in_force(past_expiry: Episode, limits: Limits) -> None:
    with given("the write before it was applied"):
        past_expiry.write("standing").becomes(APPLIED, within(limits.in_time))
    with given("the time of the later one was up by the device's clock too"):
        past_expiry.write("late").came_too_late()

    past_expiry.write("late").remains(APPLIED)


@covers("expiry.replaces-earlier")
def test_later_expiry_replaces_the_earlier_one(replaced_expiry: Episode, plain_write: Episode, limits: Limits) -> None:
    brief, lasting = replaced_expiry.write("brief"), replaced_expiry.write("lasting")
    with given("the second expiry had come by the first"):
        lasting.until(brief.expiry).becomes(APPLIED, within(limits.minute))
    with given("telemetry shows such a value as long as it is in force"):
        plain_write.write("first").is_shown(once=APPLIED)

    lasting.stays(APPLIED)
    lasting.is_shown(once=APPLIED, since=brief.past_expiry(limits.expires_in))


@covers("expiry.replaces-earlier")
def test_expiry_of_a_replaced_value_does_not_end_the_new_one(
    rewritten_before_expiry: Episode, plain_write: Episode, limits: Limits
) -> None:
    brief, lasting = rewritten_before_expiry.write("brief"), rewritten_before_expiry.write("lasting")
    with given("the new value was applied before the time of the old one was up"):
        lasting.until(brief.expiry).becomes(APPLIED, within(limits.minute))
    with given("telemetry shows such a value as long as it is in force"):
        plain_write.write("second").is_shown(once=APPLIED)

    lasting.stays(APPLIED)
    lasting.is_shown(once=APPLIED, since=brief.past_expiry(limits.expires_in))


@covers("expiry.replaces-earlier")
def test_expiry_of_a_replaced_value_does_not_end_a_new_one_on_its_way(
    rewritten_before_expiry: Episode, limits: Limits
) -> None:
    brief, anew = rewritten_before_expiry.write("brief"), rewritten_before_expiry.write("anew")
    with given("the new value was on its way before the time of the old one was up"):
        anew.until(brief.expiry).becomes(UPDATING, within(limits.minute))

    anew.stays(UPDATING)


@covers("expiry.replaces-earlier")
def test_sooner_expiry_replaces_the_later_one(expiring_writes: Episode, limits: Limits) -> None:
    write = expiring_writes.write("first")

    write.becomes(ABSENT, within(limits.expires_in), since=write.expiry)


@covers("expiry.ends-the-write")
def test_write_lasts_until_it_expires(expiring_writes: Episode) -> None:
    write = expiring_writes.write("first")

    write.stays(APPLIED, until=write.expiry)


@covers("expiry.ends-the-write")
def test_expired_write_has_no_value_state(expiring_writes: Episode, limits: Limits) -> None:
    write = expiring_writes.write("first")
    with given("it lasted until then"):
        write.stays(APPLIED, until=write.expiry)

    write.becomes(ABSENT, within(limits.expires_in), since=write.expiry)


@covers("expiry.ends-the-write")
def test_expired_value_is_no_longer_shown(expiring_writes: Episode) -> None:
    write = expiring_writes.write("first")

    write.no_more_shows(write.value, once=ABSENT, since=write.expiry)


@covers("expiry.ends-every-write")
def test_second_write_of_the_config_expires_with_the_first(expiring_writes: Episode, limits: Limits) -> None:
    write = expiring_writes.write("second")
    with given("it lasted until then"):
        write.stays(APPLIED, until=write.expiry)

    write.becomes(ABSENT, within(limits.expires_in), since=write.expiry)


@covers("expiry.after-release-changes-nothing")
def test_expiry_of_a_released_write_does_not_end_a_later_one(
    released_before_expiry: Episode, plain_write: Episode, limits: Limits
) -> None:
    write, later = released_before_expiry.write("write"), released_before_expiry.write("later")
    with given("the first write was over"):
        released_before_expiry.write("released").becomes(ABSENT, within(limits.in_time))
    with given("the later one was applied before the first expired"):
        later.until(write.expiry).becomes(APPLIED, within(limits.minute))
    with given("telemetry shows such a value as long as it is in force"):
        plain_write.write("second").is_shown(once=APPLIED)

    later.stays(APPLIED)
    later.is_shown(once=APPLIED, since=write.past_expiry(limits.expires_in))


@covers("expiry.ends-a-pending-write")
def test_write_that_expires_on_its_way_is_over(expiring_writes: Episode, limits: Limits) -> None:
    write = expiring_writes.write("stuck")
    with given("it was still on its way"):
        write.until(write.expiry).becomes(UPDATING, within(limits.in_time))

    write.becomes(ABSENT, within(limits.expires_in), since=write.expiry)
