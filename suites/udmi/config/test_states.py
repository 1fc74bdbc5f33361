"""States are whole, and answer what came last. State message."""

from harness.protocols.udmi.suite import Episode, across, covers, within
from suites.udmi.limits import Limits


@covers("config.burst-is-coalesced")
def test_last_config_of_a_burst_is_answered(idle_configs: Episode, limits: Limits) -> None:
    idle_configs.config("burst 5").is_answered(within(limits.in_time))


@covers("config.burst-is-coalesced")
def test_configs_of_a_burst_are_not_answered_one_by_one(idle_configs: Episode, limits: Limits) -> None:
    idle_configs.config("burst 5").waits_for_no_queue(longer_than=limits.queued)


@covers("config.state-is-whole")
@across("plain_write", "many_points", "changed_units", "expiring_writes")
def test_states_are_whole(episode: Episode) -> None:
    episode.states.are_whole()


@covers("config.last-config-is-its-timestamp")
@across("plain_write", "many_points", "changed_units", "expiring_writes", "write_before_telemetry")
def test_last_config_stays_a_timestamp_of_a_config(episode: Episode) -> None:
    episode.states.go_on_naming_configs()


@covers("config.state-carries-its-time")
@across("plain_write", "many_points", "broken_configs")
def test_states_carry_the_time_at_which_they_were_made(episode: Episode, limits: Limits) -> None:
    episode.state_header.tell_their_time(at_most=limits.twenty_minutes, give_or_take=limits.stamps_apart)


@covers("config.device-is-operational")
@across("plain_write", "many_points", "unknown_fields")
def test_device_is_operational(episode: Episode) -> None:
    episode.state_header.are_operational()


@covers("config.unsolicited-state-names-the-same")
def test_states_go_on_naming_the_config_while_no_other_comes(many_points: Episode) -> None:
    many_points.config("write").is_named_from_then_on()


@covers("config.no-flood-of-states")
def test_states_that_say_nothing_new(many_points: Episode) -> None:
    many_points.state_header.observe_repetitions()
