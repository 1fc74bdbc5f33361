"""How a connection ends, and what becomes of a will."""

import asyncio

import pytest

from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Kind, Message, connect, frame, publish, text

WILL = Message("will", b"gone", 1)


def test_silent_client_is_dropped_after_its_keep_alive_and_a_half_and_its_will_is_done(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> tuple[float, list[Message]]:
        heir, loop = await meeting.client("heir"), asyncio.get_running_loop()
        await heir.subscribe(("will", 1))
        silent = await meeting.client("silent", keep_alive=1, will=WILL)
        since = loop.time()
        await silent.gone()
        return loop.time() - since, await heir.heard(1)

    seconds, messages = broker.run(check)
    assert 1.4 <= seconds <= 7  # Mosquitto looks every five seconds
    assert messages == [WILL]


def test_client_that_pings_is_kept(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> bool:
        client = await meeting.client("c", keep_alive=1)
        for _ in range(3):
            await asyncio.sleep(0.8)
            await client.settle()
        return client.closed.is_set()

    assert not broker.run(check)


@pytest.mark.parametrize("qos", [0, 1, 2])
def test_will_of_a_client_that_is_lost_is_done(broker: BrokerUnderTest, qos: int) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        heir = await meeting.client("heir")
        await heir.subscribe(("will", 2))
        await (await meeting.client("lost", will=Message("will", b"gone", qos))).close()
        return await heir.heard(1)

    assert broker.run(check) == [Message("will", b"gone", qos)]


def test_retained_will_is_there_for_who_comes_later(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        heir = await meeting.client("heir")
        await heir.subscribe(("will", 1))
        await (await meeting.client("lost", will=Message("will", b"gone", 1, retain=True))).close()
        await heir.heard(1)
        late = await meeting.client("late")
        await late.subscribe(("will", 1))
        return await late.settle()

    assert broker.run(check) == [Message("will", b"gone", 1, retain=True)]


def test_will_of_a_client_that_leaves_is_void(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        heir = await meeting.client("heir")
        await heir.subscribe(("will", 1))
        await (await meeting.client("leaving", will=WILL)).leave()
        return await heir.settle()

    assert broker.run(check) == []


def test_will_of_an_earlier_connection_is_void(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        heir = await meeting.client("heir")
        await heir.subscribe(("#", 1))
        await (await meeting.client("c", clean=False, will=WILL)).leave()
        await (await meeting.client("c", clean=False, will=Message("other", b"", 1))).close()
        return await heir.heard(1)

    assert broker.run(check) == [Message("other", b"", 1)]


def test_will_of_a_client_whose_place_is_taken_is_done(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        heir = await meeting.client("heir")
        await heir.subscribe(("will", 1))
        await meeting.client("twin", will=WILL)
        await meeting.client("twin")
        return await heir.heard(1)

    assert broker.run(check) == [WILL]


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\nHost: broker\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # a TLS client at the plain port
        b"\x00" * 64,
        b"\xff" * 64,
        frame(Kind.PINGREQ),
        frame(Kind.CONNECT, text("MQTT")[:-1]),
        frame(Kind.CONNECT, text("HTTP") + b"\x04\x02\x00\x00" + text("c")),
        b"\x10\xff\xff\xff\xff\xff",
    ],
    ids=["http", "tls", "zeros", "ones", "ping", "cut short", "other protocol", "endless length"],
)
def test_garbage_instead_of_connect_is_hung_up_on_and_hurts_nobody(broker: BrokerUnderTest, garbage: bytes) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber, stranger = await meeting.client("ear"), await meeting.stranger()
        await subscriber.subscribe(("a", 1))
        stranger.write(garbage)
        await stranger.gone()
        await (await meeting.client("mouth")).publish("a", b"1", 1)
        return await subscriber.settle()

    assert broker.run(check) == [Message("a", b"1", 1)]


@pytest.mark.parametrize(
    "garbage",
    [
        connect("again", clean=True, keep_alive=0, will=None, login=None),
        publish(Message("a/+", b""), 0),
        publish(Message("", b""), 0),
        frame(Kind.PUBLISH, text("a") + b"\x00\x01x", flags=6),
        frame(Kind.PUBLISH, b"\x00\x09a"),
        frame(Kind.SUBSCRIBE, b"\x00\x01", flags=2),
        frame(Kind.CONNACK, b"\x00\x00"),
        b"\xf0\x00",
    ],
    ids=["second CONNECT", "wildcard", "no topic", "QoS 3", "cut short", "no filter", "of a server", "reserved"],
)
def test_garbage_later_on_is_hung_up_on(broker: BrokerUnderTest, garbage: bytes) -> None:
    async def check(meeting: Meeting) -> bool:
        client = await meeting.client("c")
        client.write(garbage)
        await client.gone()
        return True

    assert broker.run(check)
