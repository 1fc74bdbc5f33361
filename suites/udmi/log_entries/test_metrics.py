"""Metrics come as often as they are asked for. Config of the system."""

from harness.protocols.udmi.suite import Episode, covers
from suites.udmi.limits import Limits


@covers("logging.metrics")
def test_metrics_come_at_the_rate_that_is_asked_for(broken_configs: Episode, limits: Limits) -> None:
    broken_configs.metrics.come_every(5, broken_configs.config("wordy").stimulus, give_or_take=limits.late_by)


@covers("logging.metrics")
def test_no_metrics_come_where_none_are_asked_for(
    quiet_config: Episode, broken_configs: Episode, limits: Limits
) -> None:
    broken_configs.metrics.are_there()

    quiet_config.metrics.stop(quiet_config.config("quiet").stimulus, takes_in=limits.takes_in)
