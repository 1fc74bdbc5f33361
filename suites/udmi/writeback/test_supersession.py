"""A new config takes the place of the one before, pending or not; what it no longer wants is over."""

from harness.protocols.udmi.suite import ABSENT, APPLIED, Episode, covers, given, within
from suites.udmi.limits import Limits


@covers("writeback.new-value-supersedes")
def test_new_value_supersedes_an_applied_one(plain_write: Episode, limits: Limits) -> None:
    first, second = plain_write.write("first"), plain_write.write("second")
    with given("the first value was applied"):
        first.becomes(APPLIED, within(limits.in_time))

    second.becomes(APPLIED, within(limits.in_time))
    second.is_shown(once=APPLIED)


@covers("writeback.new-value-supersedes")
def test_new_value_supersedes_a_pending_one(superseded_write: Episode, limits: Limits) -> None:
    old, new = superseded_write.write("old"), superseded_write.write("new")
    with given("the old write was still pending"):
        old.takes_its_time()
    with given("nothing had changed by the time that the new one came"):
        new.sent.met_what_it_rests_on()

    new.becomes(APPLIED, within(limits.minute))
    new.is_shown(once=APPLIED)
    new.is_sampled_closer_than_it_followed(old)


@covers("config.new-config-abandons-old")
def test_superseded_value_never_appears(superseded_write: Episode) -> None:
    old, new = superseded_write.write("old"), superseded_write.write("new")
    with given("the old write was still pending"):
        old.takes_its_time()

    new.never_shows(old.value)
    new.is_sampled_closer_than_it_followed(old)


@covers("config.new-config-abandons-old")
def test_abandoned_value_never_appears(abandoned_write: Episode) -> None:
    pending, dropped = abandoned_write.write("pending"), abandoned_write.write("dropped")
    with given("the write was still pending"):
        pending.takes_its_time()

    dropped.never_shows(pending.value)


@covers("config.replaces-the-one-before")
def test_write_that_the_new_config_lacks_is_over(abandoned_write: Episode, limits: Limits) -> None:
    with given("the write was under way"):
        abandoned_write.write("pending").takes_its_time()

    dropped = abandoned_write.write("dropped")
    dropped.becomes(ABSENT, within(limits.in_time))
    dropped.ends_as(ABSENT)


@covers("config.replaces-the-one-before")
def test_write_that_the_new_config_repeats_goes_on(abandoned_write: Episode, limits: Limits) -> None:
    write = abandoned_write.write("kept")
    with given("it was applied before"):
        write.becomes(APPLIED, within(limits.in_time))
    with given("nothing had changed by the time that the new config came"):
        abandoned_write.config("without it").met_what_it_rests_on()

    write.ends_as(APPLIED)


@covers("writeback.redelivery-changes-nothing")
def test_redelivered_config_leaves_the_write_applied(plain_write: Episode) -> None:
    plain_write.write("first").stays(APPLIED)
