"""A device that lost its connection comes back, and takes up where it was. MQTT client, connectivity; compliance."""

from harness.suite import ABSENT, APPLIED, Episode, covers, given, within
from suites.udmi.windows import IN_TIME

TWO_MINUTES = within(125)  # between two tries, and what a try may take
AT_LAST = within(305)  # for one that leaves more room than it may, but does not give up


@covers("connection.reconnects")
def test_device_that_was_cut_off_tries_to_connect_again(refused_link: Episode) -> None:
    refused_link.connection.outage("refused").is_met(TWO_MINUTES)


@covers("connection.reconnects")
def test_device_that_was_cut_off_connects_again(lost_link: Episode) -> None:
    lost_link.connection.outage("lost").ends(TWO_MINUTES, since=lost_link.provocation("let in"))


@covers("connection.reconnects")
def test_device_whose_broker_was_away_connects_again(stale_config: Episode) -> None:
    stale_config.connection.outage("away").ends(TWO_MINUTES, since=stale_config.provocation("listening again"))


@covers("connection.keeps-trying")
def test_device_that_is_refused_goes_on_trying(refused_link: Episode) -> None:
    refused_link.connection.outage("refused").ends(AT_LAST, since=refused_link.provocation("let in"))


@covers("connection.backs-off")
def test_gaps_between_tries_grow(refused_link: Episode) -> None:
    refused_link.connection.outage("refused").gaps_grow()


@covers("connection.gaps-of-two-minutes-at-most")
def test_gaps_between_tries_stay_within_two_minutes(refused_link: Episode) -> None:
    refused_link.connection.outage("refused").gaps_stay_within(120)


@covers("connection.buffers-telemetry")
def test_what_was_measured_without_a_connection_is_sent_afterwards(lost_link: Episode) -> None:
    lost_link.connection.outage("lost").brings_what_was_measured()


@covers("connection.takes-up-what-changed")
def test_config_that_changed_meanwhile_is_taken_up(lost_link: Episode) -> None:
    with given("the device took writes before"):
        lost_link.write("before").becomes(APPLIED, IN_TIME)

    lost_link.write("changed").becomes(ABSENT, IN_TIME, since=lost_link.connection.outage("lost").end)


@covers("connection.takes-up-what-changed")
def test_config_that_follows_a_stale_one_is_taken_up(stale_config: Episode) -> None:
    with given("the device took writes before"):
        stale_config.write("before").becomes(APPLIED, IN_TIME)

    stale_config.write("changed").becomes(ABSENT, IN_TIME, since=stale_config.config("current").act)
