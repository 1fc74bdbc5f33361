"""Keeping a client's place, and taking one over: the fate of messages that were under way on it."""

import asyncio

import pytest

from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Kind, Message, acknowledgement, frame, publish, text


@pytest.mark.parametrize(
    "packet",
    [publish(Message("a", b""), 0), frame(Kind.SUBSCRIBE, b"\x00\x01" + text("a") + b"\x00", flags=2)],
    ids=["PUBLISH", "SUBSCRIBE"],
)
def test_client_is_kept_by_whatever_it_says(broker: BrokerUnderTest, packet: bytes) -> None:
    async def check(meeting: Meeting) -> bool:
        client = await meeting.client("c", keep_alive=1)
        for _ in range(9):  # Mosquitto looks every five seconds
            await asyncio.sleep(0.8)
            client.write(packet)
        await client.settle()
        return client.closed.is_set()

    assert not broker.run(check)


def test_client_that_promises_nothing_may_be_silent(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> bool:
        client = await meeting.client("c", keep_alive=0)
        await asyncio.sleep(7)
        await client.settle()
        return client.closed.is_set()

    assert not broker.run(check)


@pytest.mark.parametrize("qos", [1, 2])
def test_message_under_way_to_a_place_that_is_taken_comes_to_the_next_as_a_duplicate(
    broker: BrokerUnderTest, qos: int
) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        first = await meeting.client("twin", clean=False, acknowledges=False)
        await first.subscribe(("x", qos))
        await (await meeting.client("mouth")).publish("x", b"1", qos)
        await first.heard(1)
        return await (await meeting.client("twin", clean=False)).settle()

    assert broker.run(check) == [Message("x", b"1", qos, dup=True)]


def test_acknowledgements_may_come_in_any_order(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        slow, mouth = await meeting.client("ear", clean=False, acknowledges=False), await meeting.client("mouth")
        await slow.subscribe(("x", 1))
        for payload in (b"1", b"2", b"3"):
            await mouth.publish("x", payload, 1)
        await slow.heard(3)
        for packet_id in (slow.ids[2], slow.ids[0]):
            slow.write(acknowledgement(Kind.PUBACK, packet_id))
        await slow.settle()
        await slow.close()
        return await (await meeting.client("ear", clean=False)).settle()

    assert broker.run(check) == [Message("x", b"2", 1, dup=True)]


def test_message_said_twice_as_a_duplicate_at_qos_1_is_passed_on_without_the_flag(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber, mouth = await meeting.client("ear"), await meeting.client("mouth")
        await subscriber.subscribe(("x", 1))
        mouth.write(publish(Message("x", b"1", 1, dup=True), 7))
        await mouth.hears(Kind.PUBACK)
        return await subscriber.settle()

    assert broker.run(check) == [Message("x", b"1", 1)]


def test_session_keeps_its_messages_through_a_connection_that_says_nothing(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber = await meeting.client("ear", clean=False)
        await subscriber.subscribe(("p", 1))
        await subscriber.leave()
        await (await meeting.client("mouth")).publish("p", b"1", 1)
        deaf = await meeting.client("ear", clean=False, acknowledges=False)
        await deaf.heard(1)
        await deaf.leave()
        return await (await meeting.client("ear", clean=False)).settle()

    assert broker.run(check) == [Message("p", b"1", 1, dup=True)]


def test_version_that_the_broker_does_not_speak_is_refused_by_its_number(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> int:
        stranger = await meeting.stranger()
        stranger.write(frame(Kind.CONNECT, text("MQTT") + b"\x09\x02\x00\x00" + text("c")))
        connack = await stranger.hears(Kind.CONNACK)
        await stranger.gone()
        return connack.body[1]

    assert broker.run(check) == 1
