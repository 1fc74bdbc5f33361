"""What is delivered to whom, how often, at which QoS and with which flags."""

from contextlib import suppress

import pytest

from tests.broker.bench import Bench, Meeting
from tests.broker.packets import Message
from tests.broker.raw_client import RawClient

QOS = (0, 1, 2)


async def _pair(meeting: Meeting, *filters: tuple[str, int]) -> tuple[RawClient, RawClient]:
    """One who has subscribed, and one who will publish."""
    ear, mouth = await meeting.client("ear"), await meeting.client("mouth")
    await ear.subscribe(*filters)
    return ear, mouth


@pytest.mark.parametrize("published", QOS)
@pytest.mark.parametrize("granted", QOS)
def test_message_arrives_once_at_the_lower_qos(bench: Bench, published: int, granted: int) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        ear, mouth = await _pair(meeting, ("q", granted))
        await mouth.publish("q", b"x", published)
        return await ear.settle()

    assert bench.run(check) == [Message("q", b"x", min(published, granted))]


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
def test_filter_matches(bench: Bench, topic_filter: str, topic: str) -> None:
    assert bench.run(lambda meeting: _heard(meeting, topic_filter, topic)) == [topic, "end"]


@pytest.mark.parametrize(
    ("topic_filter", "topic"),
    [("a", "/a"), ("a/+", "a"), ("a/+", "a/b/c"), ("+", "/a"), ("a/#", "ab"), ("#", "$aws/x"), ("+/x", "$aws/x")],
)
def test_filter_does_not_match(bench: Bench, topic_filter: str, topic: str) -> None:
    assert bench.run(lambda meeting: _heard(meeting, topic_filter, topic)) == ["end"]


async def _heard(meeting: Meeting, topic_filter: str, topic: str) -> list[str]:
    """What arrives of a message on the topic, and of one that ends it."""
    ear, mouth = await _pair(meeting, (topic_filter, 1))
    await mouth.publish(topic, b"x", 1)
    await ear.unsubscribe(topic_filter)
    await ear.subscribe(("end", 1))
    await mouth.publish("end", b"x", 1)
    return [message.topic for message in await ear.settle()]


@pytest.mark.parametrize("topic_filter", ["a/#/b", "a#", "a+/b", "#/"])
def test_broken_filter_is_not_granted(bench: Bench, topic_filter: str) -> None:
    async def check(meeting: Meeting) -> list[int]:
        ear = await meeting.client("ear")
        with suppress(ConnectionAbortedError):  # which is what Mosquitto makes of it
            return await ear.subscribe((topic_filter, 1))
        return [0x80]

    assert bench.run(check) == [0x80]


def test_overlapping_subscriptions_bring_one_copy_at_the_higher_qos(bench: Bench) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        ear, mouth = await _pair(meeting, ("o/#", 0), ("o/x", 1))
        await mouth.publish("o/x", b"x", 1)
        return await ear.settle()

    assert bench.run(check) == [Message("o/x", b"x", 1)]


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0)])
def test_another_subscription_to_the_same_filter_takes_effect(bench: Bench, first: int, second: int) -> None:
    async def check(meeting: Meeting) -> list[Message]:
        ear, mouth = await _pair(meeting, ("e", first))
        await ear.subscribe(("e", second))
        await mouth.publish("e", b"x", 1)
        return await ear.settle()

    assert bench.run(check) == [Message("e", b"x", second)]


@pytest.mark.parametrize("qos", QOS)
def test_messages_keep_their_order(bench: Bench, qos: int) -> None:
    async def check(meeting: Meeting) -> list[bytes]:
        ear, mouth = await _pair(meeting, ("n", qos))
        for number in range(500):
            await mouth.publish("n", str(number).encode(), qos)
        return [message.payload for message in await ear.heard(500)]

    assert bench.run(check) == [str(number).encode() for number in range(500)]


def test_ten_megabytes_arrive_whole(bench: Bench) -> None:
    payload = bytes(range(250)) * 40_000

    async def check(meeting: Meeting) -> bool:
        ear, mouth = await _pair(meeting, ("big", 1))
        await mouth.publish("big", payload, 1)
        return [message.payload for message in await ear.heard(1)] == [payload]

    assert bench.run(check)


def test_publisher_of_dollar_topics_is_still_heard(bench: Bench) -> None:
    async def check(meeting: Meeting) -> list[str]:
        ear, mouth = await _pair(meeting, ("$aws/#", 1), ("plain", 1))
        for topic in ("$aws/a", "plain", "$aws/b"):
            await mouth.publish(topic, b"x", 1)
        return [message.topic for message in await ear.settle()]

    assert bench.run(check) == ["$aws/a", "plain", "$aws/b"]
