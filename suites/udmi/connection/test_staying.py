"""The device connects once, and stays connected. Compliance, endpoint; MQTT 3.1.1, keep alive."""

from harness.protocols.udmi.suite import Episode, across, covers
from suites.udmi.limits import Limits


@covers("connection.stays-up")
@across("plain_write", "many_points", "broken_configs", "unknown_fields")
def test_device_stays_connected(episode: Episode) -> None:
    episode.connection.is_kept()


@covers("connection.keep-alive")
def test_device_that_has_nothing_to_say_keeps_its_connection_alive(idle_link: Episode, limits: Limits) -> None:
    idle_link.connection.is_never_silent_too_long(keep_alives=limits.keep_alives)
