"""For whom a device publishes, and by which filters it gets its configs."""

from dataclasses import replace

import pytest

from harness.judging.connection.connection import Connection
from harness.judging.verdicts.verdict import CouldNotTest, NotObserved, Undecided
from harness.mqtt.packets import PacketKind
from harness.record.left_out import NotApplicable, OutOfView
from tests.protocols.udmi.judging.history_builder import HistoryBuilder, history

OWN = "/devices/DEV-1"


def publishing(*topics: str) -> HistoryBuilder:
    """A device that is connected, and publishes there."""
    builder = history().connects(at=-5)
    for topic in topics:
        builder.seen(PacketKind.PUBLISH, at=0, topics=(topic,), qos=(1,))
    return builder


def of(builder: HistoryBuilder) -> Connection:
    """Up to the end."""
    return builder.closed(at=9).connection


@pytest.mark.parametrize("topic", ["/devices/DEV-2/uptime", "acme/devices/DEV-2/state", "acme/heartbeat"])
def test_topics_that_are_no_devices_are_free(topic: str) -> None:
    of(publishing(f"{OWN}/state", f"{OWN}/events/pointset", topic)).publishes_as_itself()


@pytest.mark.parametrize("suffix", ["state", "events/pointset", "events", "config", "commands/\x1b[31m"])
def test_topic_of_another_device_is_accused(suffix: str) -> None:
    with pytest.raises(NotObserved, match="DEV-1 should publish on its own topics, but did on /devices/DEV-2/") as told:
        of(publishing(f"{OWN}/state", f"/devices/DEV-2/{suffix}")).publishes_as_itself()

    assert str(told.value).isprintable()


@pytest.mark.parametrize("topic_filter", ["/devices/DEV-2/config", "/devices/DEV-2/#", "/devices/+/config"])
def test_gateway_speaks_for_those_whose_configs_it_takes(topic_filter: str) -> None:
    speaking = publishing("/devices/DEV-2/state")

    of(speaking.seen(PacketKind.SUBSCRIBE, at=1, topics=(topic_filter,), qos=(1,))).publishes_as_itself()


def test_what_another_client_publishes_is_not_the_devices() -> None:
    beside = publishing(f"{OWN}/state").seen(PacketKind.PUBLISH, at=1, client="DEV-2", topics=("/devices/DEV-2/state",))

    of(beside).publishes_as_itself()


def test_publishing_of_nobody_known_is_undecided() -> None:
    stranger = history().seen(PacketKind.PUBLISH, at=0, client="stranger", topics=("/devices/DEV-2/state",))

    with pytest.raises(Undecided, match="nobody asked"):
        of(stranger).publishes_as_itself()


def test_device_that_publishes_nothing_is_undecided() -> None:
    with pytest.raises(Undecided, match="published nothing"):
        of(publishing()).publishes_as_itself()
    with pytest.raises(CouldNotTest, match="broken off"):
        publishing().closed(at=9, cut_short="broken off").connection.publishes_as_itself()


def test_device_that_speaks_on_another_connection_than_it_hears_on_is_not_known_there() -> None:
    apart = publishing().seen(PacketKind.PUBLISH, at=0, client="DEV-1-speaks", topics=(f"{OWN}/state",)).state(at=0)

    with pytest.raises(NotApplicable, match="speaks on another, which may be anybody's"):
        of(apart).publishes_as_itself()


def test_publishing_behind_a_foreign_broker_is_out_of_view() -> None:
    with pytest.raises(OutOfView, match="needs listen://"):
        of(history()).publishes_as_itself()


def test_scheme_under_which_every_topic_is_a_devices_does_not_concern_it() -> None:
    told = publishing("acme/state").closed(at=9).history
    anywhere = replace(told, profile=replace(told.profile, topics="{id}"))

    with pytest.raises(NotApplicable, match="in the profile"):
        Connection(anywhere, publishing().closed(at=9).evidence).publishes_as_itself()


def asking(**filters: int) -> HistoryBuilder:
    """A device that subscribes to these, at these QoS, and to nothing else."""
    return history().seen(
        PacketKind.SUBSCRIBE, at=-5, topics=tuple(f"{OWN}/{end}" for end in filters), qos=tuple(filters.values())
    )


def test_device_that_asks_for_more_than_its_configs_asks_for_them() -> None:
    of(asking(**{"#": 1})).asks_for_configs(qos=1)
    of(asking(**{"+": 1})).asks_for_configs(qos=1)
    with pytest.raises(NotObserved, match="asked for QoS 0"):
        of(asking(**{"#": 0})).asks_for_configs(qos=1)


def test_very_topic_of_the_configs_goes_before_a_wildcard() -> None:
    of(asking(**{"#": 0, "config": 1})).asks_for_configs(qos=1)
    with pytest.raises(NotObserved, match="asked for QoS 0"):
        of(asking(**{"#": 1, "config": 0})).asks_for_configs(qos=1)


def test_device_that_asks_for_everything_but_configs_never_asked() -> None:
    with pytest.raises(NotObserved, match="never did"):
        of(asking(**{"commands/#": 1})).asks_for_configs(qos=1)


@pytest.mark.parametrize("topic_filter", ["/devices/DEV-2/config", "acme/#"])
def test_other_device_that_came_in_its_place_owes_no_subscription(topic_filter: str) -> None:
    other = history().seen(PacketKind.CONNECT, at=-6, client="DEV-2")
    other.seen(PacketKind.SUBSCRIBE, at=-5, client="DEV-2", topics=(topic_filter,), qos=(1,))

    with pytest.raises(Undecided, match="nobody came who asks for its configs"):
        of(other).asks_for_configs(qos=1)


def test_device_of_any_client_id_that_speaks_at_its_topics_is_known_and_never_asked() -> None:
    speaking = history().seen(PacketKind.PUBLISH, at=-5, client="mqttjs_1", topics=(f"{OWN}/state",), qos=(1,))

    with pytest.raises(NotObserved, match="never did"):
        of(speaking).asks_for_configs(qos=1)
