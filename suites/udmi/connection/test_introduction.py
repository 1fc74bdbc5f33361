"""How the device introduces itself, and how it asks for its configs. Compliance, endpoint; implementation notes."""

from harness.protocols.udmi.suite import Episode, across, covers
from suites.udmi.limits import Limits


@covers("connection.mqtt-3.1.1")
def test_device_speaks_mqtt_3_1_1(idle_configs: Episode) -> None:
    idle_configs.connection.speaks("MQTT 3.1.1", level=4)


@covers("connection.subscribes-at-qos-1")
def test_device_asks_for_its_configs_at_qos_1(idle_configs: Episode) -> None:
    idle_configs.connection.asks_for_configs(qos=1)


@covers("connection.subscribes-at-qos-1")
def test_device_that_is_back_asks_for_its_configs_at_qos_1(lost_link: Episode) -> None:
    lost_link.connection.asks_for_configs(qos=1)


@covers("connection.subscribes-at-qos-1")
def test_device_that_is_back_with_a_clean_session_asks_for_its_configs_anew(
    refused_link: Episode, limits: Limits
) -> None:
    refused_link.connection.asks_again(refused_link.connection.reconnection("refused").end, at_most=limits.in_time)


@covers("connection.manners")
@across("idle_configs", "lost_link")
def test_device_has_manners_of_its_own(episode: Episode) -> None:
    episode.connection.observes_manners()


@covers("connection.checks-the-certificate")
def test_device_does_not_talk_to_a_server_that_nobody_vouches_for(wrong_certificate: Episode) -> None:
    connection = wrong_certificate.connection

    connection.reconnection("stranger").stays_away(until=wrong_certificate.provocation("itself again"))
