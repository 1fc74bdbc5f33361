"""A device that lost its connection comes back, and takes up where it was. MQTT client, connectivity; compliance."""

from harness.protocols.udmi.suite import ABSENT, APPLIED, Episode, covers, given, within
from suites.udmi.limits import Limits


@covers("connection.reconnects")
def test_device_that_was_cut_off_tries_to_connect_again(refused_link: Episode, limits: Limits) -> None:
    refused_link.connection.reconnection("refused").is_met(within(limits.two_minutes))


@covers("connection.reconnects")
def test_device_that_was_cut_off_connects_again(lost_link: Episode, limits: Limits) -> None:
    lost_link.connection.reconnection("lost").ends(within(limits.two_minutes), since=lost_link.provocation("let in"))


@covers("connection.reconnects")
def test_device_whose_broker_was_away_connects_again(stale_config: Episode, limits: Limits) -> None:
    stale_config.connection.reconnection("away").ends(
        within(limits.two_minutes), since=stale_config.provocation("listening again")
    )


@covers("connection.keeps-trying")
def test_device_that_is_refused_goes_on_trying(refused_link: Episode, limits: Limits) -> None:
    refused_link.connection.reconnection("refused").ends(
        within(limits.at_last), since=refused_link.provocation("let in")
    )


@covers("connection.backs-off")
def test_gaps_between_tries_grow(refused_link: Episode, limits: Limits) -> None:
    refused_link.connection.reconnection("refused").gaps_grow(connected_for=limits.connected_for)


@covers("connection.gaps-of-two-minutes-at-most")
def test_gaps_between_tries_stay_within_two_minutes(refused_link: Episode, limits: Limits) -> None:
    refused_link.connection.reconnection("refused").gaps_stay_within(
        limits.between_tries, a_try=limits.a_try, refused_for=limits.refused_for
    )


@covers("connection.buffers-telemetry")
def test_what_was_measured_without_a_connection_is_sent_afterwards(lost_link: Episode) -> None:
    lost_link.connection.reconnection("lost").brings_what_was_measured()


@covers("connection.takes-up-what-changed")
def test_device_that_was_refused_hears_configs_once_it_is_back(refused_link: Episode, limits: Limits) -> None:
    with given("a config was answered before"):
        refused_link.config("no metrics").is_answered(within(limits.in_time))

    refused_link.config("back").is_answered(within(limits.in_time))


@covers("connection.takes-up-what-changed")
def test_config_that_changed_meanwhile_is_taken_up(lost_link: Episode, limits: Limits) -> None:
    with given("the device took writes before"):
        lost_link.write("before").becomes(APPLIED, within(limits.in_time))

    lost_link.write("changed").becomes(
        ABSENT, within(limits.in_time), since=lost_link.connection.reconnection("lost").end
    )


@covers("connection.takes-up-what-changed")
def test_config_that_follows_a_stale_one_is_taken_up(stale_config: Episode, limits: Limits) -> None:
    with given("the device took writes before"):
        stale_config.write("before").becomes(APPLIED, within(limits.in_time))

    stale_config.write("changed").becomes(ABSENT, within(limits.in_time), since=stale_config.config("current").stimulus)
