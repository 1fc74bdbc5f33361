"""state_etag: a write rests on the state that the cloud knew. Writeback, sections cloud behavior and etag."""

import pytest

from harness.protocols.udmi.suite import ABSENT, APPLIED, INVALID, Episode, Write, covers, each, given, said, within
from suites.udmi.limits import Limits


@pytest.fixture
def outdated_etag(stale_write: Episode, limits: Limits) -> Episode:
    """The stale write's episode, once it is sure that the etag was outdated and that the point takes fresh ones."""
    with given("the point takes a write with a fresh etag"):
        stale_write.write("fresh").becomes(APPLIED, within(limits.in_time))
    with given("the etag of the stale config was outdated"):
        stale_write.config("stale config").is_outdated()
    return stale_write


@covers("etag.changes-with-state")
def test_etag_tells_the_states_of_a_write_apart(plain_write: Episode) -> None:
    plain_write.etags.tell_states_apart()


@covers("etag.changes-with-state")
def test_etag_tells_the_states_of_a_slow_write_apart(write_before_telemetry: Episode) -> None:
    write_before_telemetry.etags.tell_states_apart()


@covers("etag.changes-with-state")
def test_etag_tells_units_apart(changed_units: Episode) -> None:
    changed_units.etags.tell_states_apart()


@covers("etag.changes-with-state")
def test_etag_tells_the_states_before_and_after_an_expiry_apart(expiring_writes: Episode, limits: Limits) -> None:
    write = expiring_writes.write("first")
    with given("the write was applied, and expired"):
        write.becomes(APPLIED, within(limits.in_time))
        write.becomes(ABSENT, within(limits.in_time))

    expiring_writes.etags.tell_states_apart(about=write.point)


@covers("etag.changes-after-accepted-config")
def test_etag_changes_after_an_accepted_config(plain_write: Episode, limits: Limits) -> None:
    second = plain_write.write("second")
    with given("the second value was accepted, and is in force"):
        second.becomes(APPLIED, within(limits.in_time))
        second.is_shown(once=APPLIED)

    second.sent.changes_the_etag()


@covers("etag.fresh-is-accepted")
def test_write_with_the_latest_etag_is_accepted(plain_write: Episode, limits: Limits) -> None:
    second = plain_write.write("second")
    with given("it rests on an etag"):
        second.sent.rests_on_an_etag()

    second.becomes(APPLIED, within(limits.in_time))


@covers("etag.stale-is-invalid")
@each("label", ["stale", "beside"])
def test_every_write_of_a_stale_config_is_invalid(outdated_etag: Episode, label: str, limits: Limits) -> None:
    outdated_etag.write(label).becomes(INVALID, within(limits.in_time))


@covers("etag.stale-writes-nothing")
@each("label", ["stale", "beside"])
def test_value_of_a_stale_config_is_never_shown(outdated_etag: Episode, label: str) -> None:
    write = outdated_etag.write(label)

    write.never_shows(write.value)


@covers("etag.unwritten-points-untouched")
def test_point_that_a_stale_config_does_not_write_stays_as_it_is(outdated_etag: Episode, limits: Limits) -> None:
    with given("the config was refused"):
        outdated_etag.write("stale").becomes(INVALID, within(limits.in_time))

    outdated_etag.includes("others")
    outdated_etag.config("stale config").leaves_other_points_alone()


@covers("etag.fresh-after-rejected")
def test_write_on_the_latest_state_is_applied_after_a_rejected_one(outdated_etag: Episode, limits: Limits) -> None:
    with given("the config before was rejected"):
        outdated_etag.write("stale").becomes(INVALID, within(limits.in_time))

    outdated_etag.write("again").becomes(APPLIED, within(limits.in_time))


@pytest.fixture
def heedless(changed_units: Episode) -> Write:
    """A write that heeds no change of units, once it is sure that the device had told of another etag by then."""
    write = changed_units.write("heedless")
    with given("a change of units changes the etag"):
        changed_units.etags.tell_states_apart()
        write.sent.is_outdated()
    return write


@covers("etag.local-change-outdates")
def test_write_that_does_not_heed_a_change_of_units_is_invalid(heedless: Write, limits: Limits) -> None:
    heedless.becomes(INVALID, within(limits.in_time))


@covers("etag.local-change-outdates")
def test_value_that_does_not_heed_a_change_of_units_is_never_shown(heedless: Write) -> None:
    heedless.never_shows(heedless.value)


@covers("etag.after-rejected-config")
def test_etag_after_a_rejected_config_is_written_down(outdated_etag: Episode, limits: Limits) -> None:
    rejected = outdated_etag.write("rejected")
    with given("the config was rejected"):
        rejected.becomes(INVALID, within(limits.in_time))

    rejected.sent.observes_its_etag()


@covers("etag.missing-in-config")
def test_what_becomes_of_a_write_without_etag_is_written_down(write_without_etag: Episode) -> None:
    last = write_without_etag.write("without").last_report

    write_without_etag.observe(f"a write without etag is {said(last.value_state)}")
