"""Metrics come as often as they are asked for. Config of the system."""

from harness.suite import Episode, covers

_TOLERANCE = 1.5  # seconds: no source sets one here; UDMI's own sequencer lets telemetry be late by so much


@covers("logging.metrics")
def test_metrics_come_at_the_rate_that_is_asked_for(broken_configs: Episode) -> None:
    broken_configs.metrics.come_every(5, broken_configs.config("wordy").act, give_or_take=_TOLERANCE)


@covers("logging.metrics")
def test_no_metrics_come_where_none_are_asked_for(quiet_config: Episode, broken_configs: Episode) -> None:
    broken_configs.metrics.are_there()

    quiet_config.metrics.stop(quiet_config.config("quiet").act)
