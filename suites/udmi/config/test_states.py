"""States are whole, and no more than one a second. State message."""

from harness.suite import Episode, across, covers
from suites.udmi.windows import IN_TIME


@covers("config.at-most-one-state-a-second")
@across("idle_configs", "superseded_write", "plain_write", "many_points", "changed_units", "stale_write")
def test_states_keep_a_second_apart(episode: Episode) -> None:
    episode.states.keep_apart(1)


@covers("config.burst-is-coalesced")
def test_last_config_of_a_burst_is_answered(idle_configs: Episode) -> None:
    idle_configs.config("burst 5").is_answered(IN_TIME)


@covers("config.burst-is-coalesced")
def test_configs_of_a_burst_are_not_answered_one_by_one(idle_configs: Episode) -> None:
    idle_configs.config("burst 5").waits_for_no_queue(longer_than=2)


@covers("config.state-is-whole")
@across("plain_write", "many_points", "changed_units", "expiring_writes")
def test_states_are_whole(episode: Episode) -> None:
    episode.states.are_whole()


@covers("config.last-config-is-its-timestamp")
@across("plain_write", "many_points", "changed_units", "expiring_writes", "write_before_telemetry")
def test_last_config_stays_a_timestamp_of_a_config(episode: Episode) -> None:
    episode.states.go_on_naming_configs()
