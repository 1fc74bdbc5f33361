"""Every config has its PUBACK, and one that comes twice does no harm. Compliance, endpoint."""

from harness.protocols.udmi.suite import APPLIED, Episode, across, covers, given, within
from suites.udmi.limits import Limits


@covers("connection.acknowledges-configs")
@across("plain_write", "idle_configs", "many_points")
def test_every_config_is_acknowledged(episode: Episode, limits: Limits) -> None:
    with given("the device asked for configs at QoS 1"):
        episode.connection.asks_for_configs(qos=1)

    episode.connection.acknowledges_every_config(at_most=limits.acknowledged)


@covers("connection.acknowledges-configs")
def test_config_that_comes_twice_is_acknowledged_twice(duplicate_config: Episode, limits: Limits) -> None:
    with given("the device asked for configs at QoS 1"):
        duplicate_config.connection.asks_for_configs(qos=1)

    duplicate_config.connection.acknowledges_again(
        since=duplicate_config.provocation("duplicate"), at_most=limits.acknowledged
    )


@covers("connection.duplicate-does-no-harm")
def test_config_after_one_that_came_twice_is_taken_up(
    duplicate_config: Episode, plain_write: Episode, limits: Limits
) -> None:
    with given("a second value is applied where nothing came twice"):
        plain_write.write("second").becomes(APPLIED, within(limits.in_time))
        plain_write.write("second").is_shown(once=APPLIED)
    with given("the write was applied"):
        duplicate_config.write("first").becomes(APPLIED, within(limits.in_time))

    duplicate_config.write("second").becomes(APPLIED, within(limits.in_time))
