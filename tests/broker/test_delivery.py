"""Delivery: to which client, how often, at which QoS and with which flags."""

from contextlib import suppress

import pytest

from tests.broker.brokers import BrokerUnderTest, Meeting
from tests.broker.packets import Message
from tests.broker.raw_client import RawClient

QOS = (0, 1, 2)


async def _pair(meeting: Meeting, *filters: tuple[str, int]) -> tuple[RawClient, RawClient]:
    """One who has subscribed, and one who will publish."""
    subscriber, mouth = await meeting.client("ear"), await meeting.client("mouth")
    await subscriber.subscribe(*filters)
    return subscriber, mouth


@pytest.mark.parametrize("published", QOS)
@pytest.mark.parametrize("granted", QOS)
def test_message_arrives_once_at_the_lower_qos(broker: BrokerUnderTest, published: int, granted: int) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber, mouth = await _pair(meeting, ("q", granted))
        await mouth.publish("q", b"x", published)
        return await subscriber.settle()

    assert broker.run(check) == [Message("q", b"x", min(published, granted))]


@pytest.mark.parametrize(
    ("topic_filter", "topic"),
    [
        ("/a", "/a"),
        ("+/a", "/a"),
        ("+", "a"),
        ("a/+", "a/"),
        ("a/+/c", "a/b/c"),
        ("#", "a/b/c"),
        ("a/#", "a"),
        ("a/#", "a/b/c"),
        ("+/b/#", "a/b"),
        ("$aws/things/t/#", "$aws/things/t/shadow"),
        ("$aws/+/t", "$aws/things/t"),
        ("smörgås/☃", "smörgås/☃"),
    ],
)
def test_filter_matches(broker: BrokerUnderTest, topic_filter: str, topic: str) -> None:
    assert broker.run(lambda meeting: _heard(meeting, topic_filter, topic)) == [topic, "end"]


@pytest.mark.parametrize(
    ("topic_filter", "topic"),
    [("a", "/a"), ("a/+", "a"), ("a/+", "a/b/c"), ("+", "/a"), ("a/#", "ab"), ("#", "$aws/x"), ("+/x", "$aws/x")],
)
def test_filter_does_not_match(broker: BrokerUnderTest, topic_filter: str, topic: str) -> None:
    assert broker.run(lambda meeting: _heard(meeting, topic_filter, topic)) == ["end"]


async def _heard(meeting: Meeting, topic_filter: str, topic: str) -> list[str]:
    """The deliveries of a message on the topic, and of one that ends it."""
    subscriber, mouth = await _pair(meeting, (topic_filter, 1))
    await mouth.publish(topic, b"x", 1)
    await subscriber.unsubscribe(topic_filter)
    await subscriber.subscribe(("end", 1))
    await mouth.publish("end", b"x", 1)
    return [message.topic for message in await subscriber.settle()]


@pytest.mark.parametrize("topic_filter", ["a/#/b", "a#", "a+/b", "#/"])
def test_broken_filter_is_not_granted(broker: BrokerUnderTest, topic_filter: str) -> None:
    async def check(meeting: Meeting) -> list[int]:
        subscriber = await meeting.client("ear")
        with suppress(ConnectionAbortedError):  # which is what Mosquitto makes of it
            return await subscriber.subscribe((topic_filter, 1))
        return [0x80]

    assert broker.run(check) == [0x80]


def test_overlapping_subscriptions_bring_one_copy_at_the_higher_qos(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber, mouth = await _pair(meeting, ("o/#", 0), ("o/x", 1))
        await mouth.publish("o/x", b"x", 1)
        return await subscriber.settle()

    assert broker.run(check) == [Message("o/x", b"x", 1)]


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0)])
def test_another_subscription_to_the_same_filter_takes_effect(broker: BrokerUnderTest, first: int, second: int) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber, mouth = await _pair(meeting, ("e", first))
        await subscriber.subscribe(("e", second))
        await mouth.publish("e", b"x", 1)
        return await subscriber.settle()

    assert broker.run(check) == [Message("e", b"x", second)]


@pytest.mark.parametrize("qos", QOS)
def test_messages_keep_their_order(broker: BrokerUnderTest, qos: int) -> None:
    async def check(meeting: Meeting) -> list[bytes]:
        subscriber, mouth = await _pair(meeting, ("n", qos))
        for number in range(500):
            await mouth.publish("n", str(number).encode(), qos)
        return [message.payload for message in await subscriber.heard(500)]

    assert broker.run(check) == [str(number).encode() for number in range(500)]


def test_ten_megabytes_arrive_whole(broker: BrokerUnderTest) -> None:
    payload = bytes(range(250)) * 40_000

    async def check(meeting: Meeting) -> bool:
        subscriber, mouth = await _pair(meeting, ("big", 1))
        await mouth.publish("big", payload, 1)
        return [message.payload for message in await subscriber.heard(1)] == [payload]

    assert broker.run(check)


def test_publisher_of_dollar_topics_is_still_heard(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[str]:
        subscriber, mouth = await _pair(meeting, ("$aws/#", 1), ("plain", 1))
        for topic in ("$aws/a", "plain", "$aws/b"):
            await mouth.publish(topic, b"x", 1)
        return [message.topic for message in await subscriber.settle()]

    assert broker.run(check) == ["$aws/a", "plain", "$aws/b"]


def test_publisher_is_acknowledged_though_the_subscriber_acknowledges_nothing(broker: BrokerUnderTest) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        subscriber, mouth = await meeting.client("ear", acknowledges=False), await meeting.client("mouth")
        await subscriber.subscribe(("q", 1))
        for number in range(3):
            await mouth.publish("q", b"%d" % number, 1)  # until its PUBACK comes
        return await subscriber.heard(3)

    assert [message.payload for message in broker.run(check)] == [b"0", b"1", b"2"]
