"""The packets that the embedded broker tells of its clients."""

import asyncio

from harness.broker import Account, Listener, ObservedPacket, PacketKind, embedded_broker
from harness.clock import VIRTUAL_BIRTHDAY, Clock
from harness.mqtt.endpoint import Login
from harness.mqtt.packets import Replaced
from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Kind, acknowledgement

OURS = BrokerUnderTest(embedded_broker, Clock.VIRTUAL)


def _seen_of(client_id: str, seen: list[ObservedPacket]) -> list[tuple[float, PacketKind, tuple[str, ...]]]:
    return [
        (packet.time - VIRTUAL_BIRTHDAY, packet.what, packet.topics) for packet in seen if packet.client_id == client_id
    ]


def test_packets_of_a_client_are_seen_when_they_are_read() -> None:
    async def check(meeting: Meeting) -> None:
        subscriber, mouth = await meeting.client("ear", acknowledges=False), await meeting.client("mouth")
        await subscriber.subscribe(("a/#", 1), ("b", 0))
        await mouth.publish("a/b", b"x", 1)
        await subscriber.heard(1)
        await asyncio.sleep(2)
        subscriber.write(acknowledgement(Kind.PUBACK, subscriber.ids[0]))
        subscriber.write(acknowledgement(Kind.PUBACK, 99))
        await asyncio.sleep(1)
        await subscriber.settle()
        await subscriber.leave()

    seen: list[ObservedPacket] = []
    OURS.run(check, Listener(watch=seen.append))

    assert _seen_of("ear", seen) == [
        (0, PacketKind.CONNECT, ()),
        (0, PacketKind.SUBSCRIBE, ("a/#", "b")),
        (0, PacketKind.DELIVERY, ("a/b",)),
        (2, PacketKind.PUBACK, ("a/b",)),
        (2, PacketKind.PUBACK, ()),
        (3, PacketKind.PINGREQ, ()),
        (3, PacketKind.DISCONNECT, ()),
    ]


def test_client_that_is_lost_is_seen_to_be() -> None:
    async def check(meeting: Meeting) -> None:
        await meeting.client("silent", keep_alive=2)
        await asyncio.sleep(10)

    seen: list[ObservedPacket] = []
    OURS.run(check, Listener(watch=seen.append))

    assert _seen_of("silent", seen) == [(0, PacketKind.CONNECT, ()), (3, PacketKind.LOST, ())]


def test_client_that_is_refused_is_seen_to_ask() -> None:
    async def check(meeting: Meeting) -> None:
        await (await meeting.client("c", login=Login("who", "knows"))).gone()

    seen: list[ObservedPacket] = []
    OURS.run(check, Listener(accounts=(Account(Login("a", "b")),), watch=seen.append))

    assert _seen_of("c", seen) == [(0, PacketKind.CONNECT, ())]


def test_connection_that_says_nothing_is_closed_after_ten_seconds() -> None:
    async def check(meeting: Meeting) -> float:
        stranger = await meeting.stranger()
        await stranger.closed.wait()
        return asyncio.get_running_loop().time()

    assert OURS.run(check) == 10


def test_client_whose_place_is_taken_is_lost_before_the_next_one_comes() -> None:
    async def check(meeting: Meeting) -> None:
        await meeting.client("twin")
        await (await meeting.client("twin")).leave()

    seen: list[ObservedPacket] = []
    OURS.run(check, Listener(watch=seen.append))

    assert [packet.what for packet in seen] == [
        PacketKind.CONNECT,
        PacketKind.LOST,
        PacketKind.CONNECT,
        PacketKind.DISCONNECT,
    ]


def test_client_that_leaves_its_name_to_the_broker_is_one_and_the_same_in_all_that_is_seen() -> None:
    async def check(meeting: Meeting) -> None:
        nameless = await meeting.client("")
        await nameless.subscribe(("a", 1))
        await nameless.leave()

    seen: list[ObservedPacket] = []
    OURS.run(check, Listener(watch=seen.append))

    assert [packet.what for packet in seen] == [PacketKind.CONNECT, PacketKind.SUBSCRIBE, PacketKind.DISCONNECT]
    assert len({packet.client_id for packet in seen}) == 1


def test_connection_whose_place_is_taken_is_told_with_its_address_and_its_silence() -> None:
    async def check(meeting: Meeting) -> None:
        first = await meeting.client("twin", keep_alive=60)
        await asyncio.sleep(7)
        await first.settle()
        await asyncio.sleep(5)
        await (await meeting.client("twin")).leave()

    seen: list[ObservedPacket] = []
    OURS.run(check, Listener(watch=seen.append))

    came = [packet for packet in seen if packet.what is PacketKind.CONNECT]
    assert [(packet.peer, packet.replaced) for packet in came] == [
        ("127.0.0.1", None),
        ("127.0.0.1", Replaced(5.0, 60, "127.0.0.1")),
    ]


def test_client_that_hung_up_and_comes_back_takes_no_place() -> None:
    async def check(meeting: Meeting) -> None:
        await (await meeting.client("c", keep_alive=60)).close()
        await meeting.client("c")

    seen: list[ObservedPacket] = []
    OURS.run(check, Listener(watch=seen.append))

    assert [packet.replaced for packet in seen if packet.what is PacketKind.CONNECT] == [None, None]
