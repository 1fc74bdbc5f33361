"""Whom a broker of ours takes for the device, and whether it is there."""

import asyncio
from dataclasses import replace

import pytest

from harness.clock import Clock, new_loop
from harness.driving.connection_tracker import ConnectionTracker
from harness.mqtt.packets import ObservedConnect, ObservedPacket, PacketKind, Replaced
from harness.record.kinds import Record
from harness.record.trace import Recorder

CONFIG = "/devices/DEV-1/config"


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def tracker(recorder: Recorder) -> ConnectionTracker:
    return ConnectionTracker(recorder, CONFIG)


def hello(client: str, *, keep_alive: int = 60, refused: bool | None = None) -> ObservedPacket:
    said = ObservedConnect("MQTT", 4, clean_session=True, keep_alive=keep_alive)
    return ObservedPacket(0.0, client, PacketKind.CONNECT, hello=said, refused=refused)


def asks(client: str, topic_filter: str = CONFIG) -> ObservedPacket:
    return ObservedPacket(0.0, client, PacketKind.SUBSCRIBE, (topic_filter,), (1,))


def gone(client: str) -> ObservedPacket:
    return ObservedPacket(0.0, client, PacketKind.LOST)


def shown(tracker: ConnectionTracker, *packets: ObservedPacket) -> ConnectionTracker:
    for seen in packets:
        tracker.see(seen)
    return tracker


def test_second_client_of_one_id_is_told_once(recorder: Recorder) -> None:
    told: list[str] = []
    over = replace(hello("DEV-1"), replaced=Replaced(1.5, 60, "127.0.0.1"), peer="127.0.0.2")

    shown(ConnectionTracker(recorder, CONFIG, told.append), hello("DEV-1"), over, over)

    [line] = told
    assert line.startswith("doctor: your network: two clients go by the id DEV-1: one from 127.0.0.2 ended the")


def test_strangers_under_many_ids_are_told_briefly(recorder: Recorder) -> None:
    told: list[str] = []
    overs = [replace(hello(f"{number}" * 99), replaced=Replaced(1.0, 60)) for number in range(20)]

    shown(ConnectionTracker(recorder, CONFIG, told.append), *overs)

    assert len(told) == 3
    assert all(len(line) < 250 for line in told)
    assert len(recorder.records) == 20


def test_somebody_else_under_our_own_id_is_written_down(tracker: ConnectionTracker, recorder: Recorder) -> None:
    over = replace(hello("setpoint-cloud-DEV-1"), replaced=Replaced(1.5, 10))
    turned_away = hello("setpoint-cloud-DEV-1", refused=True)

    shown(tracker, hello("setpoint-cloud-DEV-1"), over, turned_away)

    assert list[Record](recorder.records) == [over, turned_away]
    assert not tracker.is_up


def test_our_own_clients_are_not_written_down(tracker: ConnectionTracker, recorder: Recorder) -> None:
    shown(tracker, hello("setpoint-cloud-DEV-1"), asks("setpoint-cloud-DEV-1"))

    assert list[Record](recorder.records) == []
    assert not tracker.is_up


@pytest.mark.parametrize("topic_filter", [CONFIG, "/devices/DEV-1/#", "/devices/+/config", "#"])
def test_who_asks_for_configs_is_the_device(tracker: ConnectionTracker, topic_filter: str) -> None:
    assert shown(tracker, hello("a", keep_alive=7), asks("a", topic_filter)).is_up
    assert tracker.keep_alive == 7
    assert not shown(tracker, gone("a")).is_up


def test_who_asks_for_something_else_is_nobody(tracker: ConnectionTracker) -> None:
    assert not shown(tracker, hello("a"), asks("a", "/devices/DEV-1/commands/#")).is_up


def test_who_listens_in_to_everything_does_not_stand_for_the_device(tracker: ConnectionTracker) -> None:
    shown(tracker, hello("device", keep_alive=7), asks("device"), hello("ear"), asks("ear", "#"))

    assert shown(tracker, gone("ear")).is_up
    assert not shown(tracker, gone("device"), asks("ear", "#")).is_up
    assert tracker.keep_alive == 7


def test_device_may_come_back_by_another_name(tracker: ConnectionTracker) -> None:
    assert shown(tracker, hello("a"), asks("a"), gone("a"), hello("b"), asks("b")).is_up


def test_device_with_a_session_that_lasts_is_back_without_asking(tracker: ConnectionTracker) -> None:
    assert shown(tracker, hello("a"), asks("a"), gone("a"), hello("a")).is_up


def test_device_that_is_refused_is_not_back(tracker: ConnectionTracker) -> None:
    assert not shown(tracker, hello("a"), asks("a"), gone("a"), hello("a", refused=True)).is_up


def test_tries_are_counted_from_when_they_are_waited_for(tracker: ConnectionTracker) -> None:
    async def two_more() -> None:
        shown(tracker, hello("a", refused=True))
        waiting = asyncio.create_task(tracker.until_refused(2))
        for _ in range(2):
            await asyncio.sleep(1)
            assert not waiting.done()
            shown(tracker, hello("a", refused=True))
        await waiting

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        runner.run(two_more())


def packet(what: PacketKind, number: int, client: str = "a") -> ObservedPacket:
    return ObservedPacket(0.0, client, what, (CONFIG,), (1,), packet_id=number)


def test_device_owes_the_puback_of_every_config_that_reached_it(tracker: ConnectionTracker) -> None:
    shown(tracker, hello("a"), asks("a"), packet(PacketKind.DELIVERY, 1), packet(PacketKind.DELIVERY, 2))

    assert shown(tracker, packet(PacketKind.PUBACK, 1)).owes_acknowledgements
    assert not shown(tracker, packet(PacketKind.PUBACK, 2)).owes_acknowledgements


def test_connection_that_ends_takes_what_was_owed_with_it(tracker: ConnectionTracker) -> None:
    shown(tracker, hello("a"), asks("a"), packet(PacketKind.DELIVERY, 1))

    assert not shown(tracker, gone("a")).owes_acknowledgements


def test_puback_is_waited_for_in_vain_but_once(tracker: ConnectionTracker) -> None:
    shown(tracker, hello("a"), asks("a"), packet(PacketKind.DELIVERY, 1))

    async def wait() -> float:
        await tracker.until_acknowledged(at_most=60)
        await tracker.until_acknowledged(at_most=60)
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=lambda: new_loop(Clock.VIRTUAL)) as runner:
        assert runner.run(wait()) == 60


def test_delivery_of_other_topics_is_not_written_down(tracker: ConnectionTracker, recorder: Recorder) -> None:
    shown(tracker, ObservedPacket(0.0, "a", PacketKind.DELIVERY, ("/devices/DEV-1/state",), (1,), packet_id=1))

    assert list[Record](recorder.records) == []


def test_device_that_connects_anew_hears_nothing_until_it_subscribes(tracker: ConnectionTracker) -> None:
    assert not shown(tracker, hello("a"), asks("a")).is_deaf
    assert not shown(tracker, gone("a"), hello("another")).is_deaf
    assert shown(tracker, hello("a")).is_deaf
    assert shown(tracker, asks("a", "/devices/DEV-2/config")).is_deaf
    assert not shown(tracker, asks("a")).is_deaf


def test_device_whose_session_lasts_need_not_subscribe_again(tracker: ConnectionTracker) -> None:
    said = ObservedConnect("MQTT", 4, clean_session=False, keep_alive=60)

    assert not shown(
        tracker, hello("a"), asks("a"), gone("a"), ObservedPacket(0.0, "a", PacketKind.CONNECT, hello=said)
    ).is_deaf
