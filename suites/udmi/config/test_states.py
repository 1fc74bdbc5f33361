"""States are whole, and no more than one a second. State message."""

from harness.suite import Episode, covers
from suites.udmi.windows import IN_TIME


@covers("config.at-most-one-state-a-second")
def test_states_after_a_burst_of_configs_keep_a_second_apart(config_burst: Episode) -> None:
    config_burst.states.keep_apart(1)


@covers("config.at-most-one-state-a-second")
def test_states_of_a_superseded_write_keep_a_second_apart(superseded_write: Episode) -> None:
    superseded_write.states.keep_apart(1)


@covers("config.burst-is-coalesced")
def test_last_config_of_a_burst_is_answered(config_burst: Episode) -> None:
    config_burst.config("burst 5").is_answered(IN_TIME)


@covers("config.burst-is-coalesced")
def test_configs_of_a_burst_are_not_answered_one_by_one(config_burst: Episode) -> None:
    config_burst.config("burst 5").waits_for_no_queue(longer_than=2)


@covers("config.state-is-whole")
def test_states_of_a_write_are_whole(plain_write: Episode) -> None:
    plain_write.states.are_whole()


@covers("config.state-is-whole")
def test_states_of_many_points_are_whole(many_points: Episode) -> None:
    many_points.states.are_whole()
